"""How often: every way of writing it becomes the interval between doses."""

from __future__ import annotations

from decimal import Decimal

from osler.checking.lexemes import DASHES
from osler.checking.numbers import ORDINALS, read_range
from osler.checking.tokens import Kind, number_text
from osler.checking.words import TIME_UNITS, Words
from osler.patterns import lazy

SPAN_WORDS = {"for", "within", "after", "over", "about", "last", "only"}
LATER = frozenset(("afterwards", "afterward", "later", "after", "apart"))
EVERY = {"every", "each", "q"}
_TIMES = {"times", "time", "x", "×", "doses", "dose"}
_APPORTIONED = frozenset(("divided", "equal", "equally", "separate", "split"))
COUNTS = {"once": 1, "twice": 2, "thrice": 3}
PERIODS = {
    "daily": ("h", Decimal(24)),
    "weekly": ("h", Decimal(168)),
    "fortnightly": ("h", Decimal(336)),
    "monthly": ("mo", Decimal(1)),
    "yearly": ("mo", Decimal(12)),
    "annually": ("mo", Decimal(12)),
    "hourly": ("h", Decimal(1)),
    "nightly": ("h", Decimal(24)),
}
_Q_HOURS = lazy(r"q(\d+)h?$")


class Rates(Words):
    """Reads rates: intervals in hours or months."""

    def _rate_key(self, first: int, stop: int, low: Decimal, high: Decimal, base: str) -> int:
        key = (
            f"{number_text(low)}–{number_text(high)} {base}"
            if low != high
            else f"{number_text(low)} {base}"
        )
        return self._add(Kind.RATE, key, first, stop)

    def _rate(self, position: int) -> int | None:
        """How often, as the interval between doses in hours or months."""
        word = self._word(position)
        if word in EVERY:
            return self._every(position, position + 1)
        if word in ("in", "as", "into") and (divided := self._divided(position)):
            return divided
        if word in ("interval", "intervals") and self._word(position + 1) == "of":
            return self._every(position, position + 2)
        shorthand = _Q_HOURS.match(word)
        if shorthand:
            hours = Decimal(shorthand.group(1))
            stop = position + 1
            if self._word(stop) in ("h", "hourly", "hours"):
                stop += 1
            return self._rate_key(position, stop, hours, hours, "h")
        count = self._count(position)
        if count:
            low, high, after = count
            after = self._skip_dash(after)
            spaced = self._spaced(position, after, low, high)
            if spaced:
                return spaced
            stop = after
            is_apart = self._word(stop) in ("hourly", "weekly", "monthly")  # "6-hourly doses"
            if (
                self._word(stop) in PERIODS
                and self._word(stop + 1) in _TIMES
                and low > 0
                and not is_apart
            ):
                base, length = PERIODS[self._word(stop)]  # "two daily doses"
                return self._rate_key(position, stop + 2, length / high, length / low, base)
            if self._word(stop) in _TIMES:
                stop += 1
            elif word not in COUNTS:
                return None
            if self._word(stop) == "over":
                stop += 1
            period = self._counted_period(stop)
            if period:
                base, length, end = period
                if low <= 0:
                    return None
                return self._rate_key(position, end, length / high, length / low, base)
            return None
        if word in ("a", "an", "per", "/") and self._word(position - 1) not in SPAN_WORDS:
            unit = self._period(position + 1)
            if (
                unit
                and unit[1] in (1, 12, 24, 168)
                and self._word(unit[2]) not in LATER
                and self._is_rated(position)
            ):
                return self._rate_key(position, unit[2], unit[1], unit[1], unit[0])
        if word in PERIODS:
            base, length = PERIODS[word]
            stop = position + 1
            if self._word(stop) in ("once", "only"):
                stop += 1
            return self._rate_key(position, stop, length, length, base)
        return None

    def _spaced(self, first: int, after: int, low: Decimal, high: Decimal) -> int | None:
        """ "6-hourly", "three-monthly", "two-day intervals" after their number."""
        word = self._word(after)
        if self._word(first) in COUNTS or low <= 0:
            return None
        if word in ("hourly", "weekly", "monthly"):
            base, length = PERIODS[word]
            return self._rate_key(first, after + 1, low * length, high * length, base)
        unit = self._unit(after)
        if unit and unit[0] in TIME_UNITS and self._word(unit[2]) in ("interval", "intervals"):
            return self._rate_key(first, unit[2] + 1, low * unit[1], high * unit[1], unit[0])
        return None

    def _divided(self, position: int) -> int | None:
        """ "A day in two or three divided doses": every 8 to 12 hours."""
        if not any(t.kind is Kind.RATE and t.key == "24 h" for t in self.tokens[-6:]):
            return None
        count = self._count(position + 1)
        if count is None or count[0] < 1 or count[1] < 2:
            return None
        low, high, stop = count
        if self._word(stop) == "or":
            other = self._count(stop + 1)
            if other is None:
                return None
            high, stop = other[1], other[2]
        while self._word(stop) in _APPORTIONED:
            stop += 1
        if self._word(stop) not in ("dose", "doses", "portions", "parts"):
            return None
        day = Decimal(24)
        return self._rate_key(position, stop + 1, day / high, day / low, "h")

    def _is_rated(self, position: int) -> bool:
        """Whether an amount stands before "a day", "per day" or "/day"."""
        if self._word(position) == "per":
            return True
        reach = 1 if self._word(position) == "/" else 5
        return any(token.kind is Kind.QUANTITY for token in self.tokens[-reach:])

    def _every(self, first: int, position: int) -> int | None:
        numbers = read_range(self.words, position)
        if numbers:
            low, high, position = numbers
            unit = self._unit(position)
            if unit and unit[0] in TIME_UNITS:
                return self._rate_key(first, unit[2], low * unit[1], high * unit[1], unit[0])
            return None
        count = ORDINALS.get(self._word(position))
        unit = self._unit(position + 1)
        if count and unit and unit[0] in TIME_UNITS:  # "every third day"
            length = unit[1] * count
            return self._rate_key(first, unit[2], length, length, unit[0])
        period = self._period(position)
        if period:
            return self._rate_key(first, period[2], period[1], period[1], period[0])
        return None

    def _count(self, position: int) -> tuple[Decimal, Decimal, int] | None:
        word = self._word(position)
        if word in COUNTS:
            low = high = Decimal(COUNTS[word])
            stop = position + 1
            if self._word(stop) in ("or", "to", *DASHES):
                other = self._count(stop + 1)
                if other and other[1] > low:
                    return low, other[1], other[2]
            return low, high, stop
        numbers = read_range(self.words, position)
        if numbers and self._word(numbers[2]) == "or":
            other_range = read_range(self.words, numbers[2] + 1)
            if other_range and self._word(other_range[2]) in _TIMES:
                return numbers[0], other_range[1], other_range[2]
        return numbers

    def _counted_period(self, position: int) -> tuple[str, Decimal, int] | None:
        word = self._word(position)
        if word in PERIODS:
            return (*PERIODS[word], position + 1)
        if word in ("a", "an", "per", "/", "each", "every", "in"):
            if word == "in" and self._word(position + 1) in ("any", "each", "a", "every"):
                position += 1
            numbers = read_range(self.words, position + 1)
            if numbers and numbers[0] == numbers[1]:
                unit = self._unit(numbers[2])
                if unit and unit[0] in TIME_UNITS:
                    return unit[0], unit[1] * numbers[0], unit[2]
            return self._period(position + 1) if self._word(position) != "in" else None
        return None
