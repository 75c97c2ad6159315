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


def lacking(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """The required elements that a resource does not say."""
    missed = [
        element
        for element, fields in _fields(str(resource["resourceType"]))
        if fields.isdisjoint(resource)
    ]
    return tuple(missed)


@cache
def _fields(resource_type: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The required elements, each with the fields of JSON that may say it."""
    choices = choices_of(resource_type)
    return tuple(
        (element, frozenset({element, f"_{element}", *(f for f, _ in choices.get(element, ()))}))
        for element in required_of(resource_type)
    )


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = Path(__file__).with_name("data").joinpath("required.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in lines.splitlines() if not line.startswith("#"))
    return {holder: tuple(names.split()) for holder, names in pairs}
