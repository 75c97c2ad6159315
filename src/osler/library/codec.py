"""Domain dataclasses to plain JSON objects, exactly; msgspec reads them back.

Only the fields that differ from their default are written. Decimals are strings, enumerations
their values, tuples lists. How a class is converted is worked out once, from its type hints.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

_Convert = Callable[[Any], Any]
_ABSENT = object()


@dataclass(slots=True)
class _Plan:
    """How a class is written: its fields as (name, default, conversion; None: as it is)."""

    fields: list[tuple[str, Any, _Convert | None]]
    values: Callable[[Any], Sequence[Any]]


def encode(value: Any, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A domain dataclass as a JSON-ready object, leaving out the fields in `without`."""
    return _write(_plan_of(value.__class__, without), value)


def _write(plan: _Plan, value: Any) -> dict[str, Any]:
    return {
        name: item if convert is None or item is None else convert(item)
        for (name, default, convert), item in zip(plan.fields, plan.values(value), strict=True)
        if item is not default and item != default
    }


@cache
def _plan_of(cls: Any, without: frozenset[str] = frozenset()) -> _Plan:
    hints = get_type_hints(cls)
    parts = [part for part in fields(cls) if part.name not in without]
    names = [part.name for part in parts]
    plan = _Plan([], attrgetter(*names) if len(names) > 1 else lambda v: (getattr(v, names[0]),))
    for part in parts:
        default = part.default if part.default is not MISSING else _ABSENT
        if part.default_factory is not MISSING:
            default = part.default_factory()
        plan.fields.append((part.name, default, _conversion(hints[part.name], cls, plan)))
    return plan


def _conversion(hint: Any, owner: type[Any], own: _Plan) -> _Convert | None:
    """How one field's values are written. `own` serves a class that holds itself (steps)."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kinds = [a for a in arguments if a is not type(None)]
        return _conversion(kinds[0], owner, own) if len(kinds) == 1 else None
    if origin is tuple:
        write = _conversion(arguments[0], owner, own)
        return list if write is None else lambda items: [write(item) for item in items]
    if isinstance(hint, type) and is_dataclass(hint):
        plan = own if hint is owner else _plan_of(hint)
        return lambda value: _write(plan, value)
    if hint is Decimal:
        return str
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda member: member.value
    return None
