"""Setting an element by its path, as dynamic values name it ("payload[0].contentString")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from osler.pathways.elements import choices_of, elements_of, repeats
from osler.pathways.fhirpath.errors import ExpressionError

_STEP = re.compile(r"(?P<name>[A-Za-z]\w*)(?:\[(?P<index>\d{1,3})\])?")
_EXTENSION = re.compile(r"extension\('(?P<url>[^']*)'\)")
_KINDS = {bool: "Boolean", int: "Integer", Decimal: "Decimal", str: "String"}


def set_path(target: dict[str, Any], holder: str, path: str, values: list[Any]) -> None:
    """Set what `path` names within `target`, making what is missing on the way.

    What lies on the way is copied before it changes: results share with the definition, and with
    each other, whatever nothing sets.

    `holder` is the type of `target` ("CommunicationRequest"); `values` are JSON, several of them
    only for an element that may be said more than once. An element of many types ("content")
    takes the field of its value's type. Raises `ExpressionError` where R4 has no such element;
    then nothing is set.
    """
    *way, last = _read(holder, path, tuple(_kinds(values[0])))
    if not last.repeats and len(values) > 1:
        raise ExpressionError(f"“{path}” takes one value, not {len(values)}")
    for step in way:
        target = _entered(target, step)
    for other in last.instead:
        target.pop(other, None)
    if not last.repeats:
        target[last.name] = values[0]
    elif last.index is None:
        target[last.name] = list(values)
    else:
        items = _own_list(target, last.name, last.index)
        items[last.index : last.index + 1] = values


@dataclass(frozen=True, slots=True)
class _Step:
    """One element on the way; `url` is that of an extension that is looked for by it."""

    name: str
    index: int | None
    repeats: bool
    url: str | None = None
    instead: tuple[str, ...] = ()  # the other fields of one of many types: only one is said


@lru_cache(maxsize=4096)
def _read(holder: str, path: str, kinds: tuple[str, ...]) -> tuple[_Step, ...]:
    """The steps of a path, each an element that R4 has; `kinds` are the types of the value."""
    steps: list[_Step] = []
    parts = re.split(r"\.(?![^(]*\))", path)
    for i, part in enumerate(parts):
        extension = _EXTENSION.fullmatch(part)
        if extension is not None:
            steps.append(_Step("extension", None, True, extension["url"]))
            holder = "Extension"
            continue
        found = _STEP.fullmatch(part)
        if found is None or not elements_of(holder):
            raise ExpressionError(f"“{path}” is no path that can be set")
        wanted = kinds if i == len(parts) - 1 else ("CodeableConcept",)
        name, kind = _element(holder, found["name"], wanted, path)
        index = None if found["index"] is None else int(found["index"])
        instead = _instead(holder, name)
        steps.append(_Step(name, index, repeats(holder, name), instead=instead))
        holder = kind
    if steps[-1].url is not None:
        raise ExpressionError(f"“{path}” names an extension, not its value")
    return tuple(steps)


@cache
def _instead(holder: str, name: str) -> tuple[str, ...]:
    """The other fields of the element of many types that a field is one of."""
    return tuple(
        field
        for fields in choices_of(holder).values()
        if any(field == name for field, _ in fields)
        for field, _ in fields
        if field != name
    )


def _element(holder: str, name: str, kinds: tuple[str, ...], path: str) -> tuple[str, str]:
    """The field and type of an element; of one of many types, those of the value."""
    known = elements_of(holder).get(name)
    if known is not None:
        return name, known.path
    fields = dict(choices_of(holder).get(name, ()))
    if not fields:
        raise ExpressionError(f"“{path}”: {holder} has no element {name}")
    wanted = (name + kind for kind in kinds)
    chosen = next((field for field in wanted if field in fields), next(iter(fields)))
    return chosen, fields[chosen]


def _entered(target: dict[str, Any], step: _Step) -> dict[str, Any]:
    if not step.repeats:
        inner = target[step.name] = dict(target.get(step.name, {}))
        return inner
    index = step.index or 0
    if step.url is not None:
        known = [item.get("url") for item in target.get(step.name, [])]
        index = known.index(step.url) if step.url in known else len(known)
    items = _own_list(target, step.name, index)
    found = items[index] = dict(items[index])
    if step.url is not None:
        found["url"] = step.url
    return found


def _own_list(target: dict[str, Any], name: str, index: int) -> list[Any]:
    """The list of a field as one of the target's own, long enough for an index."""
    items = target[name] = list(target.get(name, []))
    items.extend({} for _ in range(index - len(items) + 1))
    return items


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
