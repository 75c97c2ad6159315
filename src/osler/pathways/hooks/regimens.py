"""What a draft has a patient take, dosage by dosage: its instructions in turn, or all together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from osler.domain.dosage import Dosage, Duration, Frequency
from osler.dosage import find_frequencies, format_dosage
from osler.pathways.hooks.suggestions import Draft

_LONGEST = 500  # characters of an instruction that is read
_UNITS = frozenset({"h", "d", "wk", "mo", "a"})
_SPLIT = 24  # doses a day, at most: more are no day's doses


@dataclass(frozen=True, slots=True)
class Regimen:
    """The dosages of a draft; `together` where more than one of them is taken at the same time."""

    dosages: tuple[Dosage, ...]
    together: bool = False

    def __str__(self) -> str:
        return (" and " if self.together else ", then ").join(map(format_dosage, self.dosages))


def regimen_of(draft: Draft) -> Regimen:
    """The regimen of a draft.

    Instructions are taken together, unless each has a `sequence` of its own and ends before the
    next (R4's Dosage.sequence). The same dose at several times of one day is one dosage. A course
    ends where its period, the supply or the number of doses that is dispensed does.
    """
    instructions = draft.placed.resource.get("dosageInstruction")
    listed = [i for i in instructions if isinstance(i, Mapping)] if instructions else []
    dosages = draft.order.dosages
    if len(listed) != len(dosages):  # which is of which instruction is not known
        joined = _joined(dosages)
        return Regimen(_in_steps(joined), len(joined) > 1)
    read = [_timed(d, i) for d, i in zip(dosages, listed, strict=True)]
    if len(read) == 1 and not read[0].steps and read[0].duration is None:
        read = [replace(read[0], duration=_supplied(draft.placed.resource, read[0]))]
    turns = [turn for i in listed if isinstance(turn := i.get("sequence"), int)]
    ordered = len(turns) == len(listed) and turns == sorted(set(turns))
    if ordered and all(d.duration for d in read[:-1]):
        return Regimen(_in_steps(read))
    joined = _joined(read)
    return Regimen(_in_steps(joined), len(joined) > 1)


def _in_steps(dosages: Iterable[Dosage]) -> tuple[Dosage, ...]:
    return tuple(replace(s, steps=()) for d in dosages for s in (d, *d.steps))


def _timed(d: Dosage, instruction: Mapping[str, Any]) -> Dosage:
    """With how often as words beside it say, and the end of its period."""
    timing = instruction.get("timing", {})
    if d.frequency is None:
        for words in (timing.get("code", {}).get("text"), instruction.get("text")):
            stated = find_frequencies(str(words or "")[:_LONGEST])
            if len(stated) == 1:
                d = replace(d, frequency=stated[0].value)
                break
    times = timing.get("repeat", {}).get("timeOfDay")
    if d.frequency is None and isinstance(times, list) and times:
        d = replace(d, frequency=Frequency(len(times), None, Decimal(1), Decimal(1), "d"))
    period = timing.get("repeat", {}).get("boundsPeriod", {})
    if d.duration is None and "start" in period and "end" in period:
        days = _days_between(str(period["start"]), str(period["end"]))
        return d if days is None else replace(d, duration=Duration(days, days, "d"))
    return d


def _days_between(start: str, end: str) -> Decimal | None:
    """The days of a period, the first and the last included; None where one is not known."""
    try:
        first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    except ValueError:
        return None
    return Decimal((last - first).days + 1) if last >= first else None


def _supplied(order: Mapping[str, Any], d: Dosage) -> Duration | None:
    """For how long what is dispensed lasts, where that is said and nothing more is to come."""
    dispensed = order.get("dispenseRequest")
    if not isinstance(dispensed, Mapping) or dispensed.get("numberOfRepeatsAllowed"):
        return None
    supply, quantity = dispensed.get("expectedSupplyDuration"), dispensed.get("quantity")
    if isinstance(supply, Mapping) and isinstance(supply.get("value"), int | float | Decimal):
        unit = supply.get("code") or supply.get("unit")
        value = Decimal(str(supply["value"]))
        return Duration(value, value, unit) if unit in _UNITS else None
    if isinstance(quantity, Mapping) and isinstance(quantity.get("value"), int | float | Decimal):
        doses = Decimal(str(quantity["value"])) / (_units_a_dose(order) or 1)
        # One pack or a bottle is counted as one, too: that is no course of one dose.
        return Duration(doses, doses, "{dose}") if doses > 1 and d.frequency else None
    return None


def _units_a_dose(order: Mapping[str, Any]) -> Decimal | None:
    """How many tablets or ampoules one dose is; None where it is given as an amount."""
    try:
        given = order["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]
        unit, value = str(given.get("code") or given.get("unit") or ""), given["value"]
    except (KeyError, IndexError, TypeError, AttributeError):
        return None
    counted = unit.strip("{}").lower().rstrip("s") in (
        "tablet",
        "capsule",
        "ampoule",
        "tab",
        "vial",
    )
    return Decimal(str(value)) if counted and value else None


def _joined(dosages: Sequence[Dosage]) -> list[Dosage]:
    """ "500 mg in the morning" and "500 mg at night" as 500 mg twice a day."""
    joined: dict[object, Dosage] = {}
    for n, d in enumerate(dosages):
        count = _a_day(d)
        same = (d.low, d.high, d.unit, d.route, d.routes, d.duration) if count else n
        if same in joined and count:
            known = joined[same].frequency
            total = count + (known.count if known else 0)
            f = Frequency(total, None, Decimal(1), Decimal(1), "d")
            joined[same] = replace(joined[same], frequency=f)
        else:
            joined[same] = d
            if count and len(dosages) > 1:
                f = Frequency(count, None, Decimal(1), Decimal(1), "d")
                joined[same] = replace(d, frequency=f)
    return list(joined.values())


def _a_day(d: Dosage) -> int:
    """How many times on each day; 0 where that is not said, or is a range."""
    f = d.frequency
    if f is None or d.per_time or f.once or f.as_needed or f.weekdays or f.on or f.count_high:
        return 0
    if f.period_unit is None:
        return len(f.when)
    daily = f.period_unit == "d" and f.period_low == f.period_high == 1
    return f.count if daily and f.count <= _SPLIT else 0
