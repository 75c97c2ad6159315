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

MAX_RESOURCES = 5000


@dataclass(frozen=True)
class Record:
    """One patient and the resources about them, in the order in which they came.

    `practitioner` and `encounter` are there where the record holds exactly one. `issues` are
    warnings: what was converted, what contradicts itself, what is missing.
    """

    patient: dict[str, Any]
    resources: tuple[dict[str, Any], ...]
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

    def with_resources(self, *more: dict[str, Any]) -> Record:
        """The record and further resources about the same patient (orders being drafted)."""
        return replace(self, resources=(*self.resources, *more))

    def _only(self, name: str) -> dict[str, Any] | None:
        found = self.of_type(name)
        return found[0] if len(found) == 1 else None


def read_record(data: Any, *, now: datetime) -> Record:
    """Read a Patient, or a Bundle of one Patient and anything else about that patient.

    Raises `InvalidResource`, naming each fault and where it lies. What is doubtful, but can be
    worked with, stands in `issues`.
    """
    walk = Conforming()
    found = [
        (resource, path)
        for resource, path in ((walk.resource(r, p), p) for r, p in _entries(data))
        if resource
    ]
    _refuse(walk.issues)
    patients = [(r, p) for r, p in found if r["resourceType"] == "Patient"]
    if len(patients) != 1:
        said = "There is no Patient." if not patients else "There is more than one Patient."
        where = patients[1][1] if patients else ""
        raise InvalidResource([Issue(Severity.ERROR, "required", said, where)])
    return Record(patients[0][0], tuple(r for r, _ in found), tuple(walk.issues))


def _refuse(issues: list[Issue]) -> None:
    faults = [issue for issue in issues if issue.severity in (Severity.ERROR, Severity.FATAL)]
    if faults:
        raise InvalidResource(faults)


def _entries(data: Any) -> Iterator[tuple[Any, str]]:
    if not isinstance(data, Mapping) or data.get("resourceType") != "Bundle":
        kind = data.get("resourceType") if isinstance(data, Mapping) else None
        yield data, kind if isinstance(kind, str) else ""
        return
    entries = data.get("entry", [])
    if not isinstance(entries, list):
        raise InvalidResource([Issue(Severity.ERROR, "structure", "A list.", "Bundle.entry")])
    if len(entries) > MAX_RESOURCES:
        said = f"{len(entries)} resources; at most {MAX_RESOURCES} are read."
        raise InvalidResource([Issue(Severity.ERROR, "too-costly", said, "Bundle.entry")])
    for i, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            said = "An entry is a JSON object."
            raise InvalidResource([Issue(Severity.ERROR, "structure", said, f"Bundle.entry[{i}]")])
        if "resource" in entry:
            yield entry["resource"], f"Bundle.entry[{i}].resource"
