"""The releases of FHIR that documents are written in. Everything is built as R4 and renamed here.

R4 (4.0.1) is what record systems read. In R5 (5.0.0) some elements of the same resources have
other names or shapes; what only R5 has is in `evidence.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from osler.fhir.parts import Json, coded

_ATTESTATION = "http://hl7.org/fhir/composition-attestation-mode"
_RELATIONSHIP = "http://hl7.org/fhir/document-relationship-type"


class Release(StrEnum):
    """A release of FHIR."""

    R4 = "R4"
    R5 = "R5"

    @property
    def mime_version(self) -> str:
        """As the `fhirVersion` parameter of a media type names it."""
        return {"R4": "4.0", "R5": "5.0"}[self.value]


def in_release(resource: Json, release: Release) -> Json:
    """A resource that was built as R4, as `release` has it."""
    change = _CHANGES.get(resource["resourceType"])
    return change(resource) if change and release is Release.R5 else resource


def _composition(old: Json) -> Json:
    new = {**old, "identifier": [old["identifier"]]}
    if "attester" in old:
        new["attester"] = [{**a, "mode": coded(_ATTESTATION, a["mode"])} for a in old["attester"]]
    return new


def _document_reference(old: Json) -> Json:
    if "relatesTo" not in old:
        return old
    related = [{**r, "code": coded(_RELATIONSHIP, r["code"])} for r in old["relatesTo"]]
    return {**old, "relatesTo": related}


def _device(old: Json) -> Json:
    new = {name: value for name, value in old.items() if name != "deviceName"}
    names = [{"value": n["name"], "type": n["type"]} for n in old["deviceName"]]
    return {**new, "name": names, "type": [old["type"]]}


def _medication_knowledge(old: Json) -> Json:
    new = {name: value for name, value in old.items() if name != "administrationGuidelines"}
    guidelines = [
        {"dosingGuideline": [_dosing_guideline(g)]} for g in old["administrationGuidelines"]
    ]
    return {**new, "indicationGuideline": guidelines}


def _dosing_guideline(old: Json) -> Json:
    new: Json = {
        "dosage": [{**d, "dosage": [_dosage(each) for each in d["dosage"]]} for d in old["dosage"]]
    }
    if "patientCharacteristics" in old:
        new["patientCharacteristic"] = [
            {"type": c["characteristicCodeableConcept"], "valueCodeableConcept": {"text": value}}
            for c in old["patientCharacteristics"]
            for value in c["value"]
        ]
    return new


def _dosage(old: Json) -> Json:
    new: dict[str, Any] = dict(old)
    if "asNeededBoolean" in new:
        new["asNeeded"] = new.pop("asNeededBoolean")
    if "maxDosePerPeriod" in new:
        new["maxDosePerPeriod"] = [new["maxDosePerPeriod"]]
    return new


_CHANGES: dict[str, Callable[[Json], Json]] = {
    "Composition": _composition,
    "Device": _device,
    "DocumentReference": _document_reference,
    "MedicationKnowledge": _medication_knowledge,
}
