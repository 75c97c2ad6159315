"""Quantities with a unit: converted by UCUM before they are compared.

A comparison answers true, false, or None where it cannot be told: dimensions that do not agree,
a unit that is not known, months against days where it depends on the month, a value that is only
bounded ("<5 mg/L").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.ucum import Unit, parse_unit

UCUM = "http://unitsofmeasure.org"
CALENDAR = {
    "year": "a", "years": "a", "month": "mo", "months": "mo", "week": "wk", "weeks": "wk",
    "day": "d", "days": "d", "hour": "h", "hours": "h", "minute": "min", "minutes": "min",
    "second": "s", "seconds": "s", "millisecond": "ms", "milliseconds": "ms",
}  # fmt: skip
"""FHIRPath's words for durations, with the UCUM unit of each."""

_DIGITS = 400  # more than any measurement has, before or after the point
_MONTHS, _SECONDS = (("mo", 1),), (("s", 1),)
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` of a `unit`: a UCUM code or one of FHIRPath's words for durations.

    `comparator` is FHIR's ("<", "<=", ">=", ">"): the true value lies on that side.
    """

    value: Decimal
    unit: str
    comparator: str = ""

    @classmethod
    def from_fhir(cls, data: Mapping[str, Any]) -> Quantity | None:
        """From a FHIR Quantity, Age, Duration...; None where it has no value."""
        value = data.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return None
        system = data.get("system")
        unit = data.get("code") if system in (UCUM, None) else None
        unit = unit or ("" if system not in (UCUM, None) else data.get("unit")) or ""
        number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
        return cls(number, str(unit) if unit or system else "1", str(data.get("comparator", "")))

    def to_fhir(self) -> dict[str, Any]:
        """A FHIR Quantity."""
        code = CALENDAR.get(self.unit, self.unit)
        value = int(self.value) if self.value == self.value.to_integral_value() else self.value
        result: dict[str, Any] = {"value": value}
        if self.comparator:
            result["comparator"] = self.comparator
        return {**result, "unit": self.unit, "system": UCUM, "code": code}

    @property
    def parsed(self) -> Unit | None:
        """The unit in base units; None where it is not known."""
        return parse_unit(CALENDAR.get(self.unit, self.unit))

    def __str__(self) -> str:
        unit = self.unit if self.unit in CALENDAR else f"'{self.unit}'"
        return f"{self.comparator}{self.value:f} {unit}"


@dataclass(frozen=True, slots=True)
class _Range:
    """Where a value lies, in base units; `None` is without bound, an open end is not reached."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def below(self, other: _Range) -> bool:
        if self.high is None or other.low is None:
            return False
        open_ = self.high_open or other.low_open
        return self.high < other.low or (open_ and self.high == other.low)

    def not_above(self, other: _Range) -> bool:
        return self.high is not None and other.low is not None and self.high <= other.low


def less(a: Quantity, b: Quantity) -> bool | None:
    """Whether a < b."""
    pair = _ranges(a, b)
    if pair is None:
        return None
    x, y = pair
    return True if x.below(y) else False if y.not_above(x) else None


def less_or_equal(a: Quantity, b: Quantity) -> bool | None:
    """Whether a <= b."""
    pair = _ranges(a, b)
    if pair is None:
        return None
    x, y = pair
    return True if x.not_above(y) else False if y.below(x) else None


def equal(a: Quantity, b: Quantity) -> bool | None:
    """Whether a = b."""
    pair = _ranges(a, b)
    if pair is None:
        return None
    x, y = pair
    if x.below(y) or y.below(x):
        return False
    exact = x.low == x.high == y.low == y.high and x.low is not None
    return True if exact else None


def add(a: Quantity, b: Quantity, sign: int = 1) -> Quantity:
    """a + b, or a - b with `sign` -1, in the unit of a.

    Raises `ExpressionError` where their dimensions do not agree.
    """
    x, y = a.parsed, b.parsed
    if x is None or y is None or x.dimension != y.dimension or x.zero or y.zero:
        raise ExpressionError(f"cannot add {a} and {b}")
    _exact(a, b)
    total = Fraction(a.value) + sign * Fraction(b.value) * y.factor / x.factor
    return Quantity(_decimal(total), a.unit)


def multiply(a: Quantity, b: Quantity) -> Quantity:
    """a times b; a plain number is a quantity of unit "1"."""
    _exact(a, b)
    if "1" in (a.unit, b.unit):
        return Quantity(a.value * b.value, b.unit if a.unit == "1" else a.unit)
    return _combined(a, b, Fraction(a.value) * Fraction(b.value), f"({_code(a)}).({_code(b)})")


def divide(a: Quantity, b: Quantity) -> Quantity | None:
    """a by b; None where b is nought."""
    _exact(a, b)
    if not b.value:
        return None
    ratio = Fraction(a.value) / Fraction(b.value)
    x, y = a.parsed, b.parsed
    if x is not None and y is not None and x.dimension == y.dimension and not (x.zero or y.zero):
        return Quantity(_decimal(ratio * x.factor / y.factor), "1")
    if b.unit == "1":
        return Quantity(_decimal(ratio), a.unit)
    return _combined(a, b, ratio, f"({_code(a)})/({_code(b)})")


def convert(a: Quantity, unit: str) -> Quantity | None:
    """The same quantity in another unit; None where there is no way between them."""
    x, y = a.parsed, parse_unit(CALENDAR.get(unit, unit))
    if x is None or y is None or x.dimension != y.dimension:
        return None
    return Quantity(
        _decimal((Fraction(a.value) * x.factor + x.zero - y.zero) / y.factor), unit, a.comparator
    )


def _ranges(a: Quantity, b: Quantity) -> tuple[_Range, _Range] | None:
    x, y = a.parsed, b.parsed
    if x is None or y is None:
        return None
    if x.dimension == y.dimension:
        return _range(a, x), _range(b, y)
    if {x.dimension, y.dimension} == {_MONTHS, _SECONDS}:
        return _in_seconds(a, x), _in_seconds(b, y)
    return None


def _range(a: Quantity, unit: Unit) -> _Range:
    value = Fraction(a.value) * unit.factor + unit.zero
    match a.comparator:
        case "<" | "<=":
            return _Range(None, value, high_open=a.comparator == "<")
        case ">" | ">=":
            return _Range(value, None, low_open=a.comparator == ">")
        case "":
            return _Range(value, value)
    return _Range(None, None)


def _in_seconds(a: Quantity, unit: Unit) -> _Range:
    """A duration in seconds; of months, from the shortest to the longest that it may be."""
    found = _range(a, unit)
    if unit.dimension == _SECONDS:
        return found
    low = None if found.low is None else _days(found.low, 365, 28) * _DAY
    high = None if found.high is None else _days(found.high, 366, 31) * _DAY
    return _Range(low, high, found.low_open, found.high_open)


def _days(months: Fraction, year: int, month: int) -> Fraction:
    if months < 0:
        return -_days(-months, 731 - year, 59 - month)
    years, rest = divmod(months, 12)
    return years * year + rest * month


def _exact(*quantities: Quantity) -> None:
    for quantity in quantities:
        if quantity.comparator:
            raise ExpressionError(f"cannot calculate with a bound ({quantity})")


def _code(a: Quantity) -> str:
    return CALENDAR.get(a.unit, a.unit)


def _combined(a: Quantity, b: Quantity, value: Fraction, code: str) -> Quantity:
    combined = Quantity(_decimal(value), code)
    if any(u is None or u.zero for u in (a.parsed, b.parsed)) or combined.parsed is None:
        raise ExpressionError(f"cannot calculate with {a} and {b}")
    return combined


def in_range(value: int | Decimal | None) -> int | Decimal | None:
    """A number that was calculated. Raises `ArithmeticError` where it is beyond all reason."""
    if isinstance(value, int) and value.bit_length() > 3 * _DIGITS:
        raise OverflowError("beyond what is calculated with")
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > _DIGITS):
        raise OverflowError("beyond what is calculated with")
    return value


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
