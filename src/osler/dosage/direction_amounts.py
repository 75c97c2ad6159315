"""What the amounts of directions come to, by each other and by the product's strength."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from osler.domain.dosage import Comparator, Dosage, DosageRole, Duration, Frequency
from osler.dosage.amounts import Amount
from osler.dosage.direction_words import Mark
from osler.dosage.numbers import NUMBER, read_number
from osler.dosage.strengths import COUNTED, Strength, strength_for
from osler.dosage.units import to_base
from osler.patterns import lazy

_ONE = Decimal(1)
_AGAIN = lazy(r"\s*[(\[=]\s*(?:i\.?e\.?,?\s*|or\s*|=\s*|total(?:\s+of)?\s*)?", re.I)
_OF = lazy(r"\s*(?:of|x|×|@|each\s+of)\s*", re.I)
_COUNT = lazy(rf"(?P<n>{NUMBER})", re.I)


@dataclass(frozen=True, slots=True)
class Portion:
    """One amount and when it is taken; without `low`, times alone."""

    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    per_time: str | None = None
    comparator: Comparator | None = None
    frequency: Frequency | None = None
    duration: Duration | None = None
    divided: tuple[int, int] | None = None
    start: int = 0
    end: int = 0

    def dosage(self, text: str) -> Dosage:
        """The portion as a dosage of its text."""
        return Dosage(
            text=text[self.start : self.end], start=self.start, end=self.end,
            amount_start=self.start, amount_end=self.end, low=self.low, high=self.high,
            unit=self.unit, per=self.per, per_time=self.per_time, comparator=self.comparator,
            frequency=self.frequency, duration=self.duration, divided=self.divided,
        )  # fmt: skip


@dataclass(slots=True)
class Amounts:
    """What the amounts of a text come to; `are_sound` falls where two of them disagree."""

    text: str
    strengths: tuple[Strength, ...]
    are_sound: bool = True
    _skipped: set[int] = field(default_factory=set)

    def doses(self, marks: Sequence[Mark]) -> Iterator[tuple[Mark, Portion]]:
        """The amount of each dose among the marks of a turn."""
        amounts = [m for m in marks if m.kind == "amount"]
        known = self._with_stated(amounts)
        for mark, after in [*pairwise(amounts), *((m, None) for m in amounts[-1:])]:
            if mark.start in self._skipped or mark.role in (DosageRole.STEP, DosageRole.MAXIMUM):
                continue
            found = self._one(mark, after, known)
            if found is not None:
                yield mark, found

    def _with_stated(self, amounts: Sequence[Mark]) -> tuple[Strength, ...]:
        """The product's strengths; where it has none, that which the text states."""
        stated = [
            Strength(m.value.low, m.value.unit)
            for m in amounts
            if m.role is DosageRole.STRENGTH and not m.value.over and m.value.low == m.value.high
        ]
        if not stated:
            return self.strengths
        own = [s for s in self.strengths if not s.per]
        if any(_mass(s) != _mass(stated[0]) for s in (*own, *stated)):
            self.are_sound = False
        return self.strengths if own else (*self.strengths, stated[0])

    def _one(self, mark: Mark, after: Mark | None, known: Sequence[Strength]) -> Portion | None:
        amount: Amount = mark.value
        if mark.role is None or amount.comparator in (Comparator.GREATER, Comparator.AT_LEAST):
            self.are_sound = False
        if amount.combined or (amount.over and mark.role is not DosageRole.STRENGTH):
            self.are_sound = False
        low, high, unit = amount.low, amount.high, amount.unit
        if mark.role is DosageRole.STRENGTH:
            count = _COUNT.match(self.text, mark.start)
            if count is None or mark.start == amount.compared_from:
                return None
            number = read_number(count["n"])
            low, high = low * number, high * number
        elif after is not None and after.role is not DosageRole.MAXIMUM:
            low, high, unit = self._beside(mark, after, known)
        strength = strength_for(unit or "{tablet}", known)
        if strength is not None:
            low, high, unit = strength.times(low), strength.times(high), strength.unit
        elif not unit:
            self.are_sound = False
            return None
        return Portion(
            low, high, unit, amount.per, amount.per_time, amount.comparator,
            start=mark.start, end=mark.end,
        )  # fmt: skip

    def _beside(
        self, mark: Mark, after: Mark, known: Sequence[Strength]
    ) -> tuple[Decimal, Decimal, str]:
        """An amount that the next one says again ("2 tablets (1 g)"), or says the strength of."""
        one, other = mark.value, after.value
        gap = self.text[mark.end : after.start]
        as_is = one.low, one.high, one.unit
        if _OF.fullmatch(gap) and one.unit in COUNTED and other.unit not in COUNTED:
            self._skipped.add(after.start)
            return one.low * other.low, one.high * other.high, other.unit
        if not _AGAIN.fullmatch(gap):
            return as_is
        self._skipped.add(after.start)
        strength = strength_for(one.unit, known)
        back = strength_for(other.unit, known)
        if to_base(_ONE, one.unit)[1] == to_base(_ONE, other.unit)[1]:
            same = to_base(one.high, one.unit) == to_base(other.high, other.unit)
            self.are_sound = self.are_sound and same
            return as_is
        if strength is not None:
            mine = to_base(strength.times(one.high), strength.unit)
            each = to_base(strength.amount, strength.unit)
            theirs = to_base(other.high, other.unit)
            self.are_sound = self.are_sound and theirs in (mine, each)
            return as_is
        if back is not None:
            mine = to_base(one.high, one.unit)
            self.are_sound = self.are_sound and (to_base(back.times(other.high), back.unit) == mine)
            return as_is
        if one.unit in COUNTED or one.unit == "mL":
            # Of two tablets it might be the strength of each.
            self.are_sound = self.are_sound and (one.high == 1 or one.unit == "mL")
            return other.low, other.high, other.unit
        return as_is


def _mass(s: Strength) -> tuple[Decimal, str]:
    return to_base(s.amount, s.unit)
