"""How much in a day, a week or a month: exact arithmetic, in fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from osler.domain import Dosage
from osler.dosage import to_base

# A month is a twelfth of 365.25 days.
_DAYS = {
    "min": Fraction(1, 1440),
    "h": Fraction(1, 24),
    "d": Fraction(1),
    "wk": Fraction(7),
    "mo": Fraction(1461, 48),
    "a": Fraction(1461, 4),
}
TIMES = {"d": "day", "wk": "week", "mo": "month"}
Rate = tuple[Fraction, Fraction]


def days(count: Decimal | Fraction, unit: str) -> Fraction | None:
    """A length of time in days; None for a unit that is not one of time."""
    length = _DAYS.get(unit)
    return None if length is None else Fraction(count) * length


def longest_interval(d: Dosage) -> Fraction | None:
    """The longest time in days from one dose to the next; None where it is not stated."""
    if d.per_time:
        return days(Decimal(1), d.per_time)
    f = d.frequency
    if f is None or f.once or f.period_unit is None or not f.period_low or f.count < 1:
        return None
    longest = days(f.period_high or f.period_low, f.period_unit)
    return None if longest is None else longest / f.count


def rate(d: Dosage, time: str) -> Rate | None:
    """The least and the most in one `time` ("d", "wk", "mo"), in the base unit.

    From the low amount at the longest interval to the high amount at the shortest, and never
    more than a count ("up to 4 times a day") or a ceiling that the dosage itself states.
    """
    if d.low is None or d.high is None or d.unit is None:
        return None
    low, high = (Fraction(to_base(n, d.unit)[0]) for n in (d.low, d.high))
    length = _DAYS[time]
    if d.per_time:
        total = days(Decimal(1), d.per_time)
        return None if total is None else (low * length / total, high * length / total)
    f, longest = d.frequency, longest_interval(d)
    if f is None or longest is None or f.period_low is None or f.period_unit is None:
        return None
    shortest = days(f.period_low, f.period_unit)
    if not shortest:
        return None
    least = low * length / longest
    most = high * (f.count_high or f.count) * length / shortest
    for cap in (_by_count(d, high, length), _by_ceiling(d, length)):
        if cap is not None:
            most = min(most, cap)
    return (min(least, most), most)


def _by_count(d: Dosage, high: Fraction, length: Fraction) -> Fraction | None:
    f = d.frequency
    if f is None or not f.most or not f.most_unit:
        return None
    within = days(Decimal(1), f.most_unit)
    return None if within is None else high * f.most * length / within


def _by_ceiling(d: Dosage, length: Fraction) -> Fraction | None:
    m = d.maximum
    if m is None or not m.per_time or m.per != d.per or d.unit is None:
        return None
    amount, unit = to_base(m.amount, m.unit)
    within = days(Decimal(1), m.per_time)
    if within is None or unit != to_base(Decimal(1), d.unit)[1]:
        return None
    return Fraction(amount) * length / within
