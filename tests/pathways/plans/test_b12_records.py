"""What vitamin B12 replacement reads from a record, and the orders that it warns of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from osler.library import Library
from osler.pathways import Application, Pathway, Step, apply, load_pathway, read_record

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def pathway(starter: Library) -> Pathway:
    return load_pathway("vitamin-b12", starter)


def condition(text: str, code: str = "", **more: Any) -> Json:
    coding = {"coding": [{"system": "http://snomed.info/sct", "code": code}]} if code else {}
    return {
        "resourceType": "Condition", "subject": {"reference": "Patient/p"},
        "code": {"text": text, **coding}, **more,
    }  # fmt: skip


def procedure(text: str) -> Json:
    return {
        "resourceType": "Procedure", "status": "completed", "code": {"text": text},
        "subject": {"reference": "Patient/p"},
    }  # fmt: skip


def medicine(text: str, status: str = "active") -> Json:
    return {
        "resourceType": "MedicationRequest", "status": status, "intent": "order",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": text},
    }  # fmt: skip


def egfr(value: int) -> Json:
    unit = "mL/min/{1.73_m2}"
    return {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "33914-3"}]},
        "effectiveDateTime": "2026-10-01",
        "valueQuantity": {
            "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit,
        },
    }  # fmt: skip


def applied(pathway: Pathway, *resources: Json, **patient: Any) -> Application:
    person = {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01", **patient}
    entries = [{"resource": resource} for resource in (person, *resources)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return apply(pathway.definitions, read_record(bundle, now=NOW), now=NOW)


def answered(application: Application) -> dict[str, list[str]]:
    return {
        item["linkId"]: [answer["valueCoding"]["code"] for answer in item["answer"]]
        for item in application.answers["item"]
    }


def taken(steps: tuple[Step, ...]) -> set[str]:
    return {s for step in steps if step.taken for s in (step.id, *taken(step.steps))}


@pytest.mark.parametrize(
    ("resource", "link", "code"),
    [
        (condition("Pernicious anaemia", "84027009"), "cause", "pernicious"),
        (condition("Pernicious anaemia", "84027009"), "deficiency", "confirmed"),
        (condition("Vitamin B12 deficiency"), "deficiency", "confirmed"),
        (condition("Anaemia"), "deficiency", "suspected"),
        (procedure("Roux-en-Y gastric bypass"), "cause", "bypass"),
        (procedure("Laparoscopic sleeve gastrectomy"), "cause", "sleeve"),
        (procedure("Total gastrectomy"), "cause", "gastrectomy"),
        (condition("Crohn's disease of ileum", "34000006"), "cause", "ileum"),
        (condition("Vegan diet"), "cause", "diet"),
        (condition("Malabsorption syndrome"), "absorption", "malabsorption"),
        (condition("Subacute combined degeneration of spinal cord"), "neurology", "yes"),
        (condition("Headache"), "neurology", "unknown"),
        (condition("Chronic kidney disease", "709044004"), "renal", "impaired"),
        (egfr(24), "renal", "impaired"),
        (egfr(75), "renal", "normal"),
        (condition("Diabetic kidney disease", "127013003"), "nephropathy", "yes"),
        (condition("Pregnancy", "77386006"), "pregnancy", "yes"),
        (medicine("Hydroxocobalamin 1 mg/ml injection"), "phase", "finished"),
        (medicine("Methotrexate 2.5 mg tablets"), "folate", "yes"),
    ],
)
def test_an_input_is_read_from_the_record(
    pathway: Pathway, resource: Json, link: str, code: str
) -> None:
    application = applied(pathway, resource)
    assert answered(application)[link] == [code]
    assert application.issues == ()


def test_what_is_over_or_refuted_is_not_read(pathway: Pathway) -> None:
    refuted = {"coding": [{"code": "refuted"}]}
    found = answered(
        applied(pathway, condition("Pernicious anaemia", "84027009", verificationStatus=refuted))
    )
    assert found["cause"] == ["unknown"]


@pytest.mark.parametrize(
    ("country", "code"),
    [("GB", "GB"), ("United Kingdom", "GB"), ("usa", "US"), ("Nigeria", "NG"), ("HKG", "HK"),
     ("FR", "other")],
)  # fmt: skip
def test_the_country_is_read_from_the_address(pathway: Pathway, country: str, code: str) -> None:
    found = answered(applied(pathway, address=[{"country": country}]))
    assert found["country"] == [code]


@pytest.mark.parametrize(
    ("born", "age"), [("2010-11-30", "adult"), ("2010-12-01", "child"), (None, "unknown")]
)
def test_16_years_divide_adults_from_children(pathway: Pathway, born: str | None, age: str) -> None:
    person = {"birthDate": born} if born else {"birthDate": None}
    person = {key: value for key, value in person.items() if value}
    record = read_record({"resourceType": "Patient", "id": "p", **person}, now=NOW)
    application = apply(pathway.definitions, record, now=NOW)
    assert answered(application)["age"] == [age]


def test_without_a_record_all_salts_are_taken_to_be_available(pathway: Pathway) -> None:
    found = answered(applied(pathway))
    assert found["salts"] == ["hydroxocobalamin", "cyanocobalamin", "methylcobalamin"]


def test_cyanocobalamin_being_ordered_in_renal_dysfunction_is_warned_of(pathway: Pathway) -> None:
    draft = medicine("Cyanocobalamin 1000 micrograms injection", "draft")
    assert "draft-cyanocobalamin" in taken(applied(pathway, draft, egfr(24)).steps)
    assert "draft-cyanocobalamin" not in taken(applied(pathway, draft, egfr(90)).steps)
    other = medicine("Hydroxocobalamin 1 mg injection", "draft")
    assert "draft-cyanocobalamin" not in taken(applied(pathway, other, egfr(24)).steps)


def test_folic_acid_being_ordered_in_untreated_deficiency_is_warned_of(pathway: Pathway) -> None:
    draft = medicine("Folic acid 5 mg tablets", "draft")
    deficient = condition("Vitamin B12 deficiency")
    assert "draft-folic-acid" in taken(applied(pathway, draft, deficient).steps)
    given = medicine("Hydroxocobalamin 1 mg injection")
    assert "draft-folic-acid" not in taken(applied(pathway, draft, deficient, given).steps)


def test_checks_have_dates(pathway: Pathway) -> None:
    application = applied(pathway, condition("Pernicious anaemia", "84027009"))
    requests = [e["resource"] for e in application.bundle["entry"]]
    checks = [r for r in requests if r["resourceType"] == "ServiceRequest"]
    assert [r["occurrenceTiming"]["event"] for r in checks if "occurrenceTiming" in r] == [
        ["2027-02-28"]
    ]
    (first,) = [r["occurrencePeriod"] for r in checks if "occurrencePeriod" in r]
    assert (first["start"][:10], first["end"][:10]) == ("2026-11-30", "2026-12-02")


def test_the_pathway_concerns_who_has_or_may_have_the_deficiency(pathway: Pathway) -> None:
    assert applied(pathway, condition("Asthma")).variables["relevant"] == [False]
    for resource in (
        condition("Pernicious anaemia"), procedure("Gastric bypass"), medicine("Cyanocobalamin"),
    ):  # fmt: skip
        assert applied(pathway, resource).variables["relevant"] == [True]
