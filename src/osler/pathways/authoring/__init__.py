"""Pathways as people write them: YAML that stands for a FHIR R4 PlanDefinition, and back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from osler.domain.errors import InvalidResource
from osler.pathways.authoring.contracting import contract
from osler.pathways.authoring.expanding import FIRST, expand
from osler.pathways.authoring.yaml_text import At, dump, load

__all__ = ["from_yaml", "lines_of_actions", "to_yaml"]


def from_yaml(text: str, name: str = "") -> dict[str, Any]:
    """The resource that a YAML text stands for, decimals as `Decimal`.

    Raises InvalidResource, whose message names `name` and the line of the mistake.
    """
    resource: dict[str, Any] = plain(expand(load(text, name), name))
    return resource


def to_yaml(resource: Mapping[str, Any]) -> str:
    """The YAML of a resource: `from_yaml(to_yaml(resource))` is the very same resource.

    What the shorthand has words for is written in them, the rest as FHIR has it.
    """
    for inline in (True, False):
        text = dump(contract(resource, inline=inline))
        with suppress(InvalidResource):  # words that do not stand for what they were made of
            if same(from_yaml(text), resource):
                return text
    return dump({"fhir": resource})


def lines_of_actions(text: str) -> dict[str, int]:
    """The line on which each action of a YAML pathway begins, by the action's id."""
    found: dict[str, int] = {}

    def walk(value: Any) -> None:
        if isinstance(value, At):
            if isinstance(value.get("id"), str):
                found.setdefault(value["id"], value.line)
                found.setdefault(value["id"] + FIRST, value.line)
            value = list(value.values())
        for item in value if isinstance(value, list) else ():
            walk(item)

    walk(load(text))
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two values of JSON are one and the same, down to a decimal's last digit."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and str(one) == str(other)


def plain(value: Any) -> Any:
    """The value in dictionaries and lists without the lines they came from."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
