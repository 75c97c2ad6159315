"""What came with a request, and what is still to be fetched."""

from __future__ import annotations

from typing import Any

import pytest
from hooks_requests import Json, bundle, call, condition, egfr, order, patient

from osler.domain.errors import InvalidResource
from osler.pathways.hooks import Service, gather, next_page, read_request
from osler.pathways.hooks.drafts import as_drafts, drafts_of, selected
from osler.pathways.hooks.prefetch import templates_of


def with_prefetch(prefetch: Json | None) -> Any:
    body = call("patient-view")
    body.pop("prefetch")
    return read_request(body if prefetch is None else {**body, "prefetch": prefetch})


FAILED = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
FIRST_PAGE = {**bundle(egfr(40)), "link": [{"relation": "next", "url": "https://x.example/2"}]}
KEYS = [  # of metformin
    "allergies", "conditions", "medications", "statements", "observations", "procedures",
]  # fmt: skip
WHOLE: Json = {"patient": patient(), **dict.fromkeys(KEYS)}


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"conditions": bundle(condition("asthma"))}, []),
        ({"conditions": condition("asthma")}, []),
        ({"observations": bundle()}, []),
        ({"patient": None}, ["patient"]),
        ({"observations": FAILED}, ["observations"]),
        ({"observations": FIRST_PAGE}, ["observations"]),
    ],
)
def test_null_an_empty_bundle_and_a_resource_are_answers(
    services: dict[str, Service], change: Json, missing: list[str]
) -> None:
    templates = services["metformin-patient-view"].templates
    gathered = gather(with_prefetch({**WHOLE, **change}), templates)
    assert [template.key for template in gathered.missing] == missing


def test_what_is_left_out_is_missing(services: dict[str, Service]) -> None:
    templates = services["metformin-patient-view"].templates
    assert gather(with_prefetch(None), templates).missing == templates
    gathered = gather(with_prefetch({"patient": patient()}), templates)
    assert [t.key for t in gathered.missing] == KEYS


def test_what_other_keys_hold_is_read_but_answers_nothing(services: dict[str, Service]) -> None:
    sent = {**WHOLE, "vitals": bundle(egfr(40))}
    del sent["observations"]
    gathered = gather(with_prefetch(sent), services["metformin-patient-view"].templates)
    assert [template.key for template in gathered.missing] == ["observations"]
    assert "prefetch.vitals.entry[0].resource" in [p.path for p in gathered.resources]


def test_fewer_than_the_total_are_no_answer(services: dict[str, Service]) -> None:
    templates = services["metformin-patient-view"].templates
    for total, missing in ((2, ["observations"]), (1, [])):
        sent = {**WHOLE, "observations": {**bundle(egfr(40)), "total": total}}
        assert [t.key for t in gather(with_prefetch(sent), templates).missing] == missing


def test_an_entry_without_a_resource_is_told_of() -> None:
    sent = {"patient": patient(), "all": {"resourceType": "Bundle", "entry": [{}, None]}}
    gathered = gather(with_prefetch(sent), ())
    assert [issue.path for issue in gathered.unread] == [
        "prefetch.all.entry[0]",
        "prefetch.all.entry[1]",
    ]


def test_outcomes_among_what_was_found_are_no_part_of_the_record() -> None:
    sent = {"patient": patient(), "conditions": bundle(condition("asthma"), FAILED)}
    gathered = gather(with_prefetch(sent), ())
    assert [p.resource["resourceType"] for p in gathered.resources] == ["Patient", "Condition"]


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"patient": patient(id="p2")}, "prefetch.patient.id"),
        ({"patient": {"resourceType": "Patient"}}, "prefetch.patient.id"),
        ({"all": bundle(condition("a"), patient(id="p2"))}, "prefetch.all.entry[1].resource.id"),
        ({"all": {"resourceType": "Bundle", "entry": {}}}, "prefetch.all.entry"),
    ],
)
def test_a_record_of_another_patient_is_refused(sent: Json, path: str) -> None:
    with pytest.raises(InvalidResource) as caught:
        gather(with_prefetch(sent), ())
    assert [issue.path for issue in caught.value.issues] == [path]


@pytest.mark.parametrize(
    ("variable", "keys"),
    [
        ("%stated", ["conditions"]),
        ("%doubted", ["conditions", "procedures"]),
        ("%performed", ["procedures"]),
        ("%allergies", ["allergies", "conditions"]),
        ("%inForce", ["medications", "statements"]),
        ("%everTaken", ["administrations", "medications", "statements"]),
    ],
)
def test_what_osler_works_out_is_asked_for(variable: str, keys: list[str]) -> None:
    expression = {"language": "text/fhirpath", "expression": f"{variable}.exists()"}
    found = templates_of({"extension": [{"valueExpression": expression}]})
    assert [template.key for template in found] == ["patient", *keys]


def test_the_newest_of_a_measurement_are_asked_for_by_all_its_codes() -> None:
    def query(text: str) -> str:
        expression = {"language": "text/fhirpath", "expression": text}
        return templates_of({"extension": [{"valueExpression": expression}]})[1].query

    told = query("%newest.where(code.coding.where(code = 'egfr').exists())")
    (codes,) = told.removeprefix("Observation?patient={{context.patientId}}").split("&")[1:]
    assert {"62238-1", "14682-9", "80274001"} <= set(codes.removeprefix("code=").split(","))
    assert "code=" not in query("%newest.exists()")


def test_templates_name_what_the_expressions_read() -> None:
    def expression(text: str) -> Json:
        return {"valueExpression": {"language": "text/fhirpath", "expression": text}}

    plan = {
        "extension": [
            expression("%record.entry.resource.ofType(Condition)"),
            expression(
                "%record.entry.resource.ofType(Observation).where(code.coding.code = '1-8')"
            ),
        ],
        "description": "An AllergyIntolerance is not read by what is said of it.",
    }
    found = {t.key: t.query for t in templates_of(plan)}
    assert found == {
        "patient": "Patient/{{context.patientId}}",
        "conditions": "Condition?patient={{context.patientId}}",
        "observations": "Observation?patient={{context.patientId}}&code=1-8",
    }
    plan["extension"].append(expression("%record.entry.resource.ofType(Observation).exists()"))
    assert {t.key: t.query for t in templates_of(plan)}["observations"] == (
        "Observation?patient={{context.patientId}}"
    )


def test_a_template_is_filled_from_the_context(services: dict[str, Service]) -> None:
    (template,) = (t for t in services["metformin-order-sign"].templates if t.kind == "Patient")
    assert template.filled({"patientId": "p1"}) == "Patient/p1"


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ([{"relation": "next", "url": "https://a/2"}], "https://a/2"),
        ([{"relation": "self", "url": "https://a/1"}], None),
        ([{"relation": "next", "url": ""}], None),
        ([{"relation": "next"}], None),
        (["next"], None),
        ({}, None),
    ],
)
def test_the_next_page_is_told(links: Any, found: str | None) -> None:
    assert next_page({"link": links}) == found


def test_drafts_are_orders_for_the_patient_of_the_context() -> None:
    bare = order("Metformin", 500, "mg", id="b")
    del bare["status"], bare["subject"]
    request = read_request(call("order-select", orders=(order("Metformin", 1, "g"), bare)))
    drafts = drafts_of(request.context)
    assert [d.path for d in drafts] == [f"context.draftOrders.entry[{n}].resource" for n in (0, 1)]
    assert drafts[1].resource["status"] == "draft"
    assert drafts[1].resource["subject"] == {"reference": "Patient/p1"}


def test_an_order_that_is_signed_again_is_a_draft_to_the_pathway() -> None:
    orders = (order("A", 1, "g", status="active"), order("B", 1, "g", id="b", status="stopped"))
    drafts = drafts_of(read_request(call("order-sign", orders=orders)).context)
    assert [d.resource["status"] for d in drafts] == ["active", "stopped"]
    assert [d.resource["status"] for d in as_drafts(drafts)] == ["draft", "stopped"]


def test_a_drug_that_came_beside_its_order_is_named() -> None:
    referring = order("x", 500, "mg", medicationReference={"reference": "Medication/m"})
    del referring["medicationCodeableConcept"]
    drug = {"resourceType": "Medication", "id": "m", "code": {"coding": [{"display": "Metformin"}]}}
    request = read_request(call("order-sign", orders=(drug, referring)))
    (draft,) = drafts_of(request.context)
    assert draft.resource["medicationReference"]["display"] == "Metformin"
    assert draft.path == "context.draftOrders.entry[1].resource"


def test_of_order_select_the_new_orders_are_looked_at() -> None:
    body = call("order-select", orders=(order("A", 1, "g"), order("B", 1, "g", id="b")))
    body["context"]["selections"] = ["MedicationRequest/b"]
    request = read_request(body)
    drafts = drafts_of(request.context)
    assert [d.resource["id"] for d in selected(request.context, drafts)] == ["b"]
    assert len(drafts) == 2


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (
            {"subject": {"reference": "Patient/p2"}},
            "context.draftOrders.entry[0].resource.subject.reference",
        ),
        (
            {"subject": {"reference": "https://a.example/Patient/xp1"}},
            "context.draftOrders.entry[0].resource.subject.reference",
        ),
        ({"id": "other"}, "context.selections[0]"),
    ],
)
def test_a_draft_for_someone_else_and_an_unknown_selection_are_refused(
    change: Json, path: str
) -> None:
    body = call("order-select", orders=(order("Metformin", 500, "mg"),))
    body["context"]["draftOrders"]["entry"][0]["resource"] |= change
    with pytest.raises(InvalidResource) as caught:
        drafts_of(read_request(body).context)
    assert [issue.path for issue in caught.value.issues] == [path]
