"""The doses of one turn of directions: each amount with its times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from osler.domain.dosage import DosageRole, Frequency, Maximum
from osler.dosage.amounts import Amount
from osler.dosage.compare import per_day
from osler.dosage.direction_amounts import Amounts, Portion
from osler.dosage.direction_words import Mark
from osler.dosage.spans import Found
from osler.dosage.timing import is_ceiling, merge, on_days_of
from osler.patterns import lazy

_ONE = Decimal(1)
_SAID = frozenset({"often", "long", "divided", "total"})
_ADDS_UP = lazy(r"(?:\(|=|\btotal(?:l?ing)?(?:\s+of)?:?|\bi\.?e\.?,?|\bin\s+all)\s*$", re.I)
_WITH = lazy(r"\b(?:with|before|after)\s+(?!(?:each|every|all|the|\s)*(?:main\s+)?meals?\b)", re.I)
_AND = lazy(r"\W*(?:and|plus|as\s+well\s+as|[&+])\W*", re.I)
_MEALS_A_DAY = 3
_TO = lazy(r"\W*to\W*", re.I)


def of_turn(
    amounts: Amounts, marks: Sequence[Mark], *, changed_at: int | None
) -> tuple[list[Portion], Maximum | None, bool]:
    """The doses of a turn, the most a day that it states, and whether all of it fits together.

    Times follow their amount ("1 tablet at night"), or come before it where the turn begins with
    them and ends with an amount ("at night 1 tablet"). `changed_at` is where the words end by which
    the turn changes the dose before ("increase"); None where it only follows it.
    """
    doses = list(amounts.doses(marks))
    own = {mark.start for mark, _ in doses}
    maximum, sound, used = _maximum(marks)
    stepped = _of_steps(marks)
    said = [m for m in marks if m.kind in _SAID and m.start not in used | stepped]
    events = [m for m in marks if m.start in own or m in said]
    if not doses:
        timed = [m for m in events if m.kind == "often"]
        if stepped or maximum is not None:
            return [], maximum, sound
        if changed_at is not None:
            # "Increase to three times a day"; but not "increase every week", nor "double the dose".
            sound = (
                bool(timed) and _TO.fullmatch(amounts.text, changed_at, timed[0].start) is not None
            )
        if not timed:
            return [], None, sound
        frequency, fits = _frequency(amounts.text, timed)
        duration = next((m.value for m in events if m.kind == "long"), None)
        return [Portion(frequency=frequency, duration=duration)], maximum, sound and fits
    groups, fits = _grouped(events, own, is_change=changed_at is not None)
    sound = sound and fits
    portions = []
    for (_, portion), group in zip(doses, groups, strict=True):
        made, fits = _timed(amounts.text, portion, group)
        portions.append(made)
        sound = sound and fits
    portions, fits = _without_sum(amounts.text, portions)
    sound = sound and fits
    if len(portions) > 1:
        # "For 1 week" of one of several: those beside it may come later.
        sound = sound and all(p.frequency is not None or p.per_time for p in portions)
        sound = sound and not any(p.duration for p in portions[:-1])
        sound = sound and not any(m.kind == "later" for m in marks)
    return portions, maximum, sound


def counted_together(portions: Sequence[Portion]) -> list[Portion]:
    """One tablet in the morning and one at night are one tablet twice a day."""
    first = portions[0]
    if len(portions) < 2 or not all(_is_alike(first, p) for p in portions):
        return list(portions)
    counts = [p.frequency.count for p in portions if p.frequency]
    when = tuple(w for p in portions if p.frequency for w in p.frequency.when)
    assert first.frequency is not None
    together = replace(first.frequency, count=sum(counts), when=tuple(dict.fromkeys(when)))
    return [replace(first, frequency=together, end=portions[-1].end)]


def _without_sum(text: str, portions: list[Portion]) -> tuple[list[Portion], bool]:
    """Without what the doses before add up to: "2 tablets twice a day (4 tablets a day)"."""
    if len(portions) < 2 or not _ADDS_UP.search(text, 0, portions[-1].start):
        return portions, True
    *others, last = portions
    days = [per_day(p.dosage(text)) for p in others]
    total = per_day(last.dosage(text))
    known = [day for day in days if day and total and day[2] == total[2]]
    if total is None or len(known) < len(days):
        return portions, False
    return others, sum((day[1] for day in known), Decimal(0)) == total[1]


def _is_alike(first: Portion, other: Portion) -> bool:
    daily = all(
        f is not None and f.period_unit == "d" and f.period_low == f.period_high == 1
        and not (f.as_needed or f.count_high or f.most)
        for f in (first.frequency, other.frequency)
    )  # fmt: skip
    return daily and replace(other, frequency=None, start=0, end=0, duration=None) == replace(
        first, frequency=None, start=0, end=0, duration=None
    )


def _grouped(
    events: Sequence[Mark], own: set[int], *, is_change: bool
) -> tuple[list[list[Mark]], bool]:
    """The times of each amount."""
    groups: list[list[Mark]] = []
    before: list[Mark] = []
    for mark in events:
        if mark.start in own:
            groups.append([])
        else:
            (groups[-1] if groups else before).append(mark)
    timed = all(any(m.kind == "often" for m in group) for group in groups)
    if timed and all(m.kind == "often" and m.value.when == ("C",) for m in before):
        before = []  # "with meals: 1 tablet in the morning": with what each is taken
    if not any(m.kind == "often" for m in before):
        if groups:
            groups[0] = [*before, *groups[0]]
        return groups, True
    if any(m.kind == "often" for m in groups[-1]):
        if len(groups) > 1:
            return groups, False  # it is not clear on which side the times of each are
        if not is_change:  # "increase weekly to 1 g twice a day": how often it changes
            groups[0] = [*before, *groups[0]]
        return groups, True
    shifted = [before, *groups[:-1]]
    shifted[-1] = [*shifted[-1], *groups[-1]]
    return shifted, True


def _timed(text: str, portion: Portion, group: Sequence[Mark]) -> tuple[Portion, bool]:
    often = [m for m in group if m.kind == "often"]
    frequency, fits = _frequency(text, often) if often else (None, True)
    divided = [m.value for m in group if m.kind == "divided"]
    totals = [m.value for m in group if m.kind == "total"]
    per_time = portion.per_time
    if totals:
        per_time = totals[0]
    if divided and per_time is None and frequency and frequency.count == 1:
        per_time, frequency = frequency.period_unit, None
    if per_time and frequency and frequency.period_unit and not divided:
        fits = fits and frequency.count == 1 and frequency.period_unit == per_time
        frequency = None
    end = max((m.end for m in group), default=portion.end)
    durations = [m.value for m in group if m.kind == "long"]
    return (
        replace(
            portion, frequency=frequency, per_time=per_time,
            divided=next((d for d in divided if d[0]), None),
            duration=durations[0] if durations else None, end=max(end, portion.end),
        ),
        fits and len(divided) < 2 and len(totals) < 2,
    )  # fmt: skip


def _frequency(text: str, marks: Sequence[Mark]) -> tuple[Frequency | None, bool]:
    """One frequency from all that is said of one dose; whether it agrees."""
    found: Frequency | None = None
    times: list[str] = []
    fits = True
    for n, mark in enumerate(marks):
        said: Frequency = mark.value
        if said.on:
            fits = False
        if n and times and _is_named_again(text, marks[n - 1], mark):
            said = replace(said, when=())  # "in the evening with dinner" is one time
        times += said.when
        if found is None or not (found.period_unit and said.period_unit):
            found = merge(found, said)
        elif said.when and found.when and _is_daily(said) and _is_daily(found):
            pass  # "every morning and every evening": counted below
        elif days := on_days_of(found, Found(said, mark.start, mark.end), text):
            found = days
        elif is_ceiling(text, Found(said, mark.start, mark.end)) and said.period_low == 1:
            found = replace(found, most=said.count_high or said.count, most_unit=said.period_unit)
        elif replace(said, when=()) != replace(found, when=(), as_needed=False):
            fits = False
    if found is None:
        return None, fits
    clocks = times.count("CLOCK")
    named = tuple(dict.fromkeys(t for t in times if t not in ("C", "CLOCK")))
    specific = len(named) + clocks  # "in the morning, with breakfast" is one time
    meals = "C" in times
    # "Before meals and at bedtime" are four doses; beside named times a meal is only with what.
    added = meals and _adds_meals(text, marks)
    if added and (found.period_unit or clocks or named != ("HS",)):
        fits = False
    count = specific + (_MEALS_A_DAY if added or (meals and not specific) else 0)
    found = replace(found, when=named)
    if found.period_unit is None and count and not found.once and not found.weekdays:
        found = replace(found, count=count, period_low=_ONE, period_high=_ONE, period_unit="d")
    elif found.period_unit == "d" and found.period_low == 1 and (specific or not meals):
        found = replace(found, count=max(found.count, specific))
    elif found.once and found.period_unit:
        fits = False
    return found, fits


def _is_named_again(text: str, before: Mark, mark: Mark) -> bool:
    """Whether a time is the one before it, by its meal: "in the evening with dinner"."""
    meal = _WITH.search(text, before.end, mark.end)
    return (
        meal is not None
        and not text[before.end : meal.start()].strip()
        and not _WITH.search(text, max(0, before.start - 8), before.end)
    )


def _adds_meals(text: str, marks: Sequence[Mark]) -> bool:
    """Whether meals are joined to a time by "and": "with meals and at bedtime"."""
    return any(
        ("C" in one.value.when) != ("C" in other.value.when)
        and other.value.when
        and one.value.when
        and _AND.fullmatch(text, one.end, other.start)
        for one, other in pairwise(marks)
    )


def _is_daily(f: Frequency) -> bool:
    return f.count == 1 and f.period_unit == "d" and f.period_low == f.period_high == 1


def _maximum(marks: Sequence[Mark]) -> tuple[Maximum | None, bool, set[int]]:
    """The most a day that a turn states, and the marks that say so."""
    found: Maximum | None = None
    sound, used = True, set[int]()
    for mark, after in [*pairwise(marks), *((m, None) for m in marks[-1:])]:
        if mark.kind != "amount" or mark.role is not DosageRole.MAXIMUM:
            continue
        amount: Amount = mark.value
        per_time = amount.per_time
        if per_time is None and after is not None:
            if after.kind == "total":
                per_time = after.value
                used.add(after.start)
            elif after.kind == "often" and _is_daily(after.value):
                per_time = "d"
                used.add(after.start)
        sound = sound and per_time == "d" and found is None
        found = Maximum(amount.high, amount.unit, amount.per, per_time)
    return found, sound, used


def _of_steps(marks: Sequence[Mark]) -> set[int]:
    """The marks of how often a dose is changed: those after a step of titration."""
    stepping, found = False, set[int]()
    for mark in marks:
        if mark.kind == "amount":
            stepping = mark.role is DosageRole.STEP
        if stepping:
            found.add(mark.start)
    return found
