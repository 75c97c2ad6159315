"""Whether a draft orders a schedule of the pathway: how much, how often, how long, which product.

Stricter than comparing texts in one way, since a draft that leaves out when a course ends orders
another one, and laxer in others: "every 8 weeks" is every 2 months, Mondays, Wednesdays and
Fridays are three times a week, and a prescription may end before a treatment for life does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from osler.domain.dosage import Comparator, Dosage, Duration, Frequency
from osler.dosage import per_day, to_base
from osler.pathways.hooks.doses import is_within_ceiling
from osler.pathways.hooks.fitting import fits_form, fits_release, says_form
from osler.pathways.hooks.regimens import Regimen
from osler.pathways.orders import Order

Span = tuple[Fraction, Fraction]

# The shortest and the longest that a calendar has, in days.
_DAYS: dict[str, Span] = {
    "s": (Fraction(1, 86400), Fraction(1, 86400)), "min": (Fraction(1, 1440), Fraction(1, 1440)),
    "h": (Fraction(1, 24), Fraction(1, 24)), "d": (Fraction(1), Fraction(1)),
    "wk": (Fraction(7), Fraction(7)), "mo": (Fraction(28), Fraction(31)),
    "a": (Fraction(365), Fraction(366)),
}  # fmt: skip
_WEEK = 7
_MEALS = {"C", "AC", "PC"}  # each of a day's three
_IDLE = frozenset({"a", "an", "are", "be", "further", "has", "is", "more", "the", "there", "until"})


class Difference(StrEnum):
    """In what a drafted dosage differs from a stated one, in the words of a card."""

    AMOUNT = "how much"
    ROUTE = "by which route"
    PRODUCT = "the form of the product"
    TIMING = "how often"
    UNTIMED = "how often is not drafted"
    COURSE = "for how long"
    ENDLESS = "no end of the course is drafted"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an action orders; `title` is its own, which may say the form of the product."""

    order: Order
    title: str = ""


def unlike(
    draft: Order, regimen: Regimen, wanted: Iterable[Wanted], most: Iterable[Order] = ()
) -> tuple[Dosage, ...]:
    """The dosages of a draft that are none of those that are wanted; none where it agrees.

    Loading may go on as maintenance, and what is stepped up, up to the most that is stated for
    this patient. Doses that are taken together are none of those that are wanted by themselves.
    """
    if regimen.together:
        return regimen.dosages
    mine = [(w, d) for w in wanted if draft.names(w.order) for d in w.order.dosages]
    ceilings = list(most)
    return tuple(
        drafted
        for n, drafted in enumerate(regimen.dosages)
        if not any(_is_wanted(draft, drafted, one, stated) for one, stated in mine)
        and not (n and is_within_ceiling(drafted, draft, ceilings))
    )


def differences(
    draft: Order, drafted: Dosage, wanted: Wanted, stated: Dosage
) -> tuple[Difference, ...]:
    """In what a drafted dosage differs from one that is wanted; empty where it is within it."""
    return tuple(_differences(draft, drafted, wanted, stated))


def _is_wanted(draft: Order, drafted: Dosage, wanted: Wanted, stated: Dosage) -> bool:
    return next(_differences(draft, drafted, wanted, stated), None) is None


def _differences(
    draft: Order, drafted: Dosage, wanted: Wanted, stated: Dosage
) -> Iterator[Difference]:
    if not _is_within(drafted, stated):
        yield Difference.AMOUNT
    # Which of tablets and injections a salt is drafted as must be said, to go by what names none.
    told = draft.fulfils(wanted.order) or says_form(draft)
    if not told or not _is_by_route(drafted, stated):
        yield Difference.ROUTE
    if not fits_form(draft, stated) or not fits_release(draft, wanted.order, wanted.title):
        yield Difference.PRODUCT
    yield from _of_timing(drafted, stated)
    yield from _of_course(drafted, stated)


@lru_cache(maxsize=1024)
def interval(f: Frequency) -> Span | None:
    """The shortest and the longest time between two doses, in days; None where it is not known."""
    count, most = f.count, f.count_high or f.count
    if min(count, most) < 1 or min(f.period_low or 0, f.period_high or 0) < 0:
        return None
    if f.weekdays:
        days = len(f.weekdays)
        if f.period_unit == "d":
            return Fraction(7, days * most), Fraction(7, days * count)
        weeks = Fraction(f.period_low or Decimal(1)) if f.period_unit == "wk" else Fraction(1)
        return Fraction(7) * weeks / max(days, most), Fraction(7) * weeks / max(days, count)
    if f.period_unit is None or not f.period_low:
        when = 3 if _MEALS & set(f.when) else len(f.when)
        return (Fraction(1, when), Fraction(1, when)) if when else None
    shortest, longest = _DAYS[f.period_unit]
    if f.period_unit == "d" and f.period_low == 1 and most == 1:
        # Once a day with meals is once; once a day with breakfast and with dinner is twice.
        count = most = len(set(f.when) - _MEALS) or 1
    high = f.period_high or f.period_low
    return shortest * Fraction(f.period_low) / most, longest * Fraction(high) / count


def amount(d: Dosage) -> tuple[Decimal, Decimal, str] | None:
    """One dose, or that of a day where it is given as such, lowest and highest, in base units."""
    if d.low is None or d.unit is None:
        return None
    if d.per_time:
        return per_day(d)
    low, unit = to_base(d.low, d.unit)
    high, _ = to_base(d.high if d.high is not None else d.low, d.unit)
    return low, high, f"{unit}/{d.per}" if d.per else unit


def a_day(d: Dosage) -> tuple[Decimal, Decimal, str] | None:
    """The least and the most of one day, in the base unit; None where it is not known."""
    one, between = amount(d), interval(d.frequency) if d.frequency else None
    if one is None or d.per_time or between is None:
        return per_day(d)
    low, high = (Decimal(n.numerator) / n.denominator for n in (1 / between[1], 1 / between[0]))
    return one[0] * low, one[1] * high, one[2]


def _is_within(drafted: Dosage, stated: Dosage) -> bool:
    if (drafted.per_time is None) == (stated.per_time is None):
        mine, theirs = amount(drafted), amount(stated)
    else:
        mine, theirs = a_day(drafted), a_day(stated)
    if mine is None or theirs is None or mine[2] != theirs[2] or drafted.combined:
        return False
    if drafted.comparator not in (None, Comparator.ABOUT, stated.comparator):
        return False
    return theirs[0] <= mine[0] <= mine[1] <= theirs[1] and _is_bounded(drafted, stated)


def _is_bounded(drafted: Dosage, stated: Dosage) -> bool:
    """Whether what a draft allows as most is no more than what the stated dosage comes to."""
    if drafted.maximum is None:
        return True
    most, unit = to_base(drafted.maximum.amount, drafted.maximum.unit)
    allowed = [found[1] for found in (amount(stated), a_day(stated)) if found]
    if stated.maximum:
        allowed.append(to_base(stated.maximum.amount, stated.maximum.unit)[0])
    same = stated.unit is not None and to_base(Decimal(1), stated.unit)[1] == unit
    return same and bool(allowed) and most <= max(allowed)


def _is_by_route(drafted: Dosage, stated: Dosage) -> bool:
    """A dose for which no route is stated is one by mouth."""
    mine = set(drafted.routes or filter(None, (drafted.route,)))
    theirs = set(stated.routes or filter(None, (stated.route,))) or {"oral"}
    return mine <= theirs


def _of_timing(drafted: Dosage, stated: Dosage) -> list[Difference]:
    said, held = drafted.frequency, stated.frequency
    if held is None or drafted.per_time or stated.per_time:
        return []
    if said is None:
        return [Difference.UNTIMED]
    if said.once:
        return []  # one dose of a schedule; the next is ordered when it is due
    mine, theirs = interval(said), interval(held)
    if mine is None:
        return [Difference.UNTIMED]
    within = theirs is not None and theirs[0] <= mine[0] and mine[1] <= theirs[1]
    doubtful = (said.as_needed and not held.as_needed) or said.on != held.on
    return [Difference.TIMING] if doubtful or not within else []


def _of_course(drafted: Dosage, stated: Dosage) -> list[Difference]:
    said, held = drafted.duration, stated.duration
    if held is None or held.for_life or (drafted.frequency and drafted.frequency.once):
        return []
    if said is None or said.for_life:
        return [Difference.ENDLESS]
    if held.until is not None:
        # A prescription may be for a part of a course that goes on until something is reached.
        same = said.until is None or _words(said.until) == _words(held.until)
    elif said.until is not None:
        same = False
    else:
        same = _is_as_long(said, drafted.frequency, held, stated.frequency)
    return [] if same else [Difference.COURSE]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.lower())) - _IDLE


def _is_as_long(
    said: Duration, mine: Frequency | None, held: Duration, theirs: Frequency | None
) -> bool:
    """Whether a course is within a stated one, in days or in doses.

    One dose more is no other course, and one day more none of a week or longer: of a period it is
    not said whether its last day counts.
    """
    days, other = _in_days(said), _in_days(held)
    if days and other:
        grace = 1 if other[0] >= _WEEK else 0
        return other[0] - grace <= days[0] and days[1] <= other[1] + grace
    doses, stated = _in_doses(said, mine), _in_doses(held, theirs)
    if doses is None or stated is None:
        return False
    return stated[0] - 1 <= doses[0] and doses[1] <= stated[1] + 1


def _in_days(d: Duration) -> Span | None:
    if d.low is None or d.unit not in _DAYS:
        return None
    shortest, longest = _DAYS[d.unit]
    high = d.high if d.high is not None else d.low
    return shortest * Fraction(d.low), longest * Fraction(high)


def _in_doses(d: Duration, f: Frequency | None) -> Span | None:
    if d.low is not None and d.unit == "{dose}":
        return Fraction(d.low), Fraction(d.high if d.high is not None else d.low)
    days, between = _in_days(d), interval(f) if f else None
    if days is None or between is None:
        return None
    return days[0] / between[1], days[1] / between[0]


def lowest(dosages: Sequence[Dosage]) -> tuple[Decimal, str] | None:
    """The least that any of these comes to in a day; None where that is not known of each."""
    found = [a_day(d) for d in dosages]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found) or len({unit for _, _, unit in known}) > 1:
        return None
    return min(low for low, _, _ in known), known[0][2]
