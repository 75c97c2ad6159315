"""One dosage instruction of a request: as it is coded, and as its words say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from osler.domain.dosage import Dosage, Frequency
from osler.domain.errors import DosageError
from osler.dosage import (
    Directions,
    all_strengths,
    bounded,
    by_the_day,
    from_fhir,
    in_mass,
    parse_dosages,
    per_day,
    read_directions,
    to_base,
)

_BASES = frozenset({"ug", "mL", "umol", "[iU]", "U", "meq"})
# What record systems put in UCUM's braces, which mean nothing there, for what is counted.
_ANNOTATED = {
    "{tbl}": "{tablet}", "{tab}": "{tablet}", "{tabs}": "{tablet}", "{tablets}": "{tablet}",
    "{Tablet}": "{tablet}", "{TBL}": "{tablet}", "{TAB}": "{tablet}", "{tab(s)}": "{tablet}",
    "{cap}": "{capsule}", "{caps}": "{capsule}", "{capsules}": "{capsule}",
    "{Capsule}": "{capsule}", "{CAP}": "{capsule}",
}  # fmt: skip
_NAMED = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 4  # of free text are read: the text, the patient's, what is added


@lru_cache(maxsize=4096)
def doses_in(text: str) -> tuple[Dosage, ...]:
    """The dosages that a text states; a pathway says the same to everyone, so it is read once."""
    return parse_dosages(text)


@dataclass(frozen=True, slots=True)
class Instruction:
    """What an instruction says to take: `turns` follow one another, doses of one side by side.

    `is_read` is false where a part of it could not be read: then `turns` are what could be, which
    is enough to find a dose that is too high, and not to call one right. `is_obscure` says that
    words beside a coded dose may state another, and could not be read.
    """

    turns: tuple[tuple[Dosage, ...], ...]
    is_read: bool
    is_obscure: bool = False
    beside: tuple[Dosage, ...] = ()  # what words beside a coded dose state: it might be gone by

    @property
    def dosages(self) -> tuple[Dosage, ...]:
        """The doses of the first turn; the last of them has those of later turns as its `steps`."""
        return _in_steps(self.turns)


def read_instruction(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Instruction:
    """One instruction; where no dose is coded, as its words say it.

    `names` are what the medicine is called: by a strength in them tablets are milligrams.
    """
    coded = read_coded(instruction, names)
    written = read_written(instruction, names)
    if coded is not None:
        return Instruction(
            ((coded,),),
            True,
            any(w.may_state_more for w in written),
            tuple(d for w in written if w.is_whole and w.has_doses for d in _in_steps(turns_of(w))),
        )
    stated = [w for w in written if w.has_doses]
    if not stated:
        return Instruction((), False)
    turns = turns_of(stated[0])
    # What the patient is told beside it must be the same, or nothing.
    whole = all(w.is_whole for w in written) and all(
        same_day(turns, turns_of(other)) for other in stated[1:]
    )
    return Instruction(turns if whole else _given(turns), whole)


def _given(turns: tuple[tuple[Dosage, ...], ...]) -> tuple[tuple[Dosage, ...], ...]:
    """Of what was not read whole, the doses with their times: "56 tablets" is what is dispensed."""
    alone = sum(map(len, turns)) == 1
    kept = (tuple(d for d in t if alone or d.frequency or d.per_time) for t in turns)
    return tuple(turn for turn in kept if turn)


def read_coded(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Dosage | None:
    """The dose that the structure states; None where it states none that can be read."""
    structured = {**instruction, "doseAndRate": _units_read(instruction.get("doseAndRate"))}
    unrouted = {name: value for name, value in structured.items() if name != "route"}
    for candidate in (structured, unrouted):
        try:
            found = from_fhir(candidate)
        except DosageError:
            continue
        if found.low is not None and found.unit:
            found = _given_once(found)
            often = by_the_day(found.frequency) or _by_the_clock(instruction)
            return in_mass(replace(found, frequency=often), all_strengths(names))
    return None


def _given_once(d: Dosage) -> Dosage:
    """A course of one dose is given once, whatever its period."""
    long, f = d.duration, d.frequency
    if long is None or f is None or long.unit != "{dose}" or not long.low == long.high == 1:
        return d
    return replace(d, frequency=Frequency(once=True, as_needed=f.as_needed), duration=None)


def _by_the_clock(instruction: Mapping[str, Any]) -> Frequency | None:
    """How often a day times of day alone say: "at 8, 14 and 20 o'clock"."""
    timing = instruction.get("timing")
    repeat = timing.get("repeat") if isinstance(timing, Mapping) else None
    times = repeat.get("timeOfDay") if isinstance(repeat, Mapping) else None
    if not isinstance(times, list) or not times:
        return None
    return Frequency(len(times), None, Decimal(1), Decimal(1), "d")


def read_written(instruction: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Directions, ...]:
    """What each text of an instruction says, that for the patient and what is added among them."""
    strengths, known = all_strengths(names), _words_of(names)
    return tuple(read_directions(text, strengths, known) for text in texts_of(instruction))


def texts_of(instruction: Mapping[str, Any]) -> tuple[str, ...]:
    """The texts of an instruction, each once."""
    return tuple(dict.fromkeys(_texts(instruction)))[:_MOST_WORDS]


def _texts(instruction: Mapping[str, Any]) -> Iterator[str]:
    added = instruction.get("additionalInstruction")
    more = (
        [a.get("text") for a in added if isinstance(a, Mapping)] if isinstance(added, list) else []
    )
    for text in (instruction.get("text"), instruction.get("patientInstruction"), *more):
        if isinstance(text, str) and text.strip():
            yield text


def timing_in(text: str, names: tuple[str, ...]) -> Frequency | None:
    """How often a text says, where it says one thing: "three times a day", "2 tablets at night"."""
    said = read_directions(text, all_strengths(names), _words_of(names))
    if said.is_whole and len(said.turns) == 1 == len(said.turns[0]):
        return said.turns[0][0].frequency
    return None


def turns_of(said: Directions) -> tuple[tuple[Dosage, ...], ...]:
    """The turns of directions; a maximum of a day that is higher than its doses is one more.

    Whoever reads "500 mg twice a day, at most 2 g" may take 2 g.
    """
    most = said.maximum
    if most is None or not said.turns:
        return said.turns
    turns = tuple(
        tuple(replace(d, maximum=most) for d in turn) if len(turn) == 1 else turn
        for turn in said.turns
    )
    amount, unit = to_base(most.amount, most.unit)
    reached = [_sum_of(turn) for turn in said.turns]
    if any(day is not None and day[1] == unit and day[0] >= amount for day in reached):
        return turns
    return (*turns, (bounded(most, said.turns[-1][0]),))


def same_day(one: tuple[tuple[Dosage, ...], ...], other: tuple[tuple[Dosage, ...], ...]) -> bool:
    """Whether two readings have as many turns, and each comes to the same a day."""
    return len(one) == len(other) and all(
        ((day := _sum_of(a)) is not None and day == _sum_of(b)) or a == b
        for a, b in zip(one, other, strict=True)
    )


def _in_steps(turns: tuple[tuple[Dosage, ...], ...]) -> tuple[Dosage, ...]:
    if not turns:
        return ()
    *others, last = turns[0]
    later = tuple(d for turn in turns[1:] for d in turn)
    return (*others, replace(last, steps=(*last.steps, *later)))


def _sum_of(turn: tuple[Dosage, ...]) -> tuple[Decimal, str] | None:
    days = [per_day(d) for d in turn]
    units = {day[2] for day in days if day}
    if len(units) != 1 or not all(days):
        return None
    return sum((day[1] for day in days if day), Decimal(0)), units.pop()


@lru_cache(maxsize=1024)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for name in names for word in _NAMED.findall(name))


def _units_read(rates: Any) -> Any:
    """Quantities with the units that people write ("mcg", "microgram") as UCUM."""
    if isinstance(rates, list):
        return [_units_read(rate) for rate in rates]
    if not isinstance(rates, Mapping):
        return rates
    if "value" not in rates:
        return {name: _units_read(value) for name, value in rates.items()}
    unit = rates.get("code") or rates.get("unit")
    unit = _ANNOTATED.get(unit, unit) if isinstance(unit, str) else unit
    if unit in _ANNOTATED.values():
        return {**rates, "code": unit}
    if not isinstance(unit, str) or len(unit) > 40 or _is_ucum(unit):
        return rates
    read = doses_in(f"1 {unit}")
    return {**rates, "code": read[0].unit} if read and read[0].unit else rates


def _is_ucum(unit: str) -> bool:
    base = to_base(Decimal(1), unit.partition("/")[0])[1]
    return base in _BASES or base.startswith("{")
