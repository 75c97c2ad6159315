"""Whether an answer states an expected dose: amount, unit, route and frequency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from osler.domain import Dosage, DosageRole, Frequency
from osler.dosage import find_frequencies, find_routes, parse_dosages, to_base
from osler.dosage.timing import by_part_of_day
from osler.evaluation.questions import ExpectedDose

# UCUM codes that a writer of questions may use, as the grammar of dosages reads them.
_UCUM = (("[iU]", "IU"), ("[drp]", "drops"), ("[puff]", "puffs"), ("[tsp_us]", "teaspoons"))
_HOURS = {
    "s": Decimal(1) / 3600,
    "min": Decimal(1) / 60,
    "h": Decimal(1),
    "d": Decimal(24),
    "wk": Decimal(168),
    "mo": Decimal(720),
    "a": Decimal(8760),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """In which fields a stated dosage is the expected one."""

    amount: bool  # amount, unit and body-size divisor
    route: bool
    frequency: bool

    @property
    def complete(self) -> bool:
        """Whether it is the expected one in all of them."""
        return self.amount and self.route and self.frequency


def agreement(expected: ExpectedDose, stated: Dosage) -> Agreement:
    """Compare field by field; what is not expected, or not stated, does not disagree."""
    return Agreement(
        amount=_amount_agrees(expected, stated),
        route=_route_agrees(expected, stated),
        frequency=_frequency_agrees(expected, stated),
    )


def states_range(expected: ExpectedDose, claim: tuple[Dosage, ...]) -> bool:
    """Whether a claim gives both ends of a range apart ("50 mg/kg, up to 80 mg/kg if severe")."""
    if expected.low is None or expected.high is None or expected.low == expected.high:
        return False
    ends = (
        expected.model_copy(update={"high": expected.low}),
        expected.model_copy(update={"low": expected.high}),
    )
    return all(any(states(end, d) for d in claim) for end in ends)


def states(expected: ExpectedDose, stated: Dosage) -> bool:
    """Whether one stated dosage is the expected one in everything that is expected."""
    return agreement(expected, stated).complete


def _amount_agrees(expected: ExpectedDose, stated: Dosage) -> bool:
    wanted = _expected_amount(expected)
    if wanted is None or stated.unit is None:
        return False
    low, high, unit, per = wanted
    if per != stated.per:
        return False
    amounts = [(stated.low, stated.high or stated.low, stated.unit)]
    if stated.maximum is not None:
        amounts.append((stated.maximum.amount, stated.maximum.amount, stated.maximum.unit))
    for got_low, got_high, got_unit in amounts:
        if got_high is None:
            continue
        highest, base = to_base(got_high, got_unit)
        lowest = to_base(got_low, got_unit)[0] if got_low is not None else highest
        if _alike(base, unit) and highest == high and (low is None or lowest == low):
            return True
    return False


def _alike(a: str, b: str) -> bool:
    """The same unit; questions write "units" for international units."""
    return a == b or {a, b} == {"U", "[iU]"}


def _expected_amount(
    expected: ExpectedDose,
) -> tuple[Decimal | None, Decimal, str, str | None] | None:
    """Low, high, base unit and body-size divisor of an expected dose."""
    unit = expected.unit or ""
    for code, word in _UCUM:
        unit = unit.replace(code, word)
    highest = expected.high if expected.high is not None else expected.low
    # Read together with its number: "9 MIU" is nine million.
    high = next(iter(parse_dosages(f"{highest} {unit}")), None)
    if high is None or high.unit is None or high.low is None:
        return None
    base_high, base = to_base(high.low, high.unit)
    low = None
    if expected.low is not None:
        (lowest,) = parse_dosages(f"{expected.low} {unit}")
        if lowest.low is None or lowest.unit is None:
            return None
        low = to_base(lowest.low, lowest.unit)[0]
    return low, base_high, base, high.per


def _route_agrees(expected: ExpectedDose, stated: Dosage) -> bool:
    if not expected.route:
        return True
    wanted = {found.value for found in find_routes(expected.route)}
    if not wanted:
        return True
    given = {stated.route, *stated.routes} - {None}
    return bool(wanted & given) or not given


def _frequency_agrees(expected: ExpectedDose, stated: Dosage) -> bool:
    if not expected.frequency or stated.role is DosageRole.MAXIMUM:
        return True
    wanted = [by_part_of_day(f.value) for f in find_frequencies(expected.frequency)]
    if not wanted:
        return True
    if stated.frequency is None:
        # A source that names no frequency ("high intensity means 40-80 mg") is not wrong.
        return stated.per_time is None or _same_rate(
            wanted[0], Frequency(1, None, Decimal(1), Decimal(1), stated.per_time)
        )
    return _same_rate(wanted[0], by_part_of_day(stated.frequency))


def _same_rate(a: Frequency, b: Frequency) -> bool:
    if _is_once(a) or _is_once(b):
        return _is_once(a) == _is_once(b)
    return _rate(a) == _rate(b)


def _is_once(f: Frequency) -> bool:
    """A single dose, or one "on the first day"."""
    return f.once or (len(f.on) == 1 and f.period_unit is None)


def _rate(f: Frequency) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest number of doses a day."""
    if f.period_low is None or f.period_unit is None:
        return None
    hours = _HOURS[f.period_unit]
    low = Decimal(f.count) * 24 / ((f.period_high or f.period_low) * hours)
    high = Decimal(f.count_high or f.count) * 24 / (f.period_low * hours)
    return round(low, 6), round(high, 6)
