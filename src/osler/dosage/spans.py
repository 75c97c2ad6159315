"""A value together with where it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """`value` as read from the characters `start:end` of the text."""

    value: T
    start: int
    end: int
