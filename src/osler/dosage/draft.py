"""A dosage being put together from an amount and what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from osler.domain.dosage import Dosage, DosageRole, Duration, Frequency, Maximum, Phase
from osler.dosage.amounts import Amount
from osler.dosage.timing import by_part_of_day
from osler.dosage.totals import Divided
from osler.patterns import lazy

STRONG = lazy(r"[;|\n]|\b(?:then|followed\s+by|thereafter|subsequently|after\s+that)\b", re.I)
_WEAK = lazy(r"[,(:]|\b(?:and|or|plus|with|to)\b", re.I)
DAILY = Frequency(1, None, Decimal(1), Decimal(1), "d")


_SWALLOWED = frozenset({"{tablet}", "{capsule}"})
_INJECTED = frozenset({"intravenous", "intramuscular", "subcutaneous", "intraosseous"})


@dataclass(slots=True)
class Draft:
    """A dosage being put together; `route_at` and `timing_at` say where its words stand."""

    amount: Amount
    role: DosageRole
    start: int
    end: int
    amount_end: int
    routes: list[str] = field(default_factory=list)
    frequency: Frequency | None = None
    duration: Duration | None = None
    over: Duration | None = None
    phase: Phase | None = None
    divided: Divided | None = None
    is_divided: bool = False
    per_time: str | None = None
    maximum: Maximum | None = None
    lead_route: bool = False
    route_at: tuple[int, int] = (0, 0)
    timing_at: tuple[int, int] = (0, 0)
    steps: list[Draft] = field(default_factory=list)

    def widen(self, start: int, end: int) -> None:
        """Let the dosage's span cover `start:end` too."""
        self.start, self.end = min(self.start, start), max(self.end, end)

    def is_nearer(self, text: str, new: tuple[int, int], old: tuple[int, int]) -> bool:
        """Whether words at `new` stand closer to the amount than those at `old`."""
        return self._distance(text, new) < self._distance(text, old)

    def _distance(self, text: str, at: tuple[int, int]) -> tuple[int, int]:
        start, end = at
        a = self.amount
        gap = text[end : a.start] if end <= a.start else text[a.end : start]
        return weight(gap), len(gap)


def weight(gap: str) -> int:
    """How far apart a text's words keep two things: 0 joined, 1 by a comma or "and", 2 by ";"."""
    if STRONG.search(gap):
        return 2
    return 1 if _WEAK.search(gap) else 0


def leaves_brackets(gap: str) -> bool:
    """Whether a text closes a bracket that it does not open."""
    depth = 0
    for character in gap:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return True
    return False


def finish(text: str, d: Draft) -> Dosage:
    """The dosage that a draft has become."""
    a = d.amount
    frequency = by_part_of_day(d.frequency) if d.frequency else None
    per_time = a.per_time or d.per_time
    if d.role is DosageRole.MAXIMUM and frequency and not per_time and is_total(frequency):
        per_time, frequency = frequency.period_unit, None
    if (
        d.is_divided
        and frequency
        and not per_time
        and frequency.count == 1
        and frequency.period_low == 1
    ):
        per_time = frequency.period_unit
        frequency = replace(frequency, period_low=None, period_high=None, period_unit=None)
        if frequency == Frequency():
            frequency = None
    # "2 tablets four times a day; IV if that is impossible": what is swallowed is not injected.
    swallowed = a.code in _SWALLOWED and ";" in text[d.amount_end : d.route_at[0]]
    routes = tuple(route for route in d.routes if not (swallowed and route in _INJECTED))
    return Dosage(
        text=text[d.start : d.end],
        start=d.start,
        end=d.end,
        amount_start=a.start,
        amount_end=d.amount_end,
        low=a.low,
        high=a.high,
        unit=a.code,
        comparator=a.comparator,
        per=a.per,
        per_time=per_time,
        divided=d.divided,
        route=routes[0] if routes else None,
        routes=routes,
        frequency=frequency,
        duration=d.duration,
        maximum=d.maximum,
        role=d.role,
        phase=d.phase,
        steps=tuple(finish(text, s) for s in d.steps),
        over=d.over,
        combined=a.combined,
    )


def is_total(f: Frequency) -> bool:
    """Whether a ceiling with this timing is one of a day or a week: "maximum 4 g daily"."""
    return f in (DAILY, replace(DAILY, period_unit="wk"))
