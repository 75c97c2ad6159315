"""What is asked of a trial report, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.domain import Statement


@dataclass(frozen=True, slots=True)
class Comparison:
    """Does the intervention change the outcome, compared with the comparator?

    The comparator may be empty: a question need not name one.
    """

    outcome: str
    intervention: str
    comparator: str = ""


class Direction(StrEnum):
    """What became of the outcome under the intervention, compared with the comparator."""

    INCREASED = "increased"
    DECREASED = "decreased"
    NO_DIFFERENCE = "no difference"
    UNCLEAR = "unclear"  # the statement does not say


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement as evidence on a comparison.

    `score` orders the findings of one report and means nothing across reports. `coverage`, in
    0..1, is the share of the outcome's words (by rarity) that the statement says, its headings
    and the sentence before it included. `because` says what was counted for or against it and
    how the direction was read, the weightiest first.
    """

    statement: Statement
    score: float
    coverage: float
    direction: Direction
    because: tuple[str, ...]
