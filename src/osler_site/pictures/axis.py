"""One axis for all doses of a picture: from zero, or logarithmic where they lie far apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

_FAR_APART = 20
_STEPS = (Fraction(1), Fraction(2), Fraction(5))


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high`, both of them ticks."""

    log: bool
    low: Fraction
    high: Fraction
    ticks: tuple[Fraction, ...]

    def place(self, value: Fraction) -> float:
        """Where a value stands, from 0 at `low` to 1 at `high`."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return float((value - self.low) / (self.high - self.low))


def axis_for(values: Sequence[Fraction]) -> Axis:
    """The axis for these values, all above zero."""
    least, most = min(values), max(values)
    if most > least * _FAR_APART:
        return _log(least, most)
    step = _round_up(most / 5)
    count = math.ceil(most / step)
    return Axis(False, Fraction(0), step * count, tuple(step * i for i in range(count + 1)))


def _log(least: Fraction, most: Fraction) -> Axis:
    ticks = [_round_down(least)]
    while ticks[-1] < most:
        ticks.append(_next(ticks[-1]))
    inner = ticks[1:-1]
    if len(ticks) > 6:
        inner = [t for t in inner if _leading(t) == 1]
    return Axis(True, ticks[0], ticks[-1], (ticks[0], *inner, ticks[-1]))


def _power(value: Fraction) -> Fraction:
    """The power of ten at or below a value, without the errors of a float."""
    power = Fraction(10) ** (len(str(math.floor(value))) - 1 if value >= 1 else -1)
    while power > value:
        power /= 10
    return power


def _leading(value: Fraction) -> Fraction:
    return value / _power(value)


def _round_down(value: Fraction) -> Fraction:
    power = _power(value)
    return max(step * power for step in _STEPS if step * power <= value)


def _round_up(value: Fraction) -> Fraction:
    down = _round_down(value)
    return down if down == value else _next(down)


def _next(value: Fraction) -> Fraction:
    power = _power(value)
    following = [s * power for s in _STEPS if s * power > value]
    return following[0] if following else power * 10
