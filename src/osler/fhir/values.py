"""The required value sets of FHIR R4, checked in whole resources.

Models of FHIR check shapes, and let `gender: "banana"` through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osler.domain import Issue, Severity
from osler.domain.value_sets import REQUIRED


def unknown_codes(resource: Mapping[str, Any]) -> tuple[Issue, ...]:
    """Every code of a resource, and of those inside it, that its value set does not have.

    The path is where it stands ("Bundle.entry[0].resource.gender").
    """
    kind = str(resource.get("resourceType", ""))
    return tuple(_in(resource, kind, kind))


def _in(element: Any, path: str, place: str) -> Iterator[Issue]:
    """Of what stands at `place`, which is the element `path` of its resource."""
    if isinstance(element, list):
        for number, each in enumerate(element):
            yield from _in(each, path, f"{place}[{number}]")
    elif isinstance(element, Mapping):
        kind = element.get("resourceType")
        own = kind if isinstance(kind, str) else path
        for name, value in element.items():
            yield from _in(value, f"{own}.{name}", f"{place}.{name}")
    elif (codes := _codes(path)) is not None and element not in codes:
        known = ", ".join(sorted(codes))
        yield Issue(Severity.ERROR, "code-invalid", f"{element!r} is not one of {known}", place)


def _codes(path: str) -> frozenset[str] | None:
    """The value set of an element, by its own path or by that of the type it is part of."""
    if path in REQUIRED:
        return REQUIRED[path]
    *_, parent, name = ("", *path.split("."))
    if name == "status" and parent == "text":
        return REQUIRED["Narrative.status"]
    if name == "comparator":
        return REQUIRED["Quantity.comparator"]
    return REQUIRED.get(f"Timing.repeat.{name}") if parent == "repeat" else None
