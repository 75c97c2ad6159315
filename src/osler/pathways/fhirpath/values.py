"""What expressions work on: elements of resources with their type, and plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from osler.pathways.elements import choices_of, elements_of, parent_of
from osler.pathways.fhirpath.budget import Budget
from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.quantities import Quantity

Collection = list[Any]
"""Of `Element`s and of plain values: str, int, Decimal, bool, `Moment`, `Quantity`."""

_TEMPORAL = frozenset({"date", "dateTime", "instant"})
_QUANTITIES = frozenset({"Quantity", "Age", "Duration", "Count", "Distance", "SimpleQuantity"})


class Element:
    """Part of a resource: its JSON and where its own elements are listed ("Patient.contact")."""

    __slots__ = ("data", "path")

    def __init__(self, data: Any, path: str) -> None:
        self.data = data
        self.path = path

    def __repr__(self) -> str:
        return f"Element({self.path}: {self.data!r})"


@dataclass(slots=True)
class Scope:
    """What is the same throughout one evaluation; `index` and `total` are those of the loop.

    `known` holds what paths from a variable have given ("%record.entry.resource").
    """

    variables: Callable[[str], Collection]
    now: datetime
    index: int = 0
    total: Collection | None = None
    known: dict[str, Collection] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)


def element_of(data: Any, path: str = "") -> Element:
    """JSON as an element; a resource says itself what it is."""
    if (not path or path == "Resource") and isinstance(data, dict) and "resourceType" in data:
        path = str(data["resourceType"])
    return Element(data, path)


def children(item: Any, name: str) -> Collection:
    """The elements of a name, of whichever type for a choice ("value")."""
    if type(item) is not Element:
        return _of_quantity(item, name) if isinstance(item, Quantity) else []
    data = item.data
    if type(data) is dict:
        for key, path in _fields(item.path, name):
            value = data.get(key)
            if value is not None:
                if type(value) is list:
                    return [element_of(each, path) for each in value if each is not None]
                return [element_of(value, path)]
    return []


@cache
def _fields(holder: str, name: str) -> tuple[tuple[str, str], ...]:
    """The fields of JSON that may hold an element, with the type of each."""
    known = elements_of(holder)
    if name in known:
        return ((name, known[name].path),)
    return choices_of(holder).get(name, ()) or (() if known else ((name, ""),))


def all_children(item: Any) -> Iterator[Element]:
    """Every element that an element holds."""
    if isinstance(item, Element) and isinstance(item.data, Mapping):
        known = elements_of(item.path)
        for name, value in item.data.items():
            if name == "resourceType" or name.startswith("_"):
                continue
            path = known[name].path if name in known else ""
            for each in value if isinstance(value, list) else (value,):
                if each is not None:
                    yield element_of(each, path)


def _of_quantity(quantity: Quantity, name: str) -> Collection:
    if name == "value":
        return [quantity.value]
    return [quantity.unit] if name in ("unit", "code") else []


def value_of(item: Any) -> Any:
    """An item as a plain value: text, number, truth, `Moment`, `Quantity`; else its JSON."""
    if type(item) is not Element:
        return item
    data, path = item.data, item.path
    if isinstance(data, str):
        if path in _TEMPORAL:
            return Moment.read(data) or data
        if path == "time":
            return Moment.read(data, clock=True) or data
        return data
    if path in _QUANTITIES and isinstance(data, Mapping):
        quantity = Quantity.from_fhir(data)
        return data if quantity is None else quantity
    if isinstance(data, float):
        return Decimal(str(data))
    return data


def json_of(item: Any) -> Any:
    """An item as FHIR's JSON."""
    if isinstance(item, Element):
        return item.data
    if isinstance(item, Quantity):
        return item.to_fhir()
    if isinstance(item, Moment):
        return item.text
    return item


def type_of(item: Any) -> str:
    """The name of an item's type ("Patient", "Quantity", "string", "BackboneElement")."""
    if isinstance(item, Element):
        return item.path if "." not in item.path else "BackboneElement"
    for kind, name in _TYPES:
        if isinstance(item, kind):
            return name
    return ""


def is_type(item: Any, name: str) -> bool:
    """Whether an item is of a type, or of one that descends from it."""
    return _descends(type_of(item), name)


@cache
def _descends(kind: str | None, name: str) -> bool:
    wanted = _SYSTEM.get(name, name)
    while kind:
        if kind in (name, wanted):
            return True
        kind = parent_of(kind)
    return False


_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"), (int, "integer"), (Decimal, "decimal"), (str, "string"),
    (Moment, "dateTime"), (Quantity, "Quantity"),
)  # fmt: skip
_SYSTEM = {
    "Boolean": "boolean", "Integer": "integer", "Decimal": "decimal", "String": "string",
    "Date": "date", "DateTime": "dateTime", "Time": "time",
}  # fmt: skip


def truth_of(items: Collection, what: str) -> bool | None:
    """Of a collection where a truth is wanted: true, false, None where it is empty.

    A single item that is no truth counts as true by FHIRPath's rule for singletons; here it is an
    error, since a condition that means something else by it is more likely.
    """
    if not items:
        return None
    if len(items) > 1:
        raise ExpressionError(f"{what} has {len(items)} values where one is wanted")
    value = value_of(items[0])
    if value is True or value is False:
        return bool(value)
    raise ExpressionError(f"{what} is {shown(value)}, neither true nor false")


def single(items: Collection, what: str) -> Any:
    """The one value of a collection, None where it is empty."""
    if not items:
        return None
    if len(items) > 1:
        raise ExpressionError(f"{what} has {len(items)} values where one is wanted")
    return value_of(items[0])


def shown(value: Any) -> str:
    """A value for a message."""
    text = str(json_of(value)) if not isinstance(value, Quantity) else str(value)
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
