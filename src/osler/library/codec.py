"""Domain dataclasses to plain JSON objects, exactly; msgspec reads them back.

Only the fields that differ from their default are written. Decimals are strings, enumerations
their values, tuples lists. How a class is converted is worked out once, from its type hints.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

_Convert = Callable[[Any], Any]
_Plan = list[tuple[str, Any, _Convert | None]]  # a field, its default, None: as it is
_ABSENT = object()


def encode(value: Any, *, without: Collection[str] = ()) -> dict[str, Any]:
    """A domain dataclass as a JSON-ready object, leaving out the fields in `without`."""
    return _write(_plan_of(value.__class__), value, without)


def _write(plan: _Plan, value: Any, without: Collection[str] = ()) -> dict[str, Any]:
    data = {}
    for name, default, convert in plan:
        item = getattr(value, name)
        if item is default or item == default or name in without:
            continue
        data[name] = item if convert is None or item is None else convert(item)
    return data


@cache
def _plan_of(cls: Any) -> _Plan:
    hints = get_type_hints(cls)
    plan: _Plan = []
    for part in fields(cls):
        default = part.default if part.default is not MISSING else _ABSENT
        if part.default_factory is not MISSING:
            default = part.default_factory()
        plan.append((part.name, default, _conversion(hints[part.name], cls, plan)))
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
