"""Does a number lie within the bounds of a criterion? With the reason in plain words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from osler.domain import Criterion

Outcome = tuple[bool | None, str]  # holds?, the reason in plain words


def within_bounds(criterion: Criterion, value: Decimal, name: str) -> Outcome:
    """Say whether a value, called `name` in the reason, lies within a criterion's bounds."""
    label = f"{name} " if name else ""
    compared = value
    if (
        criterion.attribute == "age"
        and criterion.high_inclusive
        and criterion.high == _whole(criterion.high)
    ):
        # "1–4 years" takes in a child until the fifth birthday.
        compared = Decimal(int(value)) if value >= 1 else value
    if criterion.low is not None and (
        value < criterion.low or (value == criterion.low and not criterion.low_inclusive)
    ):
        sign = "<" if value < criterion.low else "="
        return False, f"{label}{show(value)} {sign} {show(criterion.low)}"
    if criterion.high is not None and (
        compared > criterion.high or (compared == criterion.high and not criterion.high_inclusive)
    ):
        sign = ">" if compared > criterion.high else "="
        return False, f"{label}{show(value)} {sign} {show(criterion.high)}"
    return True, f"{label}{_interval(criterion, value)}"


def _interval(criterion: Criterion, value: Decimal) -> str:
    low, high, shown = criterion.low, criterion.high, show(value)
    if low is not None and high is not None:
        return (
            f"{shown} within {show(low)}–{show(high)}" if low != high else f"{shown} = {show(low)}"
        )
    if low is not None:
        return f"{shown} {'≥' if criterion.low_inclusive else '>'} {show(low)}"
    return (
        f"{shown} {'≤' if criterion.high_inclusive else '<'} {show(high)}"
        if high is not None
        else shown
    )


def _whole(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(int(value))


def to_whole(value: Decimal) -> Decimal:
    """Give a value rounded half up to a whole number."""
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def show(value: Decimal) -> str:
    """Give a number in digits, without zeros at its end."""
    return f"{value.normalize():f}"
