"""What FHIR R4 requires a resource to say, and what of it a resource does not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from osler.pathways.elements import choices_of


@cache
def required_of(resource_type: str) -> tuple[str, ...]:
    """The elements of a resource that R4 wants at least once, by name ("medication", "status")."""
    return _table().get(resource_type, ())


def is_said(resource: Mapping[str, Any], element: str) -> bool:
    """Whether a resource says an element, of whichever type for a choice ("medication")."""
    if element in resource or f"_{element}" in resource:
        return True
    fields = choices_of(str(resource["resourceType"])).get(element, ())
    return any(field in resource for field, _ in fields)


def lacking(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """The required elements that a resource does not say."""
    wanted = required_of(str(resource["resourceType"]))
    return tuple(element for element in wanted if not is_said(resource, element))


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = Path(__file__).with_name("data").joinpath("required.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in lines.splitlines() if not line.startswith("#"))
    return {holder: tuple(names.split()) for holder, names in pairs}
