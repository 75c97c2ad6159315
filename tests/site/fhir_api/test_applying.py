"""`$apply` over HTTP, in both shapes, for a record that comes with the call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hooks_requests import Json, bundle, condition, egfr, patient

from osler_site.api.scopes import Scope
from osler_site.engine import engine

pytestmark = pytest.mark.usefixtures("site")

Asks = Callable[..., Any]
DIABETES = condition("Type 2 diabetes mellitus")
PLAN: Json = {
    "resourceType": "PlanDefinition", "id": "own", "url": "http://example.org/own",
    "status": "active",
    "contained": [
        {"resourceType": "ActivityDefinition", "id": "check", "status": "active",
         "kind": "ServiceRequest", "code": {"text": "a test"}}
    ],
    "action": [
        {"id": "check", "title": "Check", "definitionCanonical": "#check", "condition": [
            {"kind": "applicability", "expression": {
                "language": "text/fhirpath", "expression": "%subject.gender = 'female'"}}]}
    ],
}  # fmt: skip
ACTIVITY: Json = {
    "resourceType": "ActivityDefinition", "id": "own", "status": "active",
    "kind": "ServiceRequest", "code": {"text": "a test"},
}  # fmt: skip


def parameter(name: str, value: Any) -> Json:
    return {"name": name, "resource" if isinstance(value, dict) else "valueString": value}


def tags(resource: Json) -> list[str]:
    return [tag["code"] for tag in resource["meta"]["tag"] if tag["system"] == "urn:osler:evidence"]


def held(resource: Json, kind: str) -> list[Json]:
    """The resources of a type in a CarePlan or a Bundle."""
    inside = [entry["resource"] for entry in resource.get("entry", [])]
    return [r for r in (*resource.get("contained", []), *inside) if r["resourceType"] == kind]


def test_a_plan_gives_a_care_plan_and_the_other_operation_a_bundle(applied: Asks) -> None:
    record = (patient(), DIABETES, egfr(50))
    for operation, kind in (("$apply", "CarePlan"), ("$r5.apply", "Bundle")):
        answer = applied(f"PlanDefinition/metformin/{operation}", *record)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/fhir+json"
        resource = answer.json()
        assert resource["resourceType"] == kind
        assert held(resource, "RequestGroup")
        assert held(resource, "MedicationRequest")
        assert tags(resource) == ["checked"]
        version = f"version {engine().library().version}"
        assert version in resource["meta"]["tag"][0]["display"]


def test_a_plan_is_found_by_its_address(applied: Asks) -> None:
    named = [parameter("url", "urn:osler:pathway:metformin")]
    assert applied("PlanDefinition/$apply", parameters=named).status_code == 200
    other = [{"name": "url", "valueUri": "urn:osler:pathway:other"}]
    assert applied("PlanDefinition/$apply", parameters=other).status_code == 404


def test_answers_go_before_the_record(applied: Asks) -> None:
    answers = {
        "resourceType": "QuestionnaireResponse", "status": "completed",
        "questionnaire": "urn:osler:pathway:metformin",
        "item": [{"linkId": "egfr", "answer": [{"valueCoding": {"code": "below 30"}}]}],
    }  # fmt: skip
    answer = applied(
        "PlanDefinition/metformin/$apply", patient(), DIABETES, egfr(80),
        parameters=[parameter("questionnaireResponse", answers)],
    )  # fmt: skip
    assert answer.status_code in (200, 422)
    assert answer.json()["resourceType"] in ("CarePlan", "OperationOutcome")


def test_a_plan_of_the_caller_is_marked_as_not_checked(applied: Asks) -> None:
    answer = applied("PlanDefinition/$apply", parameters=[parameter("planDefinition", PLAN)])
    assert tags(answer.json()) == ["not-checked"]
    assert len(held(answer.json(), "ServiceRequest")) == 1
    other = applied(
        "PlanDefinition/$apply", patient(gender="male"),
        parameters=[parameter("planDefinition", PLAN)],
    )  # fmt: skip
    assert held(other.json(), "ServiceRequest") == []


def test_an_activity_gives_its_request(applied: Asks) -> None:
    own = applied(
        "ActivityDefinition/$apply", parameters=[parameter("activityDefinition", ACTIVITY)]
    )
    assert own.json()["resourceType"] == "ServiceRequest"
    assert own.json()["subject"] == {"reference": "Patient/p1"}
    assert tags(own.json()) == ["not-checked"]
    ours = applied("ActivityDefinition/metformin.check-60/$apply")
    assert ours.json()["resourceType"] == "ServiceRequest"
    assert tags(ours.json()) == ["checked"]


def test_the_parties_are_named(applied: Asks) -> None:
    named = [parameter("practitioner", "Practitioner/dr"), parameter("encounter", "Encounter/e1")]
    answer = applied("PlanDefinition/metformin/$apply", patient(), DIABETES, parameters=named)
    assert answer.json()["encounter"] == {"reference": "Encounter/e1"}


def test_data_may_come_resource_by_resource(
    client: Client, bearer: Callable[..., dict[str, str]]
) -> None:
    body = {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "subject", "valueReference": {"reference": "http://a.example/Patient/p1"}},
            {"name": "data", "resource": patient()},
            {"name": "data", "resource": bundle(DIABETES, egfr(50))},
            {"name": "useServerData", "valueBoolean": False},
        ],
    }
    answer = client.post(
        "/fhir/PlanDefinition/metformin/$apply", body, content_type="application/json",
        headers=bearer(Scope.ASK),
    )  # fmt: skip
    assert held(answer.json(), "MedicationRequest")


def faults(answer: Any, status: int) -> list[tuple[str, str]]:
    assert answer.status_code == status
    assert answer.json()["resourceType"] == "OperationOutcome"
    return [(i["code"], *i.get("expression", [""])) for i in answer.json()["issue"]]


def body(*parameters: Json) -> Json:
    return {"resourceType": "Parameters", "parameter": list(parameters)}


SUBJECT = {"name": "subject", "valueString": "Patient/p1"}
DATA = {"name": "data", "resource": bundle(patient())}


@pytest.mark.parametrize(
    ("sent", "status", "fault"),
    [
        ("{", 400, ("structure", "")),
        ([], 400, ("structure", "")),
        (patient(), 400, ("structure", "")),
        ({"resourceType": "Parameters", "parameter": {}}, 400,
         ("structure", "Parameters.parameter")),
        (body({"valueString": "x"}), 422, ("required", "Parameters.parameter[0]")),
        (body(DATA), 422, ("required", "Parameters.parameter")),
        (body(SUBJECT, SUBJECT, DATA), 422,
         ("not-supported", "Parameters.parameter[1].valueString")),
        (body({**SUBJECT, "valueString": "Group/g1"}, DATA), 422,
         ("not-supported", "Parameters.parameter[0].valueString")),
        (body({"name": "subject"}, DATA), 422, ("required", "Parameters.parameter[0]")),
        (body({**SUBJECT, "valueString": "p2"}, DATA), 422,
         ("conflict", "Parameters.parameter[1].resource.entry[0].resource.id")),
        (body(SUBJECT, {"name": "dose", "valueString": "x"}), 422,
         ("not-supported", "Parameters.parameter[1].name")),
        (body(SUBJECT, {"name": "data"}), 422, ("required", "Parameters.parameter[1].resource")),
        (body(SUBJECT, {**DATA, "resource": {"resourceType": "Bundle", "entry": [{}]}}), 400,
         ("structure", "Parameters.parameter[1].resource.entry[0].resource")),
        (body(SUBJECT), 422, ("required", "Parameters")),
        (body(SUBJECT, DATA, parameter("planDefinition", PLAN)), 422,
         ("conflict", "Parameters.parameter[2].resource")),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_path(
    applied: Asks, sent: Any, status: int, fault: tuple[str, str]
) -> None:
    assert fault in faults(applied("PlanDefinition/metformin/$apply", body=sent), status)


def test_a_fault_in_the_record_is_named_where_it_was_sent(applied: Asks) -> None:
    answer = applied("PlanDefinition/metformin/$apply", patient(), DIABETES | {"code": 7})
    (fault, *_) = faults(answer, answer.status_code)
    assert answer.status_code in (400, 422)
    assert fault[1] == "Parameters.parameter[1].resource.entry[1].resource.code"


def test_a_fault_in_the_callers_plan_is_named_where_it_was_sent(applied: Asks) -> None:
    for plan in (PLAN | {"action": 7}, PLAN | {"action": [{"condition": 7}]}):
        answer = applied("PlanDefinition/$apply", parameters=[parameter("planDefinition", plan)])
        assert answer.status_code in (400, 422)
        assert faults(answer, answer.status_code)[0][1].startswith(
            "Parameters.parameter[2].resource.action"
        )
    wrong = applied("PlanDefinition/$apply", parameters=[parameter("planDefinition", ACTIVITY)])
    assert faults(wrong, 422) == [("value", "Parameters.parameter[2].resource")]
    none = applied("PlanDefinition/$apply")
    assert faults(none, 422) == [("required", "Parameters.parameter")]


def test_by_get_the_record_is_asked_for(
    client: Client, bearer: Callable[..., dict[str, str]]
) -> None:
    headers = bearer(Scope.ASK)
    path = "/fhir/PlanDefinition/metformin/$apply"
    for query, fault in (({}, "subject"), ({"subject": "Patient/p1"}, "data")):
        answer = client.get(path, query, headers=headers)
        assert faults(answer, 422) == [("required", fault)]


@pytest.mark.parametrize(
    "costly",
    [
        "'aaaa'.replace('a', '" + "a" * 200 + "')" + ".replace('a', 'aaaaaaaaaa')" * 6 + " = ''",
        "(1|2|3|4|5|6|7|8|9)" + ".select(1|2|3|4|5|6|7|8|9)" * 9 + ".exists()",
    ],
)
def test_a_plan_that_costs_too_much_is_told_and_stops_nothing(applied: Asks, costly: str) -> None:
    condition = {"language": "text/fhirpath", "expression": costly}
    action = {"id": "a", "condition": [{"kind": "applicability", "expression": condition}]}
    own = {"resourceType": "PlanDefinition", "id": "own", "status": "active", "action": [action]}
    answer = applied(
        "PlanDefinition/$apply", parameters=[{"name": "planDefinition", "resource": own}]
    )
    assert answer.status_code == 200
    (outcome,) = held(answer.json(), "OperationOutcome")
    (issue,) = [i for i in outcome["issue"] if i["code"] == "too-costly"]
    assert issue["expression"] == ["PlanDefinition.action[0].condition[0].expression"]


def test_a_request_cites_the_statements_of_the_library(applied: Asks) -> None:
    answer = applied("PlanDefinition/metformin/$apply", patient(), DIABETES, egfr(50))
    group, *_ = held(answer.json(), "RequestGroup")
    waiting, documents = [group], []
    while waiting:
        holder = waiting.pop()
        documents += holder.get("documentation", [])
        waiting += holder.get("action", [])
    assert documents
    for document in documents:
        (cited,) = [e for e in document["extension"] if e["url"] == "urn:osler:citation"]
        parts = {e["url"]: next(v for k, v in e.items() if k != "url") for e in cited["extension"]}
        assert parts["statement"].startswith("urn:osler:statement:t_")
        assert parts["source"] == document["url"]
        assert parts["quote"] == document["citation"]
        assert parts["end"] - parts["start"] == len(parts["quote"])
        assert parts["library-version"] >= 1
