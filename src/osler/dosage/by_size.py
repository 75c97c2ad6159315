"""A dose per kg or m² for a patient of a known size: exact arithmetic, stated maxima applied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction

from osler.domain.dosage import Comparator, Dosage, Frequency
from osler.dosage.units import to_base
from osler.dosage.wording import format_amount, format_frequency, format_number

_TIMES = {"min": "a minute", "h": "an hour", "d": "a day", "wk": "a week", "dose": "a dose"}
_SLASHED = {"min": "/min", "h": "/hour", "d": "/day", "wk": "/week"}
_SIZES = {"kg": "kg", "m2": "m²"}
_COMPARED = {
    Comparator.LESS: "less than ",
    Comparator.AT_MOST: "up to ",
    Comparator.GREATER: "more than ",
    Comparator.AT_LEAST: "at least ",
    Comparator.ABOUT: "about ",
}
_EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A stated maximum: `amount` `unit` (UCUM), of `basis`: "dose", "d", "wk", "h" or "min".

    `per` is "kg" or "m2" where it grows with the patient. A `basis` of None is a maximum of
    whatever amount it stands beside.
    """

    amount: Decimal
    unit: str
    per: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """A dose for a patient in words: `formula` is the rule times the size, `result` the dose.

    `inputs` hold what else went in: the number of doses a day, the maxima.
    """

    formula: str
    inputs: dict[str, str]
    result: str


@dataclass(frozen=True, slots=True)
class _Given:
    """Amounts in one unit: of each dose, or in total for `time` in `doses` doses."""

    low: Fraction
    high: Fraction
    unit: str
    time: str | None
    doses: tuple[int, int] | None
    how: str  # how often a single dose is given, in words
    compared: str

    @property
    def each(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest single dose of a total."""
        if self.doses is None or self.time is None:
            return None
        return self.low / self.doses[1], self.high / self.doses[0]

    def held_to(self, limit: Fraction) -> _Given:
        return replace(self, low=min(self.low, limit), high=min(self.high, limit))


def work_out(dosage: Dosage, size: Decimal, ceilings: tuple[Ceiling, ...] = ()) -> Worked | None:
    """Work out a dosage per kg (or m²) for a patient of `size` kg (or m²), unrounded.

    Totals for a day are divided where the dosage says into how many doses. Each ceiling in a
    unit of the same dimension is applied and named. None where the dosage is not by size.
    """
    if dosage.per not in _SIZES or dosage.low is None or dosage.unit is None or dosage.combined:
        return None
    high = dosage.high if dosage.high is not None else dosage.low
    rule = format_amount(dosage.low, high, dosage.unit)
    compared = _COMPARED[dosage.comparator] if dosage.comparator else ""
    time = _SLASHED.get(dosage.per_time, "") if dosage.per_time else ""
    if dosage.per_time and not time:
        return None
    per = _SIZES[dosage.per]
    formula = f"{compared}{rule}/{per}{time} × {format_number(size)} {per}"
    total = dosage.per_time in ("d", "wk")
    given = _Given(
        low=Fraction(dosage.low) * Fraction(size),
        high=Fraction(high) * Fraction(size),
        unit=dosage.unit,
        time=dosage.per_time,
        doses=_doses(dosage) if total else None,
        how="" if total or dosage.frequency is None else format_frequency(dosage.frequency),
        compared=compared,
    )
    inputs: dict[str, str] = {}
    if given.doses is not None:
        unit = "a day" if given.time == "d" else "a week"
        inputs[f"doses {unit}"] = _counted(given.doses)
    usable = [c for c in ceilings if c.per in (None, dosage.per) and _limit(c, size, given)]
    for ceiling in usable:
        name = f"maximum {_TIMES[ceiling.basis]}" if ceiling.basis else "maximum"
        stated = format_amount(ceiling.amount, ceiling.amount, ceiling.unit)
        if ceiling.per:
            name, stated = f"{name} by size", f"{stated}/{_SIZES[ceiling.per]}"
        inputs.setdefault(name, stated)
    return Worked(formula, inputs, _result(given, usable, size))


def _result(given: _Given, ceilings: list[Ceiling], size: Decimal) -> str:
    applied: list[str] = []
    within: list[str] = []
    final = given
    for ceiling in ceilings:
        limit = _limit(ceiling, size, given)
        words = _words_of(ceiling, limit, given.unit)
        held = _hold(final, ceiling.basis, limit)
        if held is None:
            within.append(f"no more than {words}, the source's maximum")
        elif (held.low, held.high) != (final.low, final.high):
            applied.append(words)
            final = held
        elif ceiling.basis is None or ceiling.basis == (given.time or "dose") or given.each:
            within.append(f"within the source's maximum of {words}")
        else:
            within.append(f"no more than {words}, the source's maximum")
    parts = [_said(given)]
    if len(applied) == 1:
        parts.append(f"the source's maximum of {applied[0]} applies: {_said(final)}")
    elif applied:
        parts.append(f"the source's maxima of {' and '.join(applied)} apply: {_said(final)}")
    return "; ".join([*parts, *within])


def _hold(given: _Given, basis: str | None, limit: Fraction) -> _Given | None:
    """Hold an amount to a limit; None where the limit is on something that is not known."""
    if basis is None or basis == (given.time or "dose"):
        return given.held_to(limit)
    if basis == "dose":
        if given.each is None or given.doses is None:
            return None
        if given.each[1] <= limit:
            return given
        fewest, most = given.doses
        # In three doses it would be too much, in four not: only the limit itself can be said.
        return given.held_to(limit * most) if fewest == most else None
    if given.time is None and basis in ("d", "wk"):
        return given.held_to(limit)  # one dose is no more than a day's
    return None


def _limit(ceiling: Ceiling, size: Decimal, given: _Given) -> Fraction:
    """A ceiling in the unit of the amounts; 0 where it is of another dimension."""
    amount, base = to_base(ceiling.amount, ceiling.unit)
    one, other = to_base(Decimal(1), given.unit)
    if base != other:
        return Fraction(0)
    limit = Fraction(amount) / Fraction(one)
    return limit * Fraction(size) if ceiling.per else limit


def _words_of(ceiling: Ceiling, limit: Fraction, unit: str) -> str:
    words = format_amount(ceiling.amount, ceiling.amount, ceiling.unit)
    time = f" {_TIMES[ceiling.basis]}" if ceiling.basis else ""
    if ceiling.per is None:
        return words + time
    return f"{words}/{_SIZES[ceiling.per]}{time} ({_amount(limit, limit, unit)}{time})"


def _said(given: _Given) -> str:
    amount = given.compared + _amount(given.low, given.high, given.unit)
    if given.time is None:
        return f"{amount} {given.how}".rstrip()
    total = f"{amount} {_TIMES[given.time]}"
    each = given.each
    if each is None or given.doses is None:
        return total
    if given.doses == (1, 1):
        return f"{total}, in one dose"
    return f"{total}, in {_counted(given.doses)} doses: {_amount(*each, given.unit)} each"


def _amount(low: Fraction, high: Fraction, unit: str) -> str:
    exact = [_decimal(low), _decimal(high)]
    if exact[0] is not None and exact[1] is not None:
        return format_amount(exact[0], exact[1], unit)
    # A third has no last decimal: what was divided is beside it, so nothing is lost.
    near = [Decimal(f"{float(v):.2f}" if v >= 1 else f"{float(v):.4g}") for v in (low, high)]
    return f"about {format_amount(near[0], near[1], unit)}"


def _decimal(value: Fraction) -> Decimal | None:
    """The value as a decimal number; None where that never ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _counted(doses: tuple[int, int]) -> str:
    low, high = doses
    return str(low) if low == high else f"{low}–{high}"


def _doses(dosage: Dosage) -> tuple[int, int] | None:
    """Into how many doses a total is divided, as stated or as the interval gives it."""
    if dosage.divided and dosage.divided[0] > 0:
        return dosage.divided
    return doses_a_day(dosage.frequency) if dosage.frequency and dosage.per_time == "d" else None


def doses_a_day(frequency: Frequency) -> tuple[int, int] | None:
    """How many doses a day, least and most; None where a day does not hold a whole number."""
    low, high, unit = frequency.period_low, frequency.period_high, frequency.period_unit
    if low is None or unit not in ("h", "d") or frequency.weekdays:
        return None
    hours = (low, high if high is not None else low)
    if unit == "d":
        hours = (hours[0] * 24, hours[1] * 24)
    if any(h <= 0 or 24 % h for h in hours):
        return None
    most = frequency.count_high or frequency.count
    return frequency.count * int(24 // hours[1]), most * int(24 // hours[0])
