"""FHIR R4's required value sets, of the elements that Osler reads and writes.

A code that is not among them is an error, whatever a model of FHIR lets through. Keys are paths of
https://hl7.org/fhir/R4: of a resource ("Patient.gender") or of a type ("Narrative.status").
"""

from __future__ import annotations

from collections.abc import Mapping

_GENDER = "male female other unknown"
_PUBLICATION = "draft active retired unknown"
_REQUEST_STATUS = "draft active on-hold revoked completed entered-in-error unknown"
_ORDERS = "order original-order reflex-order filler-order instance-order"
_PRIORITY = "routine urgent asap stat"
_UNITS_OF_TIME = "s min h d wk mo a"

_CODES = {
    "ActivityDefinition.intent": f"proposal plan directive {_ORDERS} option",
    "ActivityDefinition.priority": _PRIORITY,
    "ActivityDefinition.status": _PUBLICATION,
    "Bundle.type": "document message transaction transaction-response batch batch-response "
    "history searchset collection",
    "CarePlan.intent": "proposal plan order option",
    "CarePlan.status": _REQUEST_STATUS,
    "CommunicationRequest.priority": _PRIORITY,
    "CommunicationRequest.status": _REQUEST_STATUS,
    "Composition.attester.mode": "personal professional legal official",
    "Composition.section.mode": "working snapshot changes",
    "Composition.status": "preliminary final amended entered-in-error",
    "Device.deviceName.type": "udi-label-name user-friendly-name patient-reported-name "
    "manufacturer-name model-name other",
    "Device.status": "active inactive entered-in-error unknown",
    "DocumentReference.docStatus": "preliminary final amended entered-in-error",
    "DocumentReference.relatesTo.code": "replaces transforms signs appends",
    "DocumentReference.status": "current superseded entered-in-error",
    "MedicationKnowledge.status": "active inactive entered-in-error",
    "MedicationRequest.intent": f"proposal plan {_ORDERS} option",
    "MedicationRequest.priority": _PRIORITY,
    "MedicationRequest.status": "active on-hold cancelled completed entered-in-error stopped "
    "draft unknown",
    "Narrative.status": "generated extensions additional empty",
    "Observation.status": "registered preliminary final amended corrected cancelled "
    "entered-in-error unknown",
    "OperationOutcome.issue.code": "invalid structure required value invariant security login "
    "unknown expired forbidden suppressed processing not-supported duplicate multiple-matches "
    "not-found deleted too-long code-invalid extension too-costly business-rule conflict "
    "transient lock-error no-store exception timeout incomplete throttled informational",
    "OperationOutcome.issue.severity": "fatal error warning information",
    "Patient.gender": _GENDER,
    "PlanDefinition.status": _PUBLICATION,
    "Practitioner.gender": _GENDER,
    "Provenance.entity.role": "derivation revision quotation source removal",
    "Quantity.comparator": "< <= >= >",
    "Questionnaire.status": _PUBLICATION,
    "QuestionnaireResponse.status": "in-progress completed amended entered-in-error stopped",
    "RequestGroup.intent": f"proposal plan directive {_ORDERS} option",
    "RequestGroup.priority": _PRIORITY,
    "RequestGroup.status": _REQUEST_STATUS,
    "ServiceRequest.intent": f"proposal plan directive {_ORDERS} option",
    "ServiceRequest.priority": _PRIORITY,
    "ServiceRequest.status": _REQUEST_STATUS,
    "Timing.repeat.dayOfWeek": "mon tue wed thu fri sat sun",
    "Timing.repeat.durationUnit": _UNITS_OF_TIME,
    "Timing.repeat.periodUnit": _UNITS_OF_TIME,
    "Timing.repeat.when": "MORN MORN.early MORN.late NOON AFT AFT.early AFT.late EVE EVE.early "
    "EVE.late NIGHT PHS HS WAKE C CM CD CV AC ACM ACD ACV PC PCM PCD PCV",
}

REQUIRED: Mapping[str, frozenset[str]] = {
    path: frozenset(codes.split()) for path, codes in _CODES.items()
}
"""The codes that each element may have."""
