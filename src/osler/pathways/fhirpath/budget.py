"""What one application of a plan may cost: counted, never timed, so that results repeat.

A plan may come from a stranger. A step stands for about a microsecond of work; the numbers leave
the packaged pathways a wide margin on the largest record that is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from osler.pathways.fhirpath.errors import TooCostly

STEPS = 10_000_000
TEXT = 100_000
"""The longest text, in characters."""
ITEMS = 100_000
"""The largest collection."""
OUTPUT = 500_000
"""Values of JSON in what is made."""


class Budget:
    """Steps and output that are left."""

    __slots__ = ("output", "steps")

    def __init__(self, steps: int = STEPS, output: int = OUTPUT) -> None:
        self.steps = steps
        self.output = output

    def spend(self, steps: int) -> None:
        """Take steps. Raises `TooCostly` once there are none left, and ever after."""
        self.steps -= steps
        if self.steps < 0:
            raise TooCostly(f"the plan takes more than {STEPS:,} steps")

    def make(self, values: int) -> None:
        """Take values of JSON for the result. Raises `TooCostly` once there are none left."""
        self.output -= values
        if self.output < 0:
            raise TooCostly(f"the result holds more than {OUTPUT:,} values")


def gathered(budget: Budget, parts: Iterable[list[Any]]) -> list[Any]:
    """Collections as one. Raises `TooCostly` where it grows too large."""
    result: list[Any] = []
    for part in parts:
        result += part
        if len(result) > ITEMS:
            raise TooCostly(f"a collection has more than {ITEMS:,} items")
    budget.spend(len(result))
    return result


def checked_text(text: str) -> str:
    """A text that was made. Raises `TooCostly` where it is too long."""
    if len(text) > TEXT:
        raise TooCostly(f"a text has more than {TEXT:,} characters")
    return text


def size_of(data: Any) -> int:
    """The values that JSON holds, those of the keys not counted; a long text counts as several."""
    count, waiting = 0, [data]
    while waiting:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list | tuple):
            waiting.extend(value)
        elif isinstance(value, str):
            count += len(value) // 100
    return count
