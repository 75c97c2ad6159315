"""Canonical tokens: two texts that say the same have the same keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a token says; all but `WORD`, `NEUTRAL` and `MARK` must agree one by one."""

    QUANTITY = "quantity"  # a number with a unit, or alone
    RATE = "rate"  # how often
    TIMING = "timing"  # when
    ROUTE = "route"
    STAGE = "stage"  # of life
    PREGNANCY = "pregnancy"
    LACTATION = "lactation"
    RENAL = "renal"
    HEPATIC = "hepatic"
    SEX = "sex"
    SEVERITY = "severity"
    ABSORPTION = "absorption"  # from the gut: impaired or normal
    SUBSTANCE = "substance"
    NEGATION = "negation"
    DIRECTION = "direction"
    WORD = "word"
    NEUTRAL = "neutral"
    MARK = "mark"  # punctuation that ends a clause or a line


GROUP_KINDS = frozenset(
    {
        Kind.STAGE,
        Kind.PREGNANCY,
        Kind.LACTATION,
        Kind.RENAL,
        Kind.HEPATIC,
        Kind.SEX,
        Kind.SEVERITY,
        Kind.ABSORPTION,
    }
)


# Directions that a claim may add where nothing says the opposite: to start, to go on, to advise.
FREE_DIRECTIONS = frozenset(("course+", "course=", "advice+", "always+", "bound≤", "bound≥"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """`low`–`high` in base units; `per` are denominators ("kg", "m2", "ml", ...)."""

    low: Decimal
    high: Decimal
    unit: str | None = None
    per: tuple[str, ...] = ()
    comparator: str = ""
    role: str = ""  # "age", "weight", "renal", "for" (a duration), "every", "ordinal", ""


def is_renal(q: Quantity) -> bool:
    """Whether a quantity is a clearance or filtration rate: mL/min."""
    return q.unit == "ml" and "min" in q.per


@dataclass(frozen=True, slots=True)
class Token:
    """One canonical token: `text == read_text[start:end]`."""

    kind: Kind
    key: str
    text: str
    start: int
    end: int
    quantity: Quantity | None = None
    condition: str = ""  # canonical name of the condition or procedure that it is a word of


def number_text(value: Decimal) -> str:
    """A number without trailing zeros or exponent; thirds of an hour rounded."""
    text = f"{value:.6f}"
    return text.rstrip("0").rstrip(".")


_HOURS_IN_A_MONTH = Decimal("730.5")
_LEAST_WEEKS = Decimal(4 * 168)
_ROUNDED = Decimal("0.09")  # four weeks are called a month, twelve weeks three


def are_as_long(one: Quantity, other: Quantity) -> bool:
    """Whether weeks and months say the same time, as people round it."""
    if {one.unit, other.unit} != {"h", "mo"} or one.comparator != other.comparator:
        return False
    hours, months = (one, other) if one.unit == "h" else (other, one)
    return hours.low >= _LEAST_WEEKS and all(
        abs(h - m * _HOURS_IN_A_MONTH) <= _ROUNDED * h
        for h, m in ((hours.low, months.low), (hours.high, months.high))
    )


def in_months(q: Quantity) -> Quantity:
    """A time in hours as one in months."""
    if q.unit != "h":
        return q
    low, high = q.low / _HOURS_IN_A_MONTH, q.high / _HOURS_IN_A_MONTH
    return replace(q, low=low, high=high, unit="mo")


def rate_of(key: str) -> Quantity:
    """The interval between doses that the key of a rate tells."""
    value, unit = key.split()
    low, _, high = value.partition("–")
    return Quantity(Decimal(low), Decimal(high or low), unit)


def rate_key(q: Quantity) -> str:
    """The key of the rate whose interval between doses a time is."""
    value = number_text(q.low) if q.low == q.high else f"{number_text(q.low)}–{number_text(q.high)}"
    return f"{value} {q.unit}"


def quantity_key(q: Quantity) -> str:
    """What two quantities have in common that say the same, "about" left aside."""
    value = number_text(q.low) if q.low == q.high else f"{number_text(q.low)}–{number_text(q.high)}"
    unit = f" {q.unit}" if q.unit else ""
    per = "".join(f"/{name}" for name in q.per)
    return f"{q.comparator.replace('~', '')}{value}{unit}{per}"
