"""Setting an element by its path, as dynamic values name it ("payload[0].contentString")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from osler.pathways.elements import choices_of, elements_of, repeats
from osler.pathways.fhirpath.errors import ExpressionError

_STEP = re.compile(r"(?P<name>[A-Za-z]\w*)(?:\[(?P<index>\d{1,3})\])?")
_EXTENSION = re.compile(r"extension\('(?P<url>[^']*)'\)")
_KINDS = {bool: "Boolean", int: "Integer", Decimal: "Decimal", str: "String"}


def copied(value: Any) -> Any:
    """A copy of JSON, so that setting a path changes nobody else's."""
    if type(value) is dict:
        return {key: copied(inner) for key, inner in value.items()}
    return [copied(inner) for inner in value] if type(value) is list else value


def set_path(target: dict[str, Any], holder: str, path: str, values: list[Any]) -> None:
    """Set what `path` names within `target`, making what is missing on the way.

    `holder` is the type of `target` ("CommunicationRequest"); `values` are JSON, several of them
    only for an element that may be said more than once. An element of many types ("content")
    takes the field of its value's type. Raises `ExpressionError` where R4 has no such element.
    """
    steps = path.split(".") if "('" not in path else re.split(r"\.(?![^(]*\))", path)
    for step in steps[:-1]:
        target, holder = _entered(target, holder, step, path)
    _assign(target, holder, steps[-1], path, values)


def _entered(
    target: dict[str, Any], holder: str, step: str, path: str
) -> tuple[dict[str, Any], str]:
    extension = _EXTENSION.fullmatch(step)
    if extension is not None:
        items = target.setdefault("extension", [])
        for item in items:
            if item.get("url") == extension["url"]:
                return item, "Extension"
        items.append({"url": extension["url"]})
        return items[-1], "Extension"
    name, index, kind = _read(holder, step, path)
    if not repeats(holder, name):
        inner = target.setdefault(name, {})
    else:
        items = target.setdefault(name, [])
        while len(items) <= (index or 0):
            items.append({})
        inner = items[index or 0]
    if not isinstance(inner, dict):
        raise ExpressionError(f"“{path}”: {name} holds no elements")
    return inner, kind


def _assign(target: dict[str, Any], holder: str, step: str, path: str, values: list[Any]) -> None:
    name, index, _ = _read(holder, step, path, values[0])
    if not repeats(holder, name):
        if len(values) > 1:
            raise ExpressionError(f"“{path}” takes one value, not {len(values)}")
        target[name] = values[0]
    elif index is None:
        target[name] = list(values)
    else:
        items = target.setdefault(name, [])
        while len(items) <= index:
            items.append({})
        items[index : index + 1] = values


def _read(holder: str, step: str, path: str, value: Any = None) -> tuple[str, int | None, str]:
    """Name, index and type of the element that a step names."""
    found = _STEP.fullmatch(step)
    if found is None:
        raise ExpressionError(f"“{path}” is no path that can be set")
    name, index = found["name"], None if found["index"] is None else int(found["index"])
    known = elements_of(holder).get(name)
    if known is not None:
        return name, index, known.path
    fields = dict(choices_of(holder).get(name, ()))
    if not fields:
        raise ExpressionError(f"“{path}”: {holder} has no element {name}")
    wanted = [name + kind for kind in _kinds(value)]
    chosen = next((field for field in wanted if field in fields), next(iter(fields)))
    return chosen, index, fields[chosen]


def _kinds(value: Any) -> list[str]:
    if not isinstance(value, Mapping):
        kinds = [_KINDS.get(type(value), "String")]
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d(-\d\d.*)?", value):
            kinds = ["DateTime", "Date", *kinds]
        return kinds
    for field, kind in (
        ("coding", "CodeableConcept"),
        ("reference", "Reference"),
        ("repeat", "Timing"),
        ("numerator", "Ratio"),
        ("low", "Range"),
        ("start", "Period"),
        ("value", "Quantity"),
        ("contentType", "Attachment"),
        ("code", "Coding"),
    ):
        if field in value:
            return [kind]
    return ["CodeableConcept"]
