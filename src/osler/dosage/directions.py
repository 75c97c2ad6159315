"""The directions of a prescription, read in full or not at all.

"500 mg twice daily for 1 week, then 1 g twice daily" has two turns; "1 tablet in the morning and 2
at night" has one, with two doses side by side. What a text adds that is not understood is in
`rest`: a part of what a patient is to take is not a dose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from osler.domain.dosage import Comparator, Dosage, DosageRole, Frequency, Maximum
from osler.dosage.direction_amounts import Amounts, Portion
from osler.dosage.direction_turns import counted_together, of_turn
from osler.dosage.direction_words import Mark, may_state_dose, plainly, read_marks
from osler.dosage.strengths import Strength, strength_for

_LONGEST = 500  # characters
_DAY = Decimal(1)
_MEALS_A_DAY = 3


@dataclass(frozen=True, slots=True)
class Directions:
    """What a text says to take: `turns` follow one another, the doses of one are side by side.

    `maximum` is the most a day that it states. `rest` are its words that were not understood;
    without them, and with doses that agree with each other, it `is_whole`. A dosage without an
    amount says only how often.
    """

    turns: tuple[tuple[Dosage, ...], ...]
    maximum: Maximum | None = None
    rest: tuple[str, ...] = ()
    is_sound: bool = True  # whether every dose has its times, and none is said twice

    @property
    def is_whole(self) -> bool:
        """Whether all of the text was understood."""
        return self.is_sound and not self.rest

    @property
    def may_state_more(self) -> bool:
        """Whether what was not understood may be a dose, or change one."""
        beside = bool(self.turns)
        return not self.is_sound or any(may_state_dose(w, beside=beside) for w in self.rest)

    @property
    def has_doses(self) -> bool:
        """Whether it states an amount at all."""
        return any(d.low is not None for turn in self.turns for d in turn)


@lru_cache(maxsize=4096)
def read_directions(
    text: str, strengths: tuple[Strength, ...] = (), known: frozenset[str] = frozenset()
) -> Directions:
    """The directions of a text.

    `strengths` are the product's, by which "2 tablets (1 g)" is one dose and "take two" is one at
    all; `known` are words in lower case that the text may hold besides, such as the drug's name.
    Never raises.
    """
    if len(text) > _LONGEST:
        return Directions((), rest=(text,), is_sound=False)
    text = plainly(text)
    marks, rest = read_marks(text, known)
    amounts = Amounts(text, strengths)
    turns: list[list[Portion]] = []
    maximum: Maximum | None = None
    is_sound = True
    parts = _turns(marks)
    for changed_at, turn in parts:
        portions, most, sound = of_turn(amounts, turn, changed_at=changed_at)
        is_sound = is_sound and sound
        if most is not None:
            is_sound = is_sound and maximum in (None, most)
            maximum = most
        if not portions:
            continue
        if turns and all(p.low is None for p in portions):
            portions, sound = _repeated(turns[-1], portions)
            is_sound = is_sound and sound
        turns.append(portions)
    if any(m.role is DosageRole.STEP for m in parts[-1][1]) and maximum is None:
        is_sound = False  # raised, and no end of it
    routes = tuple(dict.fromkeys(m.value for m in marks if m.kind == "route"))
    found = tuple(
        tuple(
            replace(p.dosage(text), route=routes[0] if routes else None, routes=routes)
            for p in counted_together(portions)
        )
        for portions in turns
    )
    return Directions(found, _in_mass(maximum, strengths), rest, is_sound and amounts.are_sound)


def _turns(marks: Sequence[Mark]) -> list[tuple[int | None, list[Mark]]]:
    """The marks of each turn, and where the words end by which it changes the dose before.

    A step of titration ends its turn, too.
    """
    turns: list[tuple[int | None, list[Mark]]] = [(None, [])]
    stepping = False
    for mark in marks:
        is_dose = mark.kind == "amount" and mark.role is not DosageRole.STRENGTH
        if mark.kind == "turn":
            turns.append((mark.end if mark.value else None, []))
            stepping = False
            continue
        if stepping and is_dose and mark.role is not DosageRole.STEP:
            turns.append((mark.start, []))
            stepping = False
        turns[-1][1].append(mark)
        stepping = stepping or mark.role is DosageRole.STEP
    return turns


def _repeated(before: Sequence[Portion], said: Sequence[Portion]) -> tuple[list[Portion], bool]:
    """ "Then twice a day": the dose before, where there is one."""
    if len(before) != 1 or len(said) != 1:
        return list(said), False
    (dose,), (timing,) = before, said
    return [replace(dose, frequency=timing.frequency, duration=timing.duration)], True


def _in_mass(maximum: Maximum | None, strengths: Sequence[Strength]) -> Maximum | None:
    strength = strength_for(maximum.unit, strengths) if maximum else None
    if maximum is None or strength is None:
        return maximum
    return replace(maximum, amount=strength.times(maximum.amount), unit=strength.unit)


def bounded(maximum: Maximum, like: Dosage) -> Dosage:
    """A maximum of a day as a dosage: the most that somebody may take who goes by it."""
    return replace(
        like, low=maximum.amount, high=maximum.amount, unit=maximum.unit, per=maximum.per,
        per_time=maximum.per_time, comparator=Comparator.AT_MOST, frequency=None, duration=None,
        maximum=None, steps=(), divided=None,
    )  # fmt: skip


def by_the_day(f: Frequency | None) -> Frequency | None:
    """ "In the morning and at night" is twice a day, "with every meal" three times.

    FHIR's C, AC and PC stand for any meal; a day has three.
    """
    if f is None or not f.when or f.period_unit or f.once or f.weekdays or f.on:
        return f
    count = sum(_MEALS_A_DAY if code in ("C", "AC", "PC") else 1 for code in f.when)
    return replace(f, count=count, period_low=_DAY, period_high=_DAY, period_unit="d")
