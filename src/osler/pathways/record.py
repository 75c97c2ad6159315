"""What is known of one patient: checked, its units made comparable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.conforming import Conforming
from osler.pathways.observations import settle
from osler.pathways.record_checks import (
    Placed,
    check_codes,
    check_ids,
    check_order,
    check_patient,
    check_periods,
    check_required,
    check_subjects,
    check_times,
    means_patient,
    without_future,
)

MAX_RESOURCES = 5000


@dataclass(frozen=True)
class Record:
    """One patient and the resources about them.

    Observations come last, the latest at the end, so that `.last()` of an expression is the
    latest. Quantities have UCUM codes and metric units. `practitioner` and `encounter` are there
    where the record holds exactly one. `issues` are warnings: what was converted, what
    contradicts itself, what is missing. `names` are the references that mean the patient.
    """

    patient: dict[str, Any]
    resources: tuple[dict[str, Any], ...]
    now: datetime
    names: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()

    @property
    def practitioner(self) -> dict[str, Any] | None:
        """The practitioner, where there is one."""
        return self._only("Practitioner")

    @property
    def encounter(self) -> dict[str, Any] | None:
        """The encounter, where there is one."""
        return self._only("Encounter")

    @property
    def subject(self) -> str:
        """The reference to the patient ("Patient/p1")."""
        return f"Patient/{self.patient.get('id', 'unknown')}"

    @cached_property
    def bundle(self) -> dict[str, Any]:
        """All of it as a collection Bundle."""
        entries = [{"resource": resource} for resource in self.resources]
        return {"resourceType": "Bundle", "type": "collection", "entry": entries}

    def of_type(self, name: str) -> tuple[dict[str, Any], ...]:
        """The resources of a type."""
        return tuple(r for r in self.resources if r["resourceType"] == name)

    def referred(self, reference: str | None) -> dict[str, Any] | None:
        """The resource that "Type/id" means; None where the record does not hold it."""
        kind, _, id_ = (reference or "").rpartition("/")
        found = (r for r in self.of_type(kind.rpartition("/")[2]) if r.get("id") == id_)
        return next(found, None)

    def means_patient(self, reference: str) -> bool:
        """Whether a reference means the patient."""
        return means_patient(reference, self.names)

    def with_resources(self, *more: dict[str, Any]) -> Record:
        """The record and further resources about the same patient (orders being drafted).

        Raises `InvalidResource`, naming each fault and where it lies ("resource[0].status").
        """
        placed, issues = _conforming((r, f"resource[{i}]") for i, r in enumerate(more))
        issues += check_subjects(placed, self.names)
        issues += check_times(placed, self.now)
        issues += check_periods(placed, self.now)
        issues += check_order(placed)
        _refuse(issues)
        added = (*self.resources, *(resource for resource, _ in placed))
        return replace(self, resources=added, issues=(*self.issues, *issues))

    def _only(self, name: str) -> dict[str, Any] | None:
        found = self.of_type(name)
        return found[0] if len(found) == 1 else None


def read_record(data: Any, *, now: datetime) -> Record:
    """Read a Patient, or a Bundle of one Patient and anything else about that patient.

    Raises `InvalidResource`, naming each fault and where it lies. What is doubtful, but can be
    worked with, stands in `issues`. What was entered in error, or is said to have happened after
    `now`, is left out.
    """
    placed, issues = _conforming((raw, path) for raw, path, _ in _entries(data))
    _refuse(issues)
    patients = [(r, p) for r, p in placed if r["resourceType"] == "Patient"]
    if not patients:
        raise InvalidResource([Issue(Severity.ERROR, "required", "There is no Patient.", "Bundle")])
    if len(patients) > 1:
        said = "There is more than one Patient; a record is of one."
        raise InvalidResource([Issue(Severity.ERROR, "multiple-matches", said, patients[1][1])])
    patient, where = patients[0]
    addresses = {address for _, path, address in _entries(data) if path == where and address}
    if "id" in patient:
        addresses |= {f"Patient/{patient['id']}", str(patient["id"])}
    names = frozenset(addresses)
    issues += check_ids(placed)
    issues += check_subjects(placed, names)
    placed, future = without_future(placed, now)
    issues += future
    issues += check_order(placed)
    issues += check_required(placed)
    issues += check_codes(placed)
    issues += check_patient(patient, where, now)
    _refuse(issues)
    kept = [(r, p) for r, p in placed if not _in_error(r)]
    issues += [
        Issue(Severity.INFORMATION, "deleted", "Entered in error: left out.", path)
        for resource, path in placed
        if _in_error(resource)
    ]
    resources, conflicts = settle(kept)
    return Record(patient, tuple(resources), now, names, (*issues, *conflicts))


def _conforming(found: Iterator[tuple[Any, str]]) -> tuple[list[Placed], list[Issue]]:
    walk = Conforming()
    placed = [(walk.resource(raw, path), path) for raw, path in found]
    return [(resource, path) for resource, path in placed if resource], walk.issues


def _in_error(resource: Mapping[str, Any]) -> bool:
    verification = resource.get("verificationStatus", {}).get("coding", [])
    return resource.get("status") == "entered-in-error" or any(
        coding.get("code") == "entered-in-error" for coding in verification
    )


def _refuse(issues: list[Issue]) -> None:
    faults = [issue for issue in issues if issue.severity in (Severity.ERROR, Severity.FATAL)]
    if faults:
        raise InvalidResource(faults)


def _entries(data: Any) -> Iterator[tuple[Any, str, str]]:
    """Each resource with its path and the address of its entry."""
    if not isinstance(data, Mapping) or data.get("resourceType") != "Bundle":
        kind = data.get("resourceType") if isinstance(data, Mapping) else None
        yield data, kind if isinstance(kind, str) else "", ""
        return
    entries = data.get("entry", [])
    if not isinstance(entries, list):
        raise InvalidResource([Issue(Severity.ERROR, "structure", "A list.", "Bundle.entry")])
    if len(entries) > MAX_RESOURCES:
        said = f"{len(entries)} resources; at most {MAX_RESOURCES} are read."
        raise InvalidResource([Issue(Severity.ERROR, "too-costly", said, "Bundle.entry")])
    for i, entry in enumerate(entries):
        where = f"Bundle.entry[{i}]"
        if not isinstance(entry, Mapping):
            said = "An entry is a JSON object."
            raise InvalidResource([Issue(Severity.ERROR, "structure", said, where)])
        if "resource" in entry:
            address = entry.get("fullUrl")
            yield (
                entry["resource"],
                f"{where}.resource",
                address if isinstance(address, str) else "",
            )
