"""Domain dataclasses to compact JSON lists and back, exactly.

A dataclass becomes a flat list: field number, value, field number, value, …, for the fields
that differ from their default. Decimals are strings, enumerations their values, tuples lists.
How a class is converted is worked out once, from its type hints.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Convert = Callable[[Any], Any]
_Pair = tuple[_Convert | None, _Convert | None]  # to JSON, from JSON; None: as it is
_ABSENT = object()


def encode(value: Any) -> list[Any]:
    """A domain dataclass as a JSON-ready list."""
    encoded: list[Any] = _dataclass_codec(type(value))[0](value)
    return encoded


def decode(cls: type[T], data: list[Any]) -> T:
    """The dataclass that `encode` was given."""
    decoded: T = _dataclass_codec(cls)[1](data)
    return decoded


@lru_cache(maxsize=None)
def _dataclass_codec(cls: type[Any]) -> tuple[_Convert, _Convert]:
    hints = get_type_hints(cls)
    plan: list[tuple[int, str, Any, _Convert | None]] = []
    readers: list[tuple[str, _Convert | None]] = []

    def to_json(value: Any) -> list[Any]:
        data: list[Any] = []
        for number, name, default, convert in plan:
            item = getattr(value, name)
            if item is default or item == default:
                continue
            data += (number, item if convert is None or item is None else convert(item))
        return data

    def from_json(data: list[Any]) -> Any:
        arguments: dict[str, Any] = {}
        pairs = iter(data)
        for number, item in zip(pairs, pairs, strict=True):
            name, convert = readers[number]
            arguments[name] = item if convert is None or item is None else convert(item)
        return cls(**arguments)

    for number, part in enumerate(fields(cls)):
        default = part.default if part.default is not MISSING else _ABSENT
        if part.default_factory is not MISSING:
            default = part.default_factory()
        write, read = _value_codec(hints[part.name], cls, (to_json, from_json))
        plan.append((number, part.name, default, write))
        readers.append((part.name, read))
    return to_json, from_json


def _value_codec(hint: Any, owner: type[Any], own: tuple[_Convert, _Convert]) -> _Pair:
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
    if is_dataclass(hint):
        return _dataclass_codec(hint)  # type: ignore[arg-type]
    if hint is Decimal:
        return str, Decimal
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = {member.value: member for member in hint}
        return (lambda member: member.value), members.__getitem__
    return None, None
