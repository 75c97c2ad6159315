"""A drafted dose beside the doses of a pathway: ten times off, or above what is stated as most.

A microgram written as a milligram is a thousand times off; most slips of a decimal point are
ten. What differs by less than that is for the pathway itself to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Self

from osler.domain.dosage import Comparator, Dosage, DosageRole
from osler.dosage import per_day, to_base
from osler.pathways.orders import Order, doses_in, strengths_in
from osler.statements import find_substances
from osler.statements.vocabulary.substances import base_of

FACTOR = 10
BY_ANOTHER_ROUTE = 100  # doses by mouth and into a muscle are up to tens of times apart
_INJECTED = frozenset({"intramuscular", "subcutaneous", "intradermal"})
Ceiling = tuple[Decimal, str, bool]  # amount, base unit, whether for a day


class Slip(StrEnum):
    """What is wrong with a drafted dose."""

    FAR_ABOVE = "far above"
    FAR_BELOW = "far below"
    ABOVE_MAXIMUM = "above the maximum"


@dataclass(frozen=True, slots=True)
class Finding:
    """A drafted dose, and the dose of the pathway that it is held against."""

    slip: Slip
    drafted: Dosage
    stated: Dosage
    factor: Decimal | None = None


def slip_of(order: Order, known: Iterable[Order], for_patient: Iterable[Order]) -> Finding | None:
    """The worst that is wrong with a drafted order; None where nothing is.

    `known` are all orders that the pathway can make and all maxima that it states, `for_patient`
    those for this patient. A dose is ten times off where no dose of the pathway by this route is
    nearer, below the skin and into a muscle being one; where the pathway has none by this route, it
    is too high at a hundred times those by any other. It is above the maximum that is stated for
    this patient, or where none is, above every one that is stated, for whatever age. What cannot be
    compared (a dose per kilogram, other units) is not.
    """
    every, own = _Stated.of(order, known), _Stated.of(order, for_patient)
    drafted = [each for d in (*order.dosages, *order.partly) for each in (d, *d.steps)]
    for one in drafted:
        found = _far_off(one, every, order) or _above(one, own, every)
        if found:
            return found
    return _above_together(order, drafted, own, every)


@dataclass(frozen=True, slots=True)
class _Stated:
    """Dosages of a drug: of the `very` substance that is drafted, and of all forms of it."""

    very: tuple[Dosage, ...]
    forms: tuple[Dosage, ...]

    @classmethod
    def of(cls, order: Order, others: Iterable[Order]) -> Self:
        """The dosages of others that are of what an order is for.

        Two salts of one substance count beside each other only where nothing nearer is stated.
        """
        listed = list(others)
        very = [o for o in listed if set(o.substances) & set(order.substances)]
        forms = [o for o in listed if order.names(o)]
        forms = forms or [o for o in listed if same_substance(o, order)]
        return cls(
            tuple(d for o in very or forms for d in o.dosages),
            tuple(d for o in forms for d in o.dosages),
        )


def ceiling_in(description: str) -> Order | None:
    """The maxima that an action states in words, as an order of the drug that it names."""
    most = tuple(d for d in doses_in(description) if d.role is DosageRole.MAXIMUM)
    named = tuple(f.name for f in find_substances(description)) if most else ()
    return Order(named[0], named, most) if named else None


def ceilings_a_day(known: Iterable[Order]) -> dict[str, Decimal]:
    """The highest maximum a day that is stated for each substance, in micrograms."""
    found: dict[str, Decimal] = {}
    for order in known:
        for amount, unit, daily in (c for d in order.dosages for c in _ceilings(d)):
            for substance in map(base_of, order.substances) if daily and unit == "ug" else ():
                found[substance] = max(amount, found.get(substance, amount))
    return found


def same_substance(one: Order, other: Order) -> bool:
    """Whether two orders are of one substance, salts and derivatives being one."""
    return bool({base_of(s) for s in one.substances} & {base_of(s) for s in other.substances})


def _far_off(drafted: Dosage, stated: _Stated, order: Order) -> Finding | None:
    mine = _amount(drafted)
    if mine is None:
        return None
    compared = _amounts(stated.very, drafted, mine[2])
    if compared:
        return _off_by_ten(drafted, mine, compared)
    # Of another form or by another route a dose may well be lower ("10 micrograms in a tablet"),
    # and never is ten times as much as all of them.
    compared, least = _amounts(stated.forms, drafted, mine[2]), FACTOR
    if not compared and not _is_of_its_strength(drafted, order):
        compared, least = _amounts(stated.forms, None, mine[2]), BY_ANOTHER_ROUTE
    found = _off_by_ten(drafted, mine, compared)
    if found is None or found.slip is not Slip.FAR_ABOVE or not found.factor:
        return None
    return found if found.factor >= least else None


_Compared = Sequence[tuple[Dosage, tuple[Decimal, Decimal]]]


def _amounts(stated: Iterable[Dosage], like: Dosage | None, unit: str) -> _Compared:
    """The doses among those stated in a unit, by the route of another one, with their ends."""
    return [
        (d, amount[:2])
        for d in stated
        if d.role is DosageRole.DOSE
        and (like is None or _comparable(like, d) or _are_injected(like, d))
        and (amount := _amount(d)) is not None
        and amount[2] == unit
    ]


def _off_by_ten(
    drafted: Dosage, mine: tuple[Decimal, Decimal, str], compared: _Compared
) -> Finding | None:
    above = [(mine[0] / high, d) for d, (_, high) in compared if high]
    below = [(low / mine[1], d) for d, (low, _) in compared if mine[1]]
    for slip, ratios in ((Slip.FAR_ABOVE, above), (Slip.FAR_BELOW, below)):
        if ratios and len(ratios) == len(compared):
            factor, nearest = min(ratios, key=lambda ratio: ratio[0])
            if factor >= FACTOR:
                return Finding(slip, drafted, nearest, factor)
    return None


def _is_of_its_strength(drafted: Dosage, order: Order) -> bool:
    """Whether a dose is what the product is sold as: one vial of 5 g is no slip of a unit."""
    mine = _amount(drafted)
    strengths = {s for name in order.products for s in strengths_in(name)}
    return mine is not None and strengths == {(mine[1], mine[2])}


def _above(drafted: Dosage, own: _Stated, every: _Stated) -> Finding | None:
    stated = _ceilings_for(drafted, own, every)
    exceeded = [(c, d) for c, d in stated if _exceeds(drafted, c)]
    # Where sources state several, only what is above all of them is above the maximum.
    if not stated or len(exceeded) < len(stated):
        return None
    return Finding(Slip.ABOVE_MAXIMUM, drafted, _highest(exceeded))


def _above_together(
    order: Order, drafted: Sequence[Dosage], own: _Stated, every: _Stated
) -> Finding | None:
    """What may be taken in a day is above the maximum, though no single dose of it is."""
    if order.most_a_day is None or not drafted:
        return None
    shown = drafted[0]
    day = replace(
        shown, low=order.most_a_day, high=order.most_a_day, unit="mg", per=None, per_time="d",
        frequency=None, duration=None, maximum=None, comparator=None, divided=None, steps=(),
    )  # fmt: skip
    stated = [c for d in drafted for c in _ceilings_for(d, own, every)]
    exceeded = [(c, d) for c, d in stated if c[2] and _exceeds(day, c)]
    if not stated or len(exceeded) < len(stated):
        return None
    return Finding(Slip.ABOVE_MAXIMUM, day, _highest(exceeded))


def is_within_ceiling(drafted: Dosage, order: Order, known: Iterable[Order]) -> bool:
    """Whether maxima are stated for what is ordered, and a dose of it is above none of them."""
    stated = _ceilings_for(drafted, _Stated((), ()), _Stated.of(order, known))
    return bool(stated) and not any(_exceeds(drafted, ceiling) for ceiling, _ in stated)


def _ceilings_for(drafted: Dosage, own: _Stated, every: _Stated) -> list[tuple[Ceiling, Dosage]]:
    """The ceilings for this patient; where there are none, all."""
    for stated in (own.very, own.forms, every.very, every.forms):
        found = [(c, d) for d in stated if _comparable(drafted, d) for c in _ceilings(d)]
        if found:
            return found
    return []


def _highest(exceeded: Sequence[tuple[Ceiling, Dosage]]) -> Dosage:
    return max(exceeded, key=lambda one: one[0][0])[1]


def _ceilings(d: Dosage) -> list[Ceiling]:
    """What a dosage states as most: for a day, or for one dose."""
    found: list[Ceiling] = []
    if d.maximum and not d.maximum.per and d.maximum.per_time in (None, "d"):
        amount, unit = to_base(d.maximum.amount, d.maximum.unit)
        found.append((amount, unit, d.maximum.per_time == "d"))
    bound = d.role is DosageRole.MAXIMUM or d.comparator is Comparator.AT_MOST
    if bound and d.high is not None and d.unit and not d.per:
        day = per_day(d)
        amount, unit = to_base(d.high, d.unit)
        found.append((day[1], day[2], True) if day else (amount, unit, False))
    return found


def _exceeds(drafted: Dosage, ceiling: Ceiling) -> bool:
    most, unit, daily = ceiling
    one = _amount(drafted)
    day = per_day(drafted) if daily else None
    said = [found[1:] for found in (one, day) if found is not None]
    highest = max((amount for amount, base in said if base == unit), default=Decimal(0))
    bound = drafted.maximum
    if daily and bound and bound.per_time == "d" and not bound.per:
        # "1 g every 4 hours as needed, at most 2 g a day" is 2 g.
        amount, base = to_base(bound.amount, bound.unit)
        if base == unit:
            highest = min(highest, amount)
    return highest > most


def _comparable(drafted: Dosage, stated: Dosage) -> bool:
    """Whether two dosages are by one route, as far as both say."""
    mine = set(drafted.routes or filter(None, (drafted.route,)))
    theirs = set(stated.routes or filter(None, (stated.route,)))
    return not mine or not theirs or bool(mine & theirs)


def _are_injected(one: Dosage, other: Dosage) -> bool:
    """Whether both go below the skin or into a muscle, where doses are alike."""
    return all(bool(_INJECTED & {d.route, *d.routes}) for d in (one, other))


def _amount(d: Dosage) -> tuple[Decimal, Decimal, str] | None:
    """One dose, lowest and highest, in the base unit; None for one per kilogram or a rate."""
    if d.low is None or d.unit is None or d.per or d.per_time:
        return None
    low, unit = to_base(d.low, d.unit)
    return low, to_base(d.high if d.high is not None else d.low, d.unit)[0], unit
