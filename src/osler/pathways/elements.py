"""The elements of FHIR R4: which an object may have, and of which type each is.

The table is the one that fhirpathpy brings for R4 (made from HL7's own StructureDefinitions).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a type: where its own elements are listed ("Timing", "Timing.repeat")."""

    path: str
    primitive: bool


@cache
def model() -> dict[str, Any]:
    """fhirpathpy's model of R4, without loading those of the other versions."""
    found = find_spec("fhirpathpy")  # without importing it: that takes a second of parsers
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("fhirpathpy")
    folder = Path(found.submodule_search_locations[0]) / "models" / "r4"
    return {
        file.stem: json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))
    }


def elements_of(path: str) -> dict[str, Element]:
    """The elements of a resource, type or backbone element, by name; empty where unknown."""
    return _table().get(path, {})


def repeats(holder: str, name: str) -> bool:
    """Whether an element may be said more than once, and so is a list in JSON."""
    return name in ("extension", "modifierExtension", "contained") or name in _repeating().get(
        holder, ()
    )


def is_single(holder: str, name: str) -> bool:
    """Whether an element is said at most once; false also where that is not known."""
    return holder in _repeating() and not repeats(holder, name)


def choices_of(path: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The elements of many types ("value"), with the field and type of each that it may be."""
    return _choices().get(path, {})


def parent_of(name: str) -> str | None:
    """The type that a type descends from ("Age": "Quantity"); None at the top."""
    parent: str | None = model()["type2Parent"].get(name)
    return parent


def is_resource(name: str) -> bool:
    """Whether R4 has a resource of this name."""
    parent: str | None = name
    while parent is not None and parent != "Resource":
        parent = parent_of(parent)
    return parent is not None and name not in ("Resource", "DomainResource")


@cache
def _repeating() -> dict[str, frozenset[str]]:
    lines = Path(__file__).with_name("data").joinpath("repeating.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in lines.splitlines() if not line.startswith("#"))
    return {holder: frozenset(names.split()) for holder, names in pairs}


@cache
def _choices() -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
    result: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
    for path, types in model()["choiceTypePaths"].items():
        holder, _, name = path.rpartition(".")
        known = elements_of(holder)
        result.setdefault(holder, {})[name] = tuple(
            (name + kind, known[name + kind].path) for kind in types if name + kind in known
        )
    return result


@cache
def _table() -> dict[str, dict[str, Element]]:
    """Every path that has elements, with those of its parents."""
    types: dict[str, str] = model()["path2Type"]
    elsewhere: dict[str, str] = model()["pathsDefinedElsewhere"]
    parents: dict[str, str] = model()["type2Parent"]
    own: dict[str, dict[str, Element]] = {}
    for path in (*types, *elsewhere):
        parts = path.split(".")
        for depth in range(1, len(parts)):
            holder, name = ".".join(parts[:depth]), parts[depth]
            child = f"{holder}.{name}"
            kind = types.get(child) or elsewhere.get(child) or child
            kind = "string" if kind.startswith("System.") else kind
            own.setdefault(holder, {})[name] = Element(kind, kind[:1].islower())
    complete: dict[str, dict[str, Element]] = {}
    for holder in own:
        lineage = [holder]
        while (parent := parents.get(lineage[-1])) is not None:
            lineage.append(parent)
        if "." in holder:
            lineage.append("BackboneElement")
        merged: dict[str, Element] = {}
        for name in reversed(lineage):
            merged |= own.get(name, {})
        complete[holder] = merged
    return complete
