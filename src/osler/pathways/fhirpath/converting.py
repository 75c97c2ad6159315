"""Functions that make one type of another."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from osler.pathways import quantities
from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.fhirpath.values import Collection, Scope, single
from osler.pathways.quantities import CALENDAR, Quantity

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_QUANTITY = re.compile(r"(?P<value>[+-]?\d+(?:\.\d+)?)\s*(?:'(?P<unit>[^']+)'|(?P<word>[a-z]+))?")
_TRUE = ("true", "t", "yes", "y", "1", "1.0")
_FALSE = ("false", "f", "no", "n", "0", "0.0")


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = str(value).lower() if isinstance(value, str | int | Decimal) else ""
    return True if text in _TRUE else False if text in _FALSE else None


def _integer(value: Any) -> int | None:
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value):
        return int(value)
    return None


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool | int | Decimal):
        return Decimal(value)
    if isinstance(value, str) and len(value) < 100 and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None


def _string(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Moment):
        return value.text
    return str(value) if isinstance(value, str | int | Quantity) else None


def _moment(value: Any, *, clock: bool = False, day: bool = False) -> Moment | None:
    found = Moment.read(value, clock=clock) if isinstance(value, str) else value
    if not isinstance(found, Moment) or found.clock is not clock:
        return None
    if day and len(found.parts) > 3:
        return Moment(found.text[:10], found.parts[:3])
    return found


def _quantity(value: Any) -> Quantity | None:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, bool | int | Decimal):
        return Quantity(Decimal(value), "1")
    short = isinstance(value, str) and len(value) < 100
    found = _QUANTITY.fullmatch(value) if short else None
    if found is None or (found["word"] and found["word"] not in CALENDAR):
        return None
    return Quantity(Decimal(found["value"]), found["unit"] or found["word"] or "1")


def _to_quantity(scope: Scope, items: Collection, unit: Collection | None = None) -> Collection:
    value = single(items, "what is made a quantity")
    found = None if value is None else _quantity(value)
    if found is None:
        return []
    if unit is None:
        return [found]
    wanted = single(unit, "the unit")
    if not isinstance(wanted, str):
        raise ExpressionError("a unit is a text")
    converted = quantities.convert(found, wanted)
    return [] if converted is None else [converted]


_KINDS: dict[str, Callable[[Any], Any]] = {
    "Boolean": _boolean,
    "Integer": _integer,
    "Decimal": _decimal,
    "String": _string,
    "DateTime": _moment,
    "Date": lambda value: _moment(value, day=True),
    "Time": lambda value: _moment(value, clock=True),
    "Quantity": _quantity,
}


def _to(kind: str) -> Callable[[Scope, Collection], Collection]:
    convert, what = _KINDS[kind], f"what “to{kind}()” is said of"

    def converted(scope: Scope, items: Collection) -> Collection:
        value = single(items, what)
        found = None if value is None else convert(value)
        return [] if found is None else [found]

    return converted


def _converts(kind: str) -> Callable[[Scope, Collection], Collection]:
    to = _to(kind)
    return lambda scope, items: [bool(to(scope, items))] if items else []


CONVERTING: dict[str, tuple[int, int, Callable[..., Collection]]] = {
    **{f"to{kind}": (0, 0, _to(kind)) for kind in _KINDS},
    **{f"convertsTo{kind}": (0, 0, _converts(kind)) for kind in _KINDS},
    "toQuantity": (0, 1, _to_quantity),
}
