"""The medicines in force and those being ordered, as expressions meet them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from osler.pathways import read_record
from osler.pathways.expressions import Environment
from osler.pathways.hooks.prefetch import templates_of
from osler.pathways.medicines import SUBSTANCE, in_force, ingredients, ordered
from osler.pathways.record import Record

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
Json = dict[str, Any]


def record(*resources: Json) -> Record:
    found = [{"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01"}]
    found += [{"subject": {"reference": "Patient/p"}, **r} for r in resources]
    entries = [{"resource": r} for r in found]
    return read_record({"resourceType": "Bundle", "type": "collection", "entry": entries}, now=NOW)


def request(status: str = "active", **more: Any) -> Json:
    return {"resourceType": "MedicationRequest", "id": "r", "status": status, "intent": "order",
            "medicationCodeableConcept": {"text": "Metformin 500 mg"}, **more}  # fmt: skip


def substances(statement: Json) -> list[str]:
    codings = statement["medicationCodeableConcept"]["coding"]
    return [coding["code"] for coding in codings if coding["system"] == SUBSTANCE]


def test_a_prescription_in_force_is_a_statement_with_its_ingredients() -> None:
    (statement,) = in_force(record(request()), NOW)
    assert statement["resourceType"] == "MedicationStatement"
    assert statement["derivedFrom"] == [{"reference": "MedicationRequest/r"}]
    assert statement["medicationCodeableConcept"]["text"] == "Metformin 500 mg"
    assert substances(statement) == ["metformin"]


@pytest.mark.parametrize(
    "resource",
    [
        request(doNotPerform=True),
        request("stopped"),
        request("draft"),
        request(intent="plan"),
        {"resourceType": "MedicationStatement", "status": "not-taken",
         "medicationCodeableConcept": {"text": "Metformin"}},
    ],
)  # fmt: skip
def test_what_is_not_taken_is_not_in_force(resource: Json) -> None:
    assert in_force(record(resource), NOW) == []


@pytest.mark.parametrize(
    ("names", "codings", "found"),
    [
        (["Janumet XR 50/1000"], [], {"metformin", "sitagliptin"}),
        (["Glucophage"], [], {"metformin"}),
        ([], [{"system": "http://www.whocc.no/atc", "code": "A10BD20"}],
         {"metformin", "empagliflozin"}),
        ([], [{"system": "http://www.whocc.no/atc", "code": "A10BD04"}], set()),
        (["Galvus 50 mg"], [], set()),
    ],
)  # fmt: skip
def test_ingredients_are_told_by_names_brands_and_codes(
    names: list[str], codings: list[Json], found: set[str]
) -> None:
    assert set(ingredients(names, codings)) & {"metformin", "sitagliptin", "empagliflozin"} == found


def test_a_medication_that_is_referred_to_is_looked_up() -> None:
    medication = {"resourceType": "Medication", "id": "m", "code": {"text": "Metformin 1 g"}}
    referring = request(medicationReference={"reference": "Medication/m"})
    del referring["medicationCodeableConcept"]
    bundle = record(referring)
    held = Record(bundle.patient, (*bundle.resources, medication), NOW)
    assert substances(in_force(held, NOW)[0]) == ["metformin"]


def test_a_draft_has_its_most_a_day_and_a_combination_none() -> None:
    twice = [{"text": "500 mg twice a day"}]
    (order,) = ordered(record(request("draft", dosageInstruction=twice)))
    (dosage,) = order["dosage"]
    assert dosage["doseAndRate"][0]["doseQuantity"]["value"] == 1000
    combined = request(
        "draft", dosageInstruction=twice, medicationCodeableConcept={"text": "Janumet"}
    )
    assert "dosage" not in ordered(record(combined))[0]


def test_expressions_read_both_and_a_client_is_asked_for_what_they_need() -> None:
    asked = {"language": "text/fhirpath", "expression": "%inForce.count() + %ordered.count()"}
    environment = Environment(record(request(), request("draft") | {"id": "s"}), {}, NOW)
    assert environment.evaluate(asked).values == [2]
    kinds = {template.kind for template in templates_of({"condition": asked})}
    assert kinds == {"Patient", "MedicationRequest", "MedicationStatement"}
