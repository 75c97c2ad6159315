"""A drafted dose beside the doses of a pathway: ten times off, or above what is stated as most.

A microgram written as a milligram is a thousand times off; most slips of a decimal point are
ten. What differs by less than that is for the pathway itself to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from osler.domain.dosage import Comparator, Dosage, DosageRole
from osler.dosage import per_day, to_base
from osler.pathways.orders import Order
from osler.statements.substances import base_of

FACTOR = 10


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

    `known` are all orders that the pathway can make, `for_patient` those that it makes for this
    patient. A dose is ten times off where no dose of the pathway by this route is nearer; it is
    above the maximum that is stated for this patient, or where none is, above every one that is
    stated. What cannot be compared (a dose per kilogram, other units, another route) is not.
    """
    every, own = _of_substance(order, known), _of_substance(order, for_patient)
    for drafted in order.dosages:
        found = _far_off(drafted, every) or _above(drafted, own, every)
        if found:
            return found
    return None


def same_substance(one: Order, other: Order) -> bool:
    """Whether two orders are of one substance, salts and derivatives being one."""
    return bool({base_of(s) for s in one.substances} & {base_of(s) for s in other.substances})


def _of_substance(order: Order, others: Iterable[Order]) -> list[Dosage]:
    """The dosages of this very substance; where there are none, of forms of it."""
    listed = list(others)
    very = [o for o in listed if set(o.substances) & set(order.substances)]
    return [d for o in very or [o for o in listed if same_substance(o, order)] for d in o.dosages]


def _far_off(drafted: Dosage, stated: Sequence[Dosage]) -> Finding | None:
    mine = _amount(drafted)
    compared = [
        (d, amount)
        for d in stated
        if d.role is DosageRole.DOSE and _comparable(drafted, d) and (amount := _amount(d))
    ]
    if mine is None or not compared:
        return None
    compared = [(d, a) for d, a in compared if a[2] == mine[2]]
    above = [(mine[0] / high, d) for d, (_, high, _unit) in compared if high]
    below = [(low / mine[1], d) for d, (low, _, _unit) in compared if mine[1]]
    for slip, ratios in ((Slip.FAR_ABOVE, above), (Slip.FAR_BELOW, below)):
        if ratios and len(ratios) == len(compared):
            factor, nearest = min(ratios, key=lambda ratio: ratio[0])
            if factor >= FACTOR:
                return Finding(slip, drafted, nearest, factor)
    return None


def _above(
    drafted: Dosage, for_patient: Sequence[Dosage], every: Sequence[Dosage]
) -> Finding | None:
    own = [d for d in for_patient if _comparable(drafted, d) and _ceilings(d)]
    stated = own or [d for d in every if _comparable(drafted, d) and _ceilings(d)]
    exceeded = [d for d in stated if any(_exceeds(drafted, c) for c in _ceilings(d))]
    # Where sources state several, only what is above all of them is above the maximum.
    if not stated or len(exceeded) < len(stated):
        return None
    return Finding(Slip.ABOVE_MAXIMUM, drafted, exceeded[0])


Ceiling = tuple[Decimal, str, bool]  # amount, base unit, whether for a day


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
    if one is None or one[2] != unit:
        return False
    day = per_day(drafted) if daily else None
    return (day[1] if day else one[1]) > most


def _comparable(drafted: Dosage, stated: Dosage) -> bool:
    """Whether two dosages are by one route, as far as both say."""
    mine = set(drafted.routes or filter(None, (drafted.route,)))
    theirs = set(stated.routes or filter(None, (stated.route,)))
    return not mine or not theirs or bool(mine & theirs)


def _amount(d: Dosage) -> tuple[Decimal, Decimal, str] | None:
    """One dose, lowest and highest, in the base unit; None for one per kilogram or a rate."""
    if d.low is None or d.unit is None or d.per or d.per_time:
        return None
    low, unit = to_base(d.low, d.unit)
    return low, to_base(d.high if d.high is not None else d.low, d.unit)[0], unit
