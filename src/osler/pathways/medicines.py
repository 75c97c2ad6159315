"""The medicines that a patient takes and those being ordered, whichever way the record says so.

Each is given to expressions as a plain R4 MedicationStatement, so that a plan need not know where
a record keeps its medicines, nor every brand and code of a substance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from osler.pathways.daily import most_a_day
from osler.pathways.ingredients import ingredients
from osler.pathways.orders import names_in, names_of
from osler.pathways.preparations import release_of, routes_of
from osler.pathways.record import Record
from osler.pathways.record_checks import is_past
from osler.statements.vocabulary.substances import base_of

SUBSTANCE = "urn:osler:substance"
"""The system of codings that name an ingredient, in lower case ("metformin")."""

RELEASE = "urn:osler:release"
"""The system of the coding that says how a product is released: "extended" or "immediate"."""

ROUTE = "urn:osler:route"
"""The system of codings that name where a medicine goes ("intravenous"), as its order says."""

_UCUM = "http://unitsofmeasure.org"
_PROPOSED = frozenset({"proposal", "plan", "option"})
_IN_FORCE = {
    "MedicationRequest": frozenset({"active"}),
    "MedicationStatement": frozenset({"active"}),
}
_TAKEN = frozenset({"active", "on-hold", "completed", "stopped"})
_EVER = {
    "MedicationRequest": _TAKEN,
    "MedicationStatement": _TAKEN,
    "MedicationAdministration": _TAKEN | {"in-progress"} - {"active"},
    "MedicationDispense": frozenset({"completed", "in-progress"}),
}


def in_force(record: Record, now: datetime) -> list[dict[str, Any]]:
    """MedicationStatements of what the patient takes: prescriptions and statements that are active.

    Left out are those of the negative ("do not give"), what is only proposed, and what has ended.
    `dosage` is as of what is ordered; only a prescription has one.
    """
    return [
        _statement(record, resource, "active")
        for kind, statuses in _IN_FORCE.items()
        for resource in record.of_type(kind)
        if resource.get("status") in statuses
        and resource.get("doNotPerform") is not True
        and resource.get("intent") not in _PROPOSED
        and not _has_ended(resource, now)
    ]


def ever_taken(record: Record) -> list[dict[str, Any]]:
    """MedicationStatements of all that was given, is in force or was, with the status it has.

    Their `effectiveDateTime` is when it was given, of a period its end.
    """
    return [
        _statement(record, resource, str(resource["status"])) | _given(resource)
        for kind, statuses in _EVER.items()
        for resource in record.of_type(kind)
        if resource.get("status") in statuses
        and resource.get("doNotPerform") is not True
        and resource.get("intent") not in _PROPOSED
    ]


def _given(resource: Mapping[str, Any]) -> dict[str, Any]:
    period = resource.get("effectivePeriod", {})
    when = resource.get("effectiveDateTime") or period.get("end") or period.get("start")
    return {"effectiveDateTime": when} if when else {}


def ordered(record: Record) -> list[dict[str, Any]]:
    """MedicationStatements ("intended") of the orders being drafted.

    Their `dosage` has one dose: the most in one day, in mg. It is missing where that could not be
    read, and where a product has several ingredients.
    """
    return [
        _statement(record, request, "intended")
        for request in record.of_type("MedicationRequest")
        if request.get("status") == "draft" and request.get("doNotPerform") is not True
    ]


def _statement(record: Record, resource: Mapping[str, Any], status: str) -> dict[str, Any]:
    names, codings = list(names_of(resource)), _codings(resource.get("medicationCodeableConcept"))
    for medication in _medications(record, resource):
        held = [medication.get("code"), medication.get("form")]
        held += [i.get("itemCodeableConcept") for i in medication.get("ingredient", [])]
        for each in held:
            names += names_in(each)
            codings += _codings(each)
    names = list(dict.fromkeys(names))
    substances = ingredients(names, codings)
    told = [(SUBSTANCE, name) for name in substances]
    told += [(RELEASE, release) for release in [release_of(names)] if release]
    told += [(ROUTE, route) for route in routes_of(resource)]
    concept: dict[str, Any] = {
        "coding": [*codings, *({"system": system, "code": code} for system, code in told)]
    }
    if names:
        concept["text"] = "; ".join(names)
    made: dict[str, Any] = {
        "resourceType": "MedicationStatement",
        "status": status,
        "medicationCodeableConcept": {k: v for k, v in concept.items() if v},
        "subject": {"reference": record.subject},
    }
    if "id" in resource:
        made["derivedFrom"] = [{"reference": f"{resource['resourceType']}/{resource['id']}"}]
    alone = len({base_of(name) for name in substances}) < 2
    known = status in ("intended", "active") and alone
    most = most_a_day(resource, names) if known else None
    if most is not None:
        dose = {"value": most, "unit": "mg", "system": _UCUM, "code": "mg"}
        repeat = {"frequency": 1, "period": 1, "periodUnit": "d"}
        made["dosage"] = [{"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": dose}]}]
    return made


def _medications(record: Record, resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The Medication that is referred to: contained, or of the record."""
    reference = resource.get("medicationReference", {}).get("reference")
    if not reference:
        return
    for held in resource.get("contained", []):
        if f"#{held.get('id')}" == reference:
            yield held
    found = record.referred(str(reference))
    if found is not None:
        yield found


def _codings(concept: Any) -> list[Mapping[str, Any]]:
    return list(concept.get("coding", [])) if isinstance(concept, Mapping) else []


def _has_ended(resource: Mapping[str, Any], now: datetime) -> bool:
    """Whether the period of a statement, or of every instruction of a prescription, is over."""
    end = resource.get("effectivePeriod", {}).get("end")
    if isinstance(end, str):
        return is_past(end, now)
    instructions = resource.get("dosageInstruction", [])
    ends = [
        instruction.get("timing", {}).get("repeat", {}).get("boundsPeriod", {}).get("end")
        for instruction in instructions
    ]
    return bool(ends) and all(isinstance(end, str) and is_past(end, now) for end in ends)
