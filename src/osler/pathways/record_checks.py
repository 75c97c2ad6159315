"""What must hold between the resources of one patient's record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.required import lacking
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
_PAST_PERIODS = {
    "AllergyIntolerance": ("onsetPeriod",),
    "Condition": ("onsetPeriod",),
    "DiagnosticReport": ("effectivePeriod",),
    "MedicationAdministration": ("effectivePeriod",),
    "MedicationStatement": ("effectivePeriod",),
    "Observation": ("effectivePeriod",),
    "Procedure": ("performedPeriod",),
}
# Without these R4 lets a resource say nothing.
_SAID_OF = {"AllergyIntolerance": ("code",), "Condition": ("code",), "Procedure": ("code",)}
# Those that are over once they are in a record; a medicine may be taken until a day to come.
_OVER = ("performedPeriod", "onsetPeriod")
_ABOUT_SOMEBODY = frozenset(_PAST) - {"Patient", "QuestionnaireResponse"}
_OLDEST = 130  # years
_AHEAD = timedelta(hours=14)  # of UTC, in the easternmost zone


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
            reference = str(about["reference"])
            if means_patient(reference, names):
                continue
            said = f"It is about “{reference[:80]}”, not about the patient of this record."
            yield Issue(Severity.ERROR, "business-rule", said, f"{path}.{element}.reference")


def means_patient(reference: str, names: frozenset[str]) -> bool:
    """Whether a reference means the patient that `names` are the names of."""
    reference = reference.partition("/_history/")[0]
    if reference.startswith("#") or reference in names:
        return True
    return "/Patient/" in reference and reference.rpartition("Patient/")[2] in names


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
    """Errors where something is said to have happened after `now`.

    A day of anywhere on earth may be a day ahead of `now`.
    """
    for resource, path in placed:
        for element in _PAST.get(resource["resourceType"], ()):
            text = resource.get(element)
            if isinstance(text, str) and is_after(text, now):
                said = f"{text} lies after {now.date().isoformat()}."
                yield Issue(Severity.ERROR, "value", said, f"{path}.{element}")


def check_periods(placed: list[Placed], now: datetime) -> Iterator[Issue]:
    """Errors where a period of what has happened begins after `now`, or ends after it."""
    for resource, path in placed:
        for element in _PAST_PERIODS.get(resource["resourceType"], ()):
            period = resource.get(element, {})
            start, end = period.get("start"), period.get("end")
            if isinstance(start, str) and is_after(start, now):
                said = f"{start} lies after {now.date().isoformat()}."
                yield Issue(Severity.ERROR, "value", said, f"{path}.{element}.start")
            elif isinstance(end, str) and is_after(end, now) and element in _OVER:
                said = f"{end} lies after {now.date().isoformat()}."
                yield Issue(Severity.ERROR, "value", said, f"{path}.{element}.end")


def check_order(placed: list[Placed]) -> Iterator[Issue]:
    """Errors where a period of what has happened ends before it begins."""
    for resource, path in placed:
        for element in _PAST_PERIODS.get(resource["resourceType"], ()):
            period = resource.get(element, {})
            start, end = period.get("start"), period.get("end")
            first, last = Moment.read(start or ""), Moment.read(end or "")
            if first is not None and last is not None and first.compare(last) == 1:
                said = f"It ends ({end}) before it begins ({start})."
                yield Issue(Severity.ERROR, "value", said, f"{path}.{element}")


def without_future(placed: list[Placed], now: datetime) -> tuple[list[Placed], list[Issue]]:
    """What has happened, or may have, by `now`, and a warning for each time that lies after it.

    What is to happen is left out. What was only written, or is to end, after `now` is there; so
    is an allergy. Of a patient who is born after `now` the errors stand.
    """
    kept: list[Placed] = []
    issues: list[Issue] = []
    for resource, path in placed:
        faults = [*check_times([(resource, path)], now), *check_periods([(resource, path)], now)]
        kind = resource["resourceType"]
        is_patient = kind == "Patient"
        is_to_come = kind != "AllergyIntolerance" and any(_happens(each) for each in faults)
        if is_patient or not is_to_come:
            kept.append((resource, path))
        issues += faults if is_patient else (_warned(each, is_to_come) for each in faults)
    return kept, issues


def _happens(issue: Issue) -> bool:
    element = issue.path.removesuffix(".start").rpartition(".")[2]
    return element.startswith(("effective", "performed", "occurrence", "onset"))


def _warned(issue: Issue, is_left_out: bool) -> Issue:
    said = f"{issue.details} Left out." if is_left_out else issue.details
    return Issue(Severity.WARNING, issue.code, said, issue.path)


def check_required(placed: list[Placed]) -> Iterator[Issue]:
    """Warnings where a resource lacks what R4 requires of it, or does not say what it is of."""
    for resource, path in placed:
        kind = resource["resourceType"]
        unsaid = (name for name in _SAID_OF.get(kind, ()) if name not in resource)
        for element in (*lacking(resource), *unsaid):
            if element in _ABOUT:
                continue
            said = f"The {kind} lacks its {element}: little can be read from it."
            yield Issue(Severity.WARNING, "required", said, f"{path}.{element}")


def is_after(text: str, now: datetime) -> bool:
    """Whether a date or time of FHIR is later than `now`, wherever on earth it was written.

    A day, or a time without its zone, may be 14 hours ahead of UTC.
    """
    aware = now if now.tzinfo else now.replace(tzinfo=UTC)
    ahead = aware.astimezone(UTC) + _AHEAD
    if text[:10] <= f"{aware:%Y-%m-%d}"[: len(text)]:
        return False
    if len(text) <= 10:
        return text > f"{ahead:%Y-%m-%d}"[: len(text)]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return True
    return moment > aware if moment.tzinfo else moment.replace(tzinfo=UTC) > ahead


def is_past(text: str, now: datetime) -> bool:
    """Whether a date or time of FHIR lies before the day, month or year of `now`."""
    day = f"{now.year:04d}-{now.month:02d}-{now.day:02d}"
    return text[:10] < day[: len(text)]


def check_patient(patient: Mapping[str, Any], path: str, now: datetime) -> Iterator[Issue]:
    """Warnings on what is missing or unlikely in the patient."""
    born = patient.get("birthDate")
    if born is None:
        said = "The patient has no birth date: what depends on age cannot be told."
        yield Issue(Severity.WARNING, "incomplete", said, f"{path}.birthDate")
    elif now.year - int(born[:4]) > _OLDEST:
        said = f"Born in {born[:4]}: nobody has lived so long."
        yield Issue(Severity.WARNING, "value", said, f"{path}.birthDate")
    if is_dead(patient):
        said = "The patient has died: nothing is proposed."
        yield Issue(Severity.WARNING, "business-rule", said, f"{path}.deceased")
    if "id" not in patient:
        said = "The patient has no id, so nothing can refer to them."
        yield Issue(Severity.INFORMATION, "incomplete", said, f"{path}.id")


def is_dead(patient: Mapping[str, Any]) -> bool:
    """Whether a patient has died."""
    return patient.get("deceasedBoolean") is True or "deceasedDateTime" in patient


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
