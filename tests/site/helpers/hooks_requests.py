"""Requests as a record system sends them: CDS Hooks 2.0, FHIR R4, one patient."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
PATIENT = "p1"
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
_SUBJECT = {"reference": f"Patient/{PATIENT}"}
_UCUM = "http://unitsofmeasure.org"
_KEYS = {
    "AllergyIntolerance": "allergies",
    "Condition": "conditions",
    "MedicationAdministration": "administrations",
    "MedicationRequest": "medications",
    "MedicationStatement": "statements",
    "Observation": "observations",
    "Procedure": "procedures",
}
IM, ORAL = "78421000", "26643006"


def patient(**more: Any) -> Json:
    return {
        "resourceType": "Patient", "id": PATIENT, "gender": "female", "birthDate": "1950-01-01",
        **more,
    }  # fmt: skip


def condition(text: str) -> Json:
    active = {
        "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
        "code": "active",
    }
    return {
        "resourceType": "Condition", "id": text.lower().replace(" ", "-")[:60],
        "clinicalStatus": {"coding": [active]}, "code": {"text": text}, "subject": _SUBJECT,
    }  # fmt: skip


def egfr(value: float) -> Json:
    return {
        "resourceType": "Observation", "id": "egfr", "status": "final", "subject": _SUBJECT,
        "code": {"coding": [{"system": "http://loinc.org", "code": "62238-1"}]},
        "effectiveDateTime": "2026-11-20",
        "valueQuantity": {
            "value": value, "unit": "mL/min/1.73m2", "system": _UCUM, "code": "mL/min/{1.73_m2}",
        },
    }  # fmt: skip


def order(
    drug: str,
    value: float,
    unit: str,
    *,
    route: str = IM,
    every: tuple[int, float, str] | None = None,
    id: str = "order",  # noqa: A002
    **more: Any,
) -> Json:
    """A draft; `every` (2, 1, "d") is twice a day."""
    instruction: Json = {
        "doseAndRate": [
            {"doseQuantity": {"value": value, "unit": unit, "system": _UCUM, "code": unit}}
        ],
        "route": {"coding": [{"system": "http://snomed.info/sct", "code": route}]},
    }
    if every:
        frequency, period, of = every
        instruction["timing"] = {
            "repeat": {"frequency": frequency, "period": period, "periodUnit": of}
        }
    return {
        "resourceType": "MedicationRequest", "id": id, "status": "draft", "intent": "order",
        "medicationCodeableConcept": {"text": drug}, "subject": _SUBJECT,
        "dosageInstruction": [instruction], **more,
    }  # fmt: skip


def taking(name: str = "Metformin", **more: Any) -> Json:
    """A prescription in force."""
    return {
        "resourceType": "MedicationRequest", "id": "taken", "status": "active", "intent": "order",
        "medicationCodeableConcept": {"text": name}, "subject": _SUBJECT, **more,
    }  # fmt: skip


def bundle(*resources: Json) -> Json:
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}


def call(hook: str, *record: Json, orders: tuple[Json, ...] = (), **more: Any) -> Json:
    """A call of a hook; whatever is not a patient in `record` is prefetched by its type."""
    context: Json = {"userId": "Practitioner/dr", "patientId": PATIENT}
    if hook != "patient-view":
        context["draftOrders"] = bundle(*orders)
    if hook == "order-select":
        context["selections"] = [f"{o['resourceType']}/{o['id']}" for o in orders]
    patients = [r for r in record if r["resourceType"] == "Patient"] or [patient()]
    prefetch: Json = {"patient": patients[0]}
    for kind, key in _KEYS.items():
        found = [r for r in record if r["resourceType"] == kind]
        prefetch[key] = bundle(*found) if found else None
    return {
        "hook": hook, "hookInstance": INSTANCE, "context": context, "prefetch": prefetch, **more,
    }  # fmt: skip
