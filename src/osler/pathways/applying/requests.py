"""An ActivityDefinition as the request that it defines.

What goes from the definition to each kind of request is what the reference engine copies
(github.com/cqframework/clinical-reasoning), and beyond it `timing`, `priority` and, of a
medication, `quantity`, which R4's guidance on `$apply` maps to elements of the request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.applying.dynamic_values import set_by, set_dynamic_values
from osler.pathways.applying.extensions import extensions_for_request
from osler.pathways.expressions import Environment
from osler.pathways.required import lacking
from osler.pathways.value_sets import code_fault

_KIND = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-activity-kind"
_TARGET_STATUS = "http://hl7.org/fhir/us/ecr/StructureDefinition/targetStatus"
_COLLECT_WITH = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-collectWith"
_DO_NOT_PERFORM = "http://hl7.org/fhir/StructureDefinition/request-doNotPerform"
_CODES = ("intent", "priority", "status")
_FORECAST = "http://terminology.hl7.org/CodeSystem/immunization-recommendation-status"


@dataclass(frozen=True, slots=True)
class Parties:
    """For whom, during which encounter and by whom something is requested, as references."""

    subject: str
    encounter: str | None = None
    practitioner: str | None = None
    organization: str | None = None


class _Unsuitable(Exception):
    """The definition lacks what its kind of request must have."""


def request_of(
    activity: Mapping[str, Any],
    path: str,
    parties: Parties,
    environment: Environment,
    issues: list[Issue],
    action: Mapping[str, Any] | None = None,
) -> dict[str, Any] | None:
    """The request of an ActivityDefinition, its dynamic values set; None where it makes none.

    An issue names each element that R4 requires and the request lacks, but for those that the
    `action` sets afterwards.
    """
    kind = _kind(activity)
    make = _MAKERS.get(kind)
    if make is None:
        said = f"Osler makes no {kind}." if kind else "The activity does not say its kind."
        issues.append(Issue(Severity.ERROR, "not-supported", said, f"{path}.kind"))
        return None
    request: dict[str, Any] = {"resourceType": kind, "id": str(activity.get("id", "activity"))}
    if "profile" in activity:
        request["meta"] = {"profile": [activity["profile"]]}
    extensions = extensions_for_request(activity.get("extension", []), environment)
    if extensions:
        request["extension"] = extensions
    try:
        request |= make(activity, parties, environment)
        _check_codes(request)
    except _Unsuitable as error:
        issues.append(Issue(Severity.ERROR, "required", str(error), path))
        return None
    set_dynamic_values(activity, path, environment, request, None, issues)
    for i, extension in enumerate(activity.get("extension", [])):
        if kind == "Task" and extension.get("url") == _COLLECT_WITH:
            said = "A Task that asks to fill in a Questionnaire is not supported: no input is set."
            where = f"{path}.extension[{i}]"
            issues.append(Issue(Severity.WARNING, "not-supported", said, where))
    lacks = lacking(request)
    later = set_by(action or {}) if lacks else ()
    for element in lacks:
        if element not in later:
            said = f"The {kind} lacks its {element}, which FHIR R4 requires."
            issues.append(Issue(Severity.ERROR, "required", said, path))
    return request


def _check_codes(request: Mapping[str, Any]) -> None:
    codes = tuple((name, str(request[name])) for name in _CODES if name in request)
    fault = _code_fault(request["resourceType"], codes)
    if fault is not None:
        raise _Unsuitable(fault)


@lru_cache(maxsize=256)
def _code_fault(kind: str, codes: tuple[tuple[str, str], ...]) -> str | None:
    for name, code in codes:
        fault = code_fault(f"{kind}.{name}", code)
        if fault is not None:
            return f"A {kind} has no such {name}: {fault}"
    return None


def canonical_of(definition: Mapping[str, Any]) -> str | None:
    """The canonical address of a definition, with its version; None where it has no address."""
    url, version = definition.get("url"), definition.get("version")
    return f"{url}|{version}" if url and version else url


def _kind(activity: Mapping[str, Any]) -> str:
    for extension in activity.get("extension", []):
        if extension.get("url") == _KIND and "valueCode" in extension:
            return str(extension["valueCode"])
    return str(activity.get("kind", ""))


def _medication_request(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    request = {"status": "active", "intent": activity.get("intent", "order")}
    products = {k: v for k, v in activity.items() if k.startswith("product")}
    if not products and "dynamicValue" not in activity:
        raise _Unsuitable("A MedicationRequest wants a product.")
    request |= {f"medication{name.removeprefix('product')}": v for name, v in products.items()}
    request |= _common(activity, parties, "instantiatesCanonical", "encounter", "requester")
    request |= _copied(activity, dosage="dosageInstruction", doNotPerform="doNotPerform",
                       priority="priority")  # fmt: skip
    if "quantity" in activity:
        request["dispenseRequest"] = {"quantity": activity["quantity"]}
    return request


def _service_request(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    if "code" not in activity and "dynamicValue" not in activity:
        raise _Unsuitable("A ServiceRequest wants a code.")
    for name in ("dosage", "productReference", "productCodeableConcept"):
        if name in activity:
            raise _Unsuitable(f"A ServiceRequest has no {name}.")
    request = {"status": "active", "intent": activity.get("intent", "order")}
    request |= _common(activity, parties, "instantiatesCanonical", "encounter", "requester")
    request |= _copied(activity, code="code", bodySite="bodySite", doNotPerform="doNotPerform",
                       priority="priority")  # fmt: skip
    return {**request, **_occurrence(activity, "Timing", "DateTime", "Period")}


def _communication_request(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    request: dict[str, Any] = {"status": "active"}
    request |= _common(activity, parties, "encounter", "requester")
    request |= _copied(activity, doNotPerform="doNotPerform", priority="priority")
    request |= _occurrence(activity, "DateTime", "Period")
    text = activity.get("code", {}).get("text")
    return {**request, "payload": [{"contentString": text}]} if text else request


def _task(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    statuses = [
        str(extension["valueString"]).lower()
        for extension in activity.get("extension", [])
        if extension.get("url") == _TARGET_STATUS and "valueString" in extension
    ]
    task = {"status": (statuses or ["draft"])[0], "intent": activity.get("intent", "proposal")}
    task |= _common(activity, parties, "encounter", "requester", subject="for")
    canonical = canonical_of(activity)
    if canonical:
        task["instantiatesCanonical"] = canonical
    task |= _copied(activity, code="code", description="description", priority="priority")
    if "doNotPerform" in activity:
        said = {"url": _DO_NOT_PERFORM, "valueBoolean": activity["doNotPerform"]}
        task["modifierExtension"] = [said]
    return task


def _procedure(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    request = {"status": "unknown", **_common(activity, parties, "instantiatesCanonical")}
    return {**request, **_copied(activity, code="code", bodySite="bodySite")}


def _supply_request(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    request: dict[str, Any] = {"status": "draft"}
    by = parties.organization or parties.practitioner
    if by:
        request["requester"] = {"reference": by}
    request |= _copied(activity, quantity="quantity", code="itemCodeableConcept",
                       priority="priority")  # fmt: skip
    return {**request, **_occurrence(activity, "Timing", "DateTime", "Period")}


def _diagnostic_report(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    if "code" not in activity and "dynamicValue" not in activity:
        raise _Unsuitable("A DiagnosticReport wants a code.")
    report = {"status": "unknown", **_common(activity, parties), **_copied(activity, code="code")}
    forms = [_attachment(artifact) for artifact in activity.get("relatedArtifact", [])]
    return {**report, "presentedForm": forms} if forms else report


def _communication(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    result = {"status": "unknown", **_common(activity, parties)}
    if "code" in activity:
        result["reasonCode"] = [activity["code"]]
    payload = [
        {"contentAttachment": _attachment(artifact)}
        for artifact in activity.get("relatedArtifact", [])
        if "url" in artifact
    ]
    return {**result, "payload": payload} if payload else result


def _immunization_recommendation(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "patient": {"reference": parties.subject},
        "date": environment.now.date().isoformat(),
    }
    product = activity.get("productCodeableConcept")
    if product is None:
        if "dynamicValue" not in activity:
            raise _Unsuitable("An ImmunizationRecommendation wants a product.")
        return result
    due = {"coding": [{"system": _FORECAST, "code": "due", "display": "Due"}]}
    return {**result, "recommendation": [{"vaccineCode": [product], "forecastStatus": due}]}


def _common(
    activity: Mapping[str, Any], parties: Parties, *names: str, subject: str = "subject"
) -> dict[str, Any]:
    result: dict[str, Any] = {subject: {"reference": parties.subject}}
    canonical = canonical_of(activity)
    if "instantiatesCanonical" in names and canonical:
        result["instantiatesCanonical"] = [canonical]
    if "encounter" in names and parties.encounter:
        result["encounter"] = {"reference": parties.encounter}
    by = parties.practitioner or parties.organization
    if "requester" in names and by:
        result["requester"] = {"reference": by}
    return result


def _copied(activity: Mapping[str, Any], **names: str) -> dict[str, Any]:
    return {to: activity[name] for name, to in names.items() if name in activity}


def _occurrence(activity: Mapping[str, Any], *kinds: str) -> dict[str, Any]:
    return _copied(activity, **{f"timing{kind}": f"occurrence{kind}" for kind in kinds})


def _attachment(artifact: Mapping[str, Any]) -> dict[str, Any]:
    return _copied(artifact, url="url", display="title")


def _bare(
    activity: Mapping[str, Any], parties: Parties, environment: Environment
) -> dict[str, Any]:
    """A resource of which only dynamic values say anything, as the reference engine has it."""
    return {}


_Maker = Callable[[Mapping[str, Any], Parties, Environment], dict[str, Any]]
_MAKERS: dict[str, _Maker] = {
    "MedicationRequest": _medication_request,
    "ServiceRequest": _service_request,
    "CommunicationRequest": _communication_request,
    "Task": _task,
    "Procedure": _procedure,
    "SupplyRequest": _supply_request,
    "DiagnosticReport": _diagnostic_report,
    "Communication": _communication,
    "ImmunizationRecommendation": _immunization_recommendation,
    **dict.fromkeys(
        (
            "Appointment",
            "AppointmentResponse",
            "CarePlan",
            "Claim",
            "Contract",
            "DeviceRequest",
            "EnrollmentRequest",
            "NutritionOrder",
            "RequestGroup",
            "VisionPrescription",
        ),
        _bare,
    ),
}
