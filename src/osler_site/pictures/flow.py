"""The way through a pathway: its steps as a tree, and which of them were taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from osler_site.pictures.table import Row, Table


class Way(StrEnum):
    """What became of a step; the value is how it is said."""

    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    OPEN = "not known yet"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step, what became of it, and the steps within it."""

    title: str
    way: Way
    steps: tuple[FlowStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture."""

    title: str
    steps: tuple[FlowStep, ...]

    @property
    def depth(self) -> int:
        """How many steps stand within each other, at most."""
        return max((depth for depth, _ in walk(self.steps)), default=-1) + 1

    @property
    def table(self) -> Table:
        """The same to read: each step under the one it belongs to."""
        return Table(
            ("Step", "Today"),
            tuple(
                Row((f"{'– ' * depth}{step.title}", step.way.value), ())
                for depth, step in walk(self.steps)
            ),
        )


def walk(steps: tuple[FlowStep, ...], depth: int = 0) -> Iterator[tuple[int, FlowStep]]:
    """Every step in reading order, with how deep it stands."""
    for step in steps:
        yield depth, step
        yield from walk(step.steps, depth + 1)
