"""The most that a prescription lets a patient take in one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from osler.domain.dosage import Dosage
from osler.dosage import per_day, to_base
from osler.dosage.numbers import plain
from osler.pathways.instructions import (
    read_coded,
    read_written,
    same_day,
    texts_of,
    timing_in,
    turns_of,
)

_BOUNDS = frozenset({"boundsDuration", "boundsRange", "boundsPeriod", "count", "countMax"})


def most_a_day(request: Mapping[str, Any], names: Sequence[str]) -> Decimal | None:
    """Milligrams in one day by all instructions together, at the most that each allows.

    `names` are what the medicine is called: a strength in them ("500 mg tablets") turns tablets
    into milligrams. On a day with a dose it is never less than that dose. Instructions are added
    up, unless each has another `sequence` than the next and ends before it (R4's Dosage.sequence):
    of those the largest counts. None where there is no instruction or one cannot be read, since a
    part of a day's dose is none.
    """
    instructions = request.get("dosageInstruction")
    if not isinstance(instructions, list) or not instructions:
        return None
    turns: dict[Any, Decimal] = {}
    for instruction in instructions:
        most = _most(instruction, tuple(names)) if isinstance(instruction, Mapping) else None
        if most is None:
            return None
        turn = instruction.get("sequence")
        turns[turn] = turns.get(turn, Decimal(0)) + most
    amounts = turns.values()
    return plain(max(amounts) if in_turn(instructions) else sum(amounts, Decimal(0)))


def in_turn(instructions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether instructions follow one another: numbered, and each but the last with an end."""
    turns = [i.get("sequence") for i in instructions]
    if not all(isinstance(turn, int) for turn in turns):
        return False
    last = max(turn for turn in turns if turn is not None)
    return all(
        i["sequence"] == last or _BOUNDS & i.get("timing", {}).get("repeat", {}).keys()
        for i in instructions
    )


def _most(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Decimal | None:
    """Of one instruction; of several doses (as ordered, as calculated) that of the largest."""
    rates = instruction.get("doseAndRate")
    each = (
        [{**instruction, "doseAndRate": [rate]} for rate in rates]
        if isinstance(rates, list) and rates
        else [instruction]
    )
    found = [_of_one(one, names) for one in each]
    known = [most for most in found if most is not None]
    return max(known) if known and len(known) == len(found) else None


def _of_one(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Decimal | None:
    """As it is coded; else with how often as words beside it say; else as its words say it all."""
    for dosage in _coded(instruction, names):
        found = _milligrams(dosage, instruction)
        if found is not None:
            return found
    return _written(instruction, names)


def _coded(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Dosage]:
    coded = read_coded(instruction, names)
    if coded is None:
        return
    yield coded
    if coded.frequency is None or coded.frequency.period_unit is None:
        code = instruction.get("timing", {}).get("code", {})
        for words in (code.get("text"), *texts_of(instruction)):
            often = timing_in(str(words), names) if words else None
            if often is not None:
                yield replace(coded, frequency=often)


def _written(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Decimal | None:
    """The most of any turn; the doses of one turn are taken side by side."""
    said = read_written(instruction, names)
    stated = [turns_of(one) for one in said if one.has_doses]
    if not stated or not all(one.is_whole for one in said):
        return None
    if not all(same_day(stated[0], other) for other in stated[1:]):
        return None
    totals = []
    for turn in stated[0]:
        each = [_milligrams(d, {}) for d in turn]
        known = [most for most in each if most is not None]
        if len(known) < len(each):
            return None
        totals.append(sum(known, Decimal(0)))
    return max(totals)


def _milligrams(d: Dosage, instruction: Mapping[str, Any]) -> Decimal | None:
    if d.low is None or d.unit is None or d.per:
        return None
    dose, unit = to_base(d.high if d.high is not None else d.low, d.unit)
    if unit != "ug":
        return None
    total = _total(d, dose, instruction)
    if d.maximum and d.maximum.per_time == "d" and not d.maximum.per:
        ceiling, other = to_base(d.maximum.amount, d.maximum.unit)
        if other == unit:
            total = ceiling if total is None else min(total, ceiling)
    return None if total is None else total / 1000


def _total(d: Dosage, dose: Decimal, instruction: Mapping[str, Any]) -> Decimal | None:
    """What a day's doses come to; `dose` is the largest that one of them may be."""
    day, f = per_day(d), d.frequency
    if d.per_time:
        return day[1] if day else None
    if f is None:
        return None
    marked = max(len(f.when), _times_of_day(instruction))
    if f.most and f.most_unit in (None, "d"):
        return dose * f.most
    if day:
        daily = f.period_unit == "d" and (f.period_low or 0) >= 1
        return max(day[1], dose, dose * marked if daily else Decimal(0))
    if f.once:
        return dose
    return dose * max(marked, 1) if marked or f.weekdays else None


def _times_of_day(instruction: Mapping[str, Any]) -> int:
    times = instruction.get("timing", {}).get("repeat", {}).get("timeOfDay")
    return len(times) if isinstance(times, list) else 0
