"""What a pathway needs of a record: as templates for the client, and as what it sent.

CDS Hooks 2.0, "Providing FHIR Resources to a CDS Service". A client answers each template under
its key, with null where there is nothing; a key that is left out was not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.hooks.request import HookRequest
from osler.pathways.measurements import codes_of, measurements

_PATIENT = "patient={{context.patientId}}"
_KEYS = {
    "AllergyIntolerance": "allergies",
    "Condition": "conditions",
    "DiagnosticReport": "reports",
    "Immunization": "immunizations",
    "MedicationAdministration": "administrations",
    "MedicationRequest": "medications",
    "MedicationStatement": "statements",
    "Observation": "observations",
    "Procedure": "procedures",
    "ServiceRequest": "requests",
}
# What Osler reads for a variable that it works out itself.
_FOR_VARIABLE = {
    "allergies": ("AllergyIntolerance", "Condition"),
    "doubted": ("Condition", "Procedure"),
    "everTaken": (
        "MedicationRequest",
        "MedicationStatement",
        "MedicationAdministration",
    ),
    "inForce": ("MedicationRequest", "MedicationStatement"),
    "newest": ("Observation",),
    "ordered": ("MedicationRequest",),
    "performed": ("Procedure",),
    "stated": ("Condition",),
}
_VARIABLE = re.compile(r"%(" + "|".join(_FOR_VARIABLE) + r")\b")
_NAMED = re.compile(r"\b(" + "|".join(_KEYS) + r")\b")
_TOKEN = re.compile(r"\{\{context\.(\w+)\}\}")
_LOINC = re.compile(r"'(\d{1,7}-\d)'")
_MEASURED = re.compile(r"'(" + "|".join(map(re.escape, measurements())) + r")'")
_OBSERVED = re.compile(r"\bObservation\b|%newest\b")
_EXPRESSION = "text/fhirpath"


@dataclass(frozen=True, slots=True)
class Template:
    """A FHIR query with places for values of the context."""

    key: str
    kind: str  # the resource type that it asks for
    query: str

    def filled(self, context: Mapping[str, str]) -> str:
        """The query for a context; each of its fields must be there."""
        return _TOKEN.sub(lambda token: context[token.group(1)], self.query)


@dataclass(frozen=True, slots=True)
class Placed:
    """A resource, and where in the request it stood ("prefetch.conditions.entry[2].resource")."""

    path: str
    resource: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came with a request, and the templates that it did not answer."""

    resources: tuple[Placed, ...]
    missing: tuple[Template, ...]
    unread: tuple[Issue, ...] = ()  # entries of searches that hold no resource


def templates_of(*definitions: Any) -> tuple[Template, ...]:
    """The patient, and each type of resource that an expression of the definitions names."""
    texts = list(_expressions(definitions))
    named = {kind for text in texts for kind in _NAMED.findall(text)}
    named |= {k for text in texts for name in _VARIABLE.findall(text) for k in _FOR_VARIABLE[name]}
    found = [Template("patient", "Patient", "Patient/{{context.patientId}}")]
    found += [
        Template(_KEYS[kind], kind, f"{kind}?{_PATIENT}{_coded(kind, texts)}")
        for kind in _KEYS
        if kind in named
    ]
    return tuple(found)


def _coded(kind: str, texts: Sequence[str]) -> str:
    """Only observations with these codes, where every expression on any states its codes, or the
    measurements that it reads.

    No more of a record is asked for than the pathway reads.
    """
    reading = [
        [*_LOINC.findall(text), *(c for m in _MEASURED.findall(text) for c in codes_of(m))]
        for text in texts
        if kind == "Observation" and _OBSERVED.search(text)
    ]
    if not reading or not all(reading):
        return ""
    return "&code=" + ",".join(dict.fromkeys(code for codes in reading for code in codes))


def gather(request: HookRequest, templates: Sequence[Template]) -> Gathered:
    """The resources of a request's prefetch; what other keys hold is read, but answers nothing.

    Raises InvalidResource where the patient is another one than the context's.
    """
    placed: list[Placed] = []
    unread: list[Issue] = []
    kinds = {template.key: template.kind for template in templates}
    answered: set[str] = set()
    for key, value in (request.prefetch or {}).items():
        if value is None:
            answered.add(key)
            continue
        found = list(resources_in(value, f"prefetch.{key}", unread))
        placed += found
        sent = {str(p.resource["resourceType"]) for p in found}
        if is_whole(value, len(matches_in(value))) and (not sent or kinds.get(key) in sent):
            answered.add(key)
    patients = [p for p in placed if p.resource["resourceType"] == "Patient"]
    for patient in patients:
        check_patient(patient, request)
    if not patients:
        answered.discard("patient")
    missing = tuple(t for t in templates if t.key not in answered)
    return Gathered(tuple(placed), missing, tuple(unread))


def resources_in(
    value: Mapping[str, Any], path: str, unread: list[Issue] | None = None
) -> Iterator[Placed]:
    """A resource, or those of a Bundle.

    An entry that holds none is told of in `unread`. Raises InvalidResource where that is not given.
    """
    kind = value.get("resourceType")
    if kind == "OperationOutcome":
        return  # why there is nothing
    if kind != "Bundle":
        yield Placed(path, dict(value))
        return
    entries = value.get("entry", [])
    if not isinstance(entries, list):
        raise _invalid("must be a list", f"{path}.entry")
    for n, entry in enumerate(entries):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            if unread is None:
                raise _invalid("holds no FHIR resource", f"{path}.entry[{n}].resource")
            unread.append(_issue("holds no FHIR resource; it was not read", f"{path}.entry[{n}]"))
        elif resource["resourceType"] != "OperationOutcome":
            yield Placed(f"{path}.entry[{n}].resource", resource)


def matches_in(value: Mapping[str, Any]) -> list[Any]:
    """The entries of a searchset that were searched for, whether they can be read or not."""
    entries = value.get("entry", [])
    return [
        entry
        for entry in (entries if isinstance(entries, list) else [])
        if not isinstance(entry, dict) or not _is_beside(entry)
    ]


def _is_beside(entry: Mapping[str, Any]) -> bool:
    search, resource = entry.get("search"), entry.get("resource")
    mode = search.get("mode") if isinstance(search, dict) else None
    kind = resource.get("resourceType") if isinstance(resource, dict) else None
    return mode in ("include", "outcome") or kind == "OperationOutcome"


def is_whole(value: Mapping[str, Any], found: int) -> bool:
    """Whether a value answers its template, with so many entries found on all its pages.

    No failure is an answer, nor is a first page of several, nor are fewer than their `total`.
    """
    kind = value.get("resourceType")
    if kind != "Bundle":
        return kind != "OperationOutcome"
    total = value.get("total")
    short = isinstance(total, int) and total > found
    return not short and next_page(value) is None


def next_page(bundle: Mapping[str, Any]) -> str | None:
    """The address of the next page of a search; None where this is the last."""
    links = bundle.get("link", [])
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("relation") == "next":
            url = link.get("url")
            return url if isinstance(url, str) and url else None
    return None


def check_patient(placed: Placed, request: HookRequest) -> None:
    """Raise InvalidResource where a Patient is not the one whose record is open."""
    wanted = request.context.patient_id
    if placed.resource.get("id") != wanted:
        raise _invalid(f"is not the patient of the context ({wanted})", f"{placed.path}.id")


def _expressions(value: Any) -> Iterator[str]:
    """The text of every FHIRPath expression in definitions."""
    if isinstance(value, Mapping):
        if value.get("language") == _EXPRESSION and isinstance(value.get("expression"), str):
            yield value["expression"]
        for held in value.values():
            yield from _expressions(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from _expressions(held)


def _invalid(details: str, path: str) -> InvalidResource:
    return InvalidResource([_issue(details, path)])


def _issue(details: str, path: str) -> Issue:
    return Issue(Severity.ERROR, "value", details, path)
