"""A drafted order whose coded dose and whose words say different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from osler.domain.claim import ProblemKind
from osler.domain.dosage import Dosage
from osler.dosage import Directions, differences, per_day, to_base
from osler.pathways.hooks.agreeing import interval
from osler.pathways.instructions import read_coded, read_written, texts_of, turns_of
from osler.pathways.orders import Order

_MEALS = {"C", "AC", "PC"}


def contradictions(request: Mapping[str, Any], order: Order) -> Iterator[tuple[Dosage, Dosage]]:
    """The coded and the written dosage of each instruction in which both are, and differ.

    They differ by the amount of one dose or by how often it is given, where both say that in units
    that can be compared; the same amount in a day by other portions differs, too. Monthly and every
    30 days are as often, and with meals is not when. Of words that state several doses, side by
    side or one after another, that is one that is not coded, unless each is, by one instruction or
    another; what comes after a course that ends as it is coded, and is no more a day, may wait.
    """
    if order.is_combined:
        return
    listed = [i for i in request.get("dosageInstruction", ()) if isinstance(i, Mapping)]
    if not any(map(texts_of, listed)):
        return
    coded = [read_coded(instruction, order.products) for instruction in listed]
    every = [dosage for dosage in coded if dosage is not None]
    for dosage, instruction in zip(coded, listed, strict=True):
        if dosage is None:
            continue
        for said in read_written(instruction, order.products):
            other = _differing(dosage, said, every)
            if other is not None:
                yield dosage, other
                break


def _differing(coded: Dosage, said: Directions, every: list[Dosage]) -> Dosage | None:
    """The dose of the words that the coded one is not."""
    written = [d for turn in turns_of(said) for d in turn if d.low is not None]
    if len(written) == 1:
        return written[0] if _differ(coded, written[0]) else None
    if len(written) > 1 and _is_first(coded, written):
        return None
    apart = (d for d in written if all(_differ(one, d) or _unlike(one, d) for one in every))
    return next(apart, None)


def _is_first(coded: Dosage, written: list[Dosage]) -> bool:
    """Whether a coded course ends where that of the words does, and what follows is no more."""
    first, *later = written
    if _course(coded) is None or _course(coded) != _course(first) or _differ(coded, first):
        return False
    most = per_day(coded)
    days = [per_day(d) for d in later]
    return most is not None and all(d and d[2] == most[2] and d[1] <= most[1] for d in days)


def _course(d: Dosage) -> tuple[Decimal, Decimal | None, str | None] | None:
    long = d.duration
    return None if long is None or long.low is None else (long.low, long.high, long.unit)


def _differ(coded: Dosage, written: Dosage) -> bool:
    if _unlike(coded, written):
        return False
    coded, written = _timed(coded, written), _timed(written, coded)
    if _is_as_often(coded, written):
        written = replace(written, frequency=coded.frequency)
    found = set(differences(coded, written))
    timed = per_day(coded) is not None and per_day(written) is not None
    return ProblemKind.AMOUNT in found or (timed and ProblemKind.TIMING in found)


def _timed(one: Dosage, other: Dosage) -> Dosage:
    """Without with what it is taken, and without when where the other one does not say it."""
    f, g = one.frequency, other.frequency
    if f is None or not f.when:
        return one
    said = bool(g and set(g.when) - _MEALS)
    when = tuple(w for w in f.when if w not in _MEALS) if said else ()
    return replace(one, frequency=replace(f, when=when))


def _is_as_often(one: Dosage, other: Dosage) -> bool:
    """Whether two periods are one by the calendar: a month, 30 days or four weeks and a bit."""
    f, g = one.frequency, other.frequency
    if f is None or g is None or f.period_unit == g.period_unit or one.per_time or other.per_time:
        return False
    if (f.as_needed, f.weekdays, f.on, f.most) != (g.as_needed, g.weekdays, g.on, g.most):
        return False
    mine, theirs = interval(f), interval(g)
    return mine is not None and theirs is not None and mine[0] <= theirs[1] and theirs[0] <= mine[1]


def _unlike(one: Dosage, other: Dosage) -> bool:
    """Whether two amounts are in units that cannot be compared."""
    if one.low is None or other.low is None or not one.unit or not other.unit:
        return True
    same = to_base(one.low, one.unit)[1] == to_base(other.low, other.unit)[1]
    return not (same and one.per == other.per and one.per_time == other.per_time)
