"""Codes that R4 binds with strength "required", for what is read of a patient and what is written.

Models of FHIR check the form of a code, not that it is one: `gender: "banana"` passes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_REQUEST_STATUS = "draft active on-hold revoked completed entered-in-error unknown"
_REQUEST_INTENT = (
    "proposal plan directive order original-order reflex-order filler-order instance-order option"
)
_EVENT_STATUS = (
    "preparation in-progress not-done on-hold stopped completed entered-in-error unknown"
)
_PRIORITY = "routine urgent asap stat"
_FINANCIAL = "active cancelled draft entered-in-error"
_TIME = "s min h d wk mo a"
_COMPARATOR = "< <= >= >"

_CODES = {
    "Address.type": "postal physical both",
    "Address.use": "home work temp old billing",
    "AllergyIntolerance.category": "food medication environment biologic",
    "AllergyIntolerance.criticality": "low high unable-to-assess",
    "AllergyIntolerance.reaction.severity": "mild moderate severe",
    "AllergyIntolerance.type": "allergy intolerance",
    "Bundle.type": (
        "document message transaction transaction-response batch batch-response history searchset "
        "collection"
    ),
    "CarePlan.intent": "proposal plan order option",
    "CarePlan.status": _REQUEST_STATUS,
    "CommunicationRequest.priority": _PRIORITY,
    "CommunicationRequest.status": _REQUEST_STATUS,
    "Composition.attester.mode": "personal professional legal official",
    "Composition.section.mode": "working snapshot changes",
    "Composition.status": "preliminary final amended entered-in-error",
    "ContactPoint.system": "phone fax email pager url sms other",
    "ContactPoint.use": "home work temp old mobile",
    "Coverage.status": _FINANCIAL,
    "DetectedIssue.severity": "high moderate low",
    "DetectedIssue.status": (
        "registered preliminary final amended corrected cancelled entered-in-error unknown"
    ),
    "Device.deviceName.type": (
        "udi-label-name user-friendly-name patient-reported-name manufacturer-name model-name other"
    ),
    "Device.status": "active inactive entered-in-error unknown",
    "DeviceRequest.intent": _REQUEST_INTENT,
    "DeviceRequest.status": _REQUEST_STATUS,
    "DiagnosticReport.status": (
        "registered partial preliminary final amended corrected appended cancelled "
        "entered-in-error unknown"
    ),
    "DocumentReference.docStatus": "preliminary final amended entered-in-error",
    "DocumentReference.relatesTo.code": "replaces transforms signs appends",
    "DocumentReference.status": "current superseded entered-in-error",
    "Encounter.status": (
        "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown"
    ),
    "EpisodeOfCare.status": (
        "planned waitlist active onhold finished cancelled entered-in-error"
    ),
    "FamilyMemberHistory.status": "partial completed entered-in-error health-unknown",
    "Flag.status": "active inactive entered-in-error",
    "Goal.lifecycleStatus": (
        "proposed planned accepted active on-hold completed cancelled entered-in-error rejected"
    ),
    "HumanName.use": "usual official temp nickname anonymous old maiden",
    "Identifier.use": "usual official temp secondary old",
    "Immunization.status": "completed entered-in-error not-done",
    "Medication.status": "active inactive entered-in-error",
    "MedicationAdministration.status": (
        "in-progress not-done on-hold completed entered-in-error stopped unknown"
    ),
    "MedicationDispense.status": (
        "preparation in-progress cancelled on-hold completed entered-in-error stopped declined "
        "unknown"
    ),
    "MedicationKnowledge.status": "active inactive entered-in-error",
    "MedicationRequest.intent": (
        "proposal plan order original-order reflex-order filler-order instance-order option"
    ),
    "MedicationRequest.priority": _PRIORITY,
    "MedicationRequest.status": (
        "active on-hold cancelled completed entered-in-error stopped draft unknown"
    ),
    "MedicationStatement.status": (
        "active completed entered-in-error intended stopped on-hold unknown not-taken"
    ),
    "Narrative.status": "generated extensions additional empty",
    "NutritionOrder.status": _REQUEST_STATUS,
    "Observation.status": (
        "registered preliminary final amended corrected cancelled entered-in-error unknown"
    ),
    "OperationOutcome.issue.code": (
        "invalid structure required value invariant security login unknown expired forbidden "
        "suppressed processing not-supported duplicate multiple-matches not-found deleted too-long "
        "code-invalid extension too-costly business-rule conflict transient lock-error no-store "
        "exception timeout incomplete throttled informational"
    ),
    "OperationOutcome.issue.severity": "fatal error warning information",
    "Patient.contact.gender": "male female other unknown",
    "Patient.gender": "male female other unknown",
    "Patient.link.type": "replaced-by replaces refer seealso",
    "Practitioner.gender": "male female other unknown",
    "Procedure.status": _EVENT_STATUS,
    "Provenance.entity.role": "derivation revision quotation source removal",
    "QuestionnaireResponse.status": "in-progress completed amended entered-in-error stopped",
    "RelatedPerson.gender": "male female other unknown",
    "RequestGroup.intent": _REQUEST_INTENT,
    "RequestGroup.priority": _PRIORITY,
    "RequestGroup.status": _REQUEST_STATUS,
    "RiskAssessment.status": (
        "registered preliminary final amended corrected cancelled entered-in-error unknown"
    ),
    "ServiceRequest.intent": _REQUEST_INTENT,
    "ServiceRequest.priority": _PRIORITY,
    "ServiceRequest.status": _REQUEST_STATUS,
    "Specimen.status": "available unavailable unsatisfactory entered-in-error",
    "Task.intent": (
        "unknown proposal plan order original-order reflex-order filler-order instance-order option"
    ),
    "Task.status": (
        "draft requested received accepted rejected ready cancelled in-progress on-hold failed "
        "completed entered-in-error"
    ),
    "Timing.repeat.dayOfWeek": "mon tue wed thu fri sat sun",
    "Timing.repeat.durationUnit": _TIME,
    "Timing.repeat.periodUnit": _TIME,
    **{
        f"{kind}.comparator": _COMPARATOR
        for kind in ("Quantity", "Age", "Duration", "Count", "Distance")
    },
}  # fmt: skip
_ALLOWED = {path: frozenset(codes.split()) for path, codes in _CODES.items()}

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_VERIFICATION = "unconfirmed confirmed refuted entered-in-error"
_CONCEPTS = {
    ("Condition", "clinicalStatus"): (
        "condition-clinical", "active recurrence relapse inactive remission resolved"
    ),
    ("Condition", "verificationStatus"): (
        "condition-ver-status", f"{_VERIFICATION} provisional differential"
    ),
    ("AllergyIntolerance", "clinicalStatus"): (
        "allergyintolerance-clinical", "active inactive resolved"
    ),
    ("AllergyIntolerance", "verificationStatus"): (
        "allergyintolerance-verification", _VERIFICATION
    ),
}  # fmt: skip


def code_fault(path: str, code: str) -> str | None:
    """What is wrong with the code of an element ("Patient.gender"); None where nothing is."""
    allowed = _ALLOWED.get(path)
    if allowed is None or code in allowed:
        return None
    return f"“{code[:60]}” is none of {', '.join(sorted(allowed))}."


def concept_faults(resource: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """Faults in concepts that must be of one code system, each with its path."""
    for (kind, name), (system, codes) in _CONCEPTS.items():
        if resource["resourceType"] != kind or name not in resource:
            continue
        allowed = codes.split()
        for i, coding in enumerate(resource[name].get("coding", [])):
            where = f"{path}.{name}.coding[{i}]"
            if coding.get("system", _TERMINOLOGY + system) != _TERMINOLOGY + system:
                yield f"It is to be of {_TERMINOLOGY + system}.", f"{where}.system"
            elif coding.get("code") not in allowed:
                code = str(coding.get("code", ""))[:60]
                yield f"“{code}” is none of {', '.join(allowed)}.", f"{where}.code"


_KNOWN_SYSTEMS = frozenset(
    {
        "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org",
        "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc",
        "http://hl7.org/fhir/sid/ndc", "http://hl7.org/fhir/sid/cvx", "https://dmd.nhs.uk",
        "http://www.ama-assn.org/go/cpt", "http://fdasis.nlm.nih.gov", "http://id.who.int/icd",
        "http://ncimeta.nci.nih.gov", "http://www.radlex.org", "http://nucc.org/provider-taxonomy",
        "http://varnomen.hgvs.org", "http://www.genenames.org", "http://www.orpha.net",
        "http://read.info/readv2", "http://read.info/ctv3", "http://www.icd10data.com/icd10pcs",
        "http://unstats.un.org/unsd/methods/m49/m49.htm",
    }
)  # fmt: skip
_KNOWN_BEGINNINGS = (
    "http://terminology.hl7.org/", "https://terminology.hl7.org/", "http://hl7.org/fhir/",
    "https://hl7.org/fhir/", "https://www.hl7.org/fhir/", "http://snomed.info/sct/", "urn:oid:",
    "urn:iso:", "urn:ietf:", "urn:uuid:", "https://fhir.nhs.uk/", "https://fhir.hl7.org.uk/",
    "http://id.who.int/", "http://www.nlm.nih.gov/", "http://fhir.de/", "http://dicom.nema.org/",
)  # fmt: skip


def is_known_system(system: str) -> bool:
    """Whether a code system is one in common use, by its address."""
    return system in _KNOWN_SYSTEMS or system.startswith(_KNOWN_BEGINNINGS)
