"""What must hold between the resources of one patient's record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.value_sets import concept_faults, is_known_system

Placed = tuple[dict[str, Any], str]
"""A resource and the path at which it came."""

# The element that says whom a resource is about, and the times at which something has happened.
_ABOUT = ("subject", "patient", "for", "beneficiary")
_PAST = {
    "AllergyIntolerance": ("onsetDateTime", "recordedDate", "lastOccurrence"),
    "Condition": ("onsetDateTime", "recordedDate"),
    "DiagnosticReport": ("effectiveDateTime", "issued"),
    "Immunization": ("occurrenceDateTime", "recorded"),
    "MedicationAdministration": ("effectiveDateTime",),
    "MedicationRequest": ("authoredOn",),
    "MedicationStatement": ("effectiveDateTime", "dateAsserted"),
    "Observation": ("effectiveDateTime", "effectiveInstant", "issued"),
    "Patient": ("birthDate", "deceasedDateTime"),
    "Procedure": ("performedDateTime",),
    "QuestionnaireResponse": ("authored",),
    "ServiceRequest": ("authoredOn",),
}
_ABOUT_SOMEBODY = frozenset(_PAST) - {"Patient", "QuestionnaireResponse"}
_OLDEST = 130  # years


def check_subjects(placed: list[Placed], names: frozenset[str]) -> Iterator[Issue]:
    """Errors where a resource is about somebody or something else; `names` are the patient's.

    A warning where it does not say whom it is about: it is taken to be this patient.
    """
    for resource, path in placed:
        if resource["resourceType"] in _ABOUT_SOMEBODY and not any(e in resource for e in _ABOUT):
            said = "It does not say whom it is about: taken to be this patient."
            yield Issue(Severity.WARNING, "incomplete", said, f"{path}.subject")
        for element in _ABOUT:
            about = resource.get(element)
            if not isinstance(about, Mapping) or "reference" not in about:
                continue
            reference = str(about["reference"]).partition("/_history/")[0]
            if reference.startswith("#") or reference in names:
                continue
            if reference.rpartition("Patient/")[2] in names and "/Patient/" in reference:
                continue
            said = f"It is about “{reference[:80]}”, not about the patient of this record."
            yield Issue(Severity.ERROR, "business-rule", said, f"{path}.{element}.reference")


def check_ids(placed: list[Placed]) -> Iterator[Issue]:
    """Errors where two resources of a type have one id."""
    seen: dict[tuple[str, str], str] = {}
    for resource, path in placed:
        key = resource["resourceType"], str(resource.get("id", ""))
        if not key[1]:
            continue
        if key in seen:
            said = f"{key[0]}/{key[1]} is there twice: also at {seen[key]}."
            yield Issue(Severity.ERROR, "duplicate", said, f"{path}.id")
        seen.setdefault(key, path)


def check_times(placed: list[Placed], now: datetime) -> Iterator[Issue]:
    """Errors where something is said to have happened after `now`."""
    for resource, path in placed:
        for element in _PAST.get(resource["resourceType"], ()):
            text = resource.get(element)
            if isinstance(text, str) and is_after(text, now):
                said = f"{text} lies after {now.date().isoformat()}."
                yield Issue(Severity.ERROR, "value", said, f"{path}.{element}")


def is_after(text: str, now: datetime) -> bool:
    """Whether a date or time of FHIR is later than the day of `now`, and than `now` itself."""
    day = f"{now.year:04d}-{now.month:02d}-{now.day:02d}"
    if text[:10] <= day[: len(text)]:
        return False
    if len(text) > 10:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return True
        aware = now if now.tzinfo else now.replace(tzinfo=UTC)
        return moment > aware if moment.tzinfo else True
    return True


def check_patient(patient: Mapping[str, Any], path: str, now: datetime) -> Iterator[Issue]:
    """Warnings on what is missing or unlikely in the patient."""
    born = patient.get("birthDate")
    if born is None:
        said = "The patient has no birth date: what depends on age cannot be told."
        yield Issue(Severity.WARNING, "incomplete", said, f"{path}.birthDate")
    elif now.year - int(born[:4]) > _OLDEST:
        said = f"Born in {born[:4]}: nobody has lived so long."
        yield Issue(Severity.WARNING, "value", said, f"{path}.birthDate")
    if "id" not in patient:
        said = "The patient has no id, so nothing can refer to them."
        yield Issue(Severity.INFORMATION, "incomplete", said, f"{path}.id")


def check_codes(placed: list[Placed]) -> Iterator[Issue]:
    """Errors on concepts of a wrong system or code; a warning on each system nobody knows."""
    unknown: set[str] = set()
    for resource, path in placed:
        for said, where in concept_faults(resource, path):
            yield Issue(Severity.ERROR, "code-invalid", said, where)
        for coding, where in _codings(resource, path):
            system = coding.get("system")
            if isinstance(system, str) and not is_known_system(system) and system not in unknown:
                unknown.add(system)
                said = f"The code system “{system[:100]}” is not known."
                yield Issue(Severity.WARNING, "code-invalid", said, f"{where}.system")


def _codings(data: Any, path: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name == "coding" and isinstance(value, list):
                for i, coding in enumerate(value):
                    if isinstance(coding, Mapping):
                        yield coding, f"{path}.coding[{i}]"
            elif name == "valueCoding" and isinstance(value, Mapping):
                yield value, f"{path}.valueCoding"
            elif isinstance(value, Mapping | list) and not name.startswith("_"):
                yield from _codings(value, f"{path}.{name}")
    elif isinstance(data, list):
        for i, item in enumerate(data):
            if isinstance(item, Mapping | list):
                yield from _codings(item, f"{path}[{i}]")
