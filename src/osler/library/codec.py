"""Domain dataclasses to plain JSON objects and back, exactly.

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
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Convert = Callable[[Any], Any]
_Pair = tuple[_Convert | None, _Convert | None]  # to JSON, from JSON; None: as it is
_ABSENT = object()


def encode(value: Any, *, without: Collection[str] = ()) -> dict[str, Any]:
    """A domain dataclass as a JSON-ready object, leaving out the fields in `without`."""
    return _write(_plan_of(value.__class__)[0], value, without)


def decode(cls: type[T], data: dict[str, Any], **known: Any) -> T:
    """The dataclass that `encode` was given; `known` are the fields that were left out."""
    of: Any = cls
    converts = _plan_of(of)[1]
    for name, item in data.items():
        convert = converts[name]
        known[name] = item if convert is None or item is None else convert(item)
    return cls(**known)


_Plan = list[tuple[str, Any, _Convert | None]]


def _write(plan: _Plan, value: Any, without: Collection[str] = ()) -> dict[str, Any]:
    data = {}
    for name, default, convert in plan:
        item = getattr(value, name)
        if item is default or item == default or name in without:
            continue
        data[name] = item if convert is None or item is None else convert(item)
    return data


@cache
def _plan_of(cls: Any) -> tuple[_Plan, dict[str, _Convert | None]]:
    hints = get_type_hints(cls)
    plan: _Plan = []
    readers: dict[str, _Convert | None] = {}

    def to_json(value: Any) -> dict[str, Any]:
        return _write(plan, value)

    def from_json(data: dict[str, Any]) -> Any:
        return cls(
            **{
                name: item if (convert := readers[name]) is None or item is None else convert(item)
                for name, item in data.items()
            }
        )

    for part in fields(cls):
        default = part.default if part.default is not MISSING else _ABSENT
        if part.default_factory is not MISSING:
            default = part.default_factory()
        write, read = _value_codec(hints[part.name], cls, (to_json, from_json))
        plan.append((part.name, default, write))
        readers[part.name] = read
    return plan, readers


def _value_codec(hint: Any, owner: type[Any], own: _Pair) -> _Pair:
    """How one field's values are converted. `own` serves a class that holds itself (steps)."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kinds = [a for a in arguments if a is not type(None)]
        return _value_codec(kinds[0], owner, own) if len(kinds) == 1 else (None, None)
    if origin is tuple:
        write, read = _value_codec(arguments[0], owner, own)
        return (
            list if write is None else lambda items, w=write: [w(i) for i in items],
            tuple if read is None else lambda items, r=read: tuple([r(i) for i in items]),
        )
    if hint is owner:
        return own
    if isinstance(hint, type) and is_dataclass(hint):
        plan, _ = _plan_of(hint)
        return (lambda value: _write(plan, value)), (lambda data: decode(hint, data))
    if hint is Decimal:
        return str, Decimal
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = {member.value: member for member in hint}
        return (lambda member: member.value), members.__getitem__
    return None, None
