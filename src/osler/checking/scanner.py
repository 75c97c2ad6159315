"""One pass over the words of a text: rates, quantities, concepts, and what is left.

This reads with word lists and a few patterns of its own, and not with the dosage grammar:
whatever that grammar does not understand must still agree literally here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from osler.checking import lexicon
from osler.checking.comparators import AFTER, BEFORE, FIRST_WORDS, LONGEST, SIGNS
from osler.checking.lexemes import DASHES, lex
from osler.checking.numbers import NUMBER_WORDS, read_number, read_range
from osler.checking.tokens import Kind, Quantity, Token, number_text, quantity_key
from osler.patterns import lazy

_TIME_UNITS = {"h", "mo"}
_SPAN_WORDS = {"for", "within", "after", "over", "about", "last", "only"}
_EVERY = {"every", "each", "q"}
_TIMES = {"times", "time", "x", "×", "doses", "dose"}
_COUNTS = {"once": 1, "twice": 2, "thrice": 3}
_PERIODS = {
    "daily": ("h", Decimal(24)),
    "weekly": ("h", Decimal(168)),
    "fortnightly": ("h", Decimal(336)),
    "monthly": ("mo", Decimal(1)),
    "yearly": ("mo", Decimal(12)),
    "annually": ("mo", Decimal(12)),
    "hourly": ("h", Decimal(1)),
    "nightly": ("h", Decimal(24)),
}
_SHORTHAND_PERIODS = {"7": ("h", Decimal(24)), "52": ("h", Decimal(168)), "12": ("mo", Decimal(1))}
_Q_HOURS = lazy(r"q(\d+)h?$")


# Words that a rate or a quantity can begin with; others are not tried.
_MEASURING = (
    FIRST_WORDS
    | NUMBER_WORDS
    | _EVERY
    | set(_COUNTS)
    | set(_PERIODS)
    | {"a", "an", "per", "between"}
)


class Scanner:
    """Reads the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = lex(text)
        self.words = [lexeme.text for lexeme in self.lexemes]
        self.tokens: list[Token] = []

    def read(self) -> tuple[Token, ...]:
        """The tokens in reading order."""
        position = 0
        while position < len(self.words):
            word = self.words[position]
            measured = not word[0].isalpha() or word in _MEASURING or word[0] == "q"
            position = (
                (measured and (self._rate(position) or self._quantity(position)))
                or self._concept(position)
                or self._rest(position)
            )
        return tuple(self.tokens)

    # -- pieces ------------------------------------------------------------------------------

    def _add(
        self, kind: Kind, key: str, first: int, stop: int, quantity: Quantity | None = None
    ) -> int:
        start, end = self.lexemes[first].start, self.lexemes[stop - 1].end
        self.tokens.append(Token(kind, key, self.text[start:end], start, end, quantity))
        return stop

    def _word(self, position: int) -> str:
        return self.words[position] if 0 <= position < len(self.words) else ""

    def _skip_dash(self, position: int) -> int:
        return position + 1 if self._word(position) in DASHES else position

    def _unit(self, position: int) -> tuple[str, Decimal, int] | None:
        """A unit at `position`: (base, factor, the position after it)."""
        position = self._skip_dash(position)
        table = lexicon.units()
        for length in (2, 1):
            entry = table.get(tuple(self.words[position : position + length]))
            if entry and position + length <= len(self.words):
                return entry[0], entry[1], position + length
        return None

    def _period(self, position: int) -> tuple[str, Decimal, int] | None:
        """A period of time: "day", "6 hours", "2 weeks", "other day"."""
        if self._word(position) in ("other", "second", "alternate"):
            unit = self._unit(position + 1)
            if unit and unit[0] in _TIME_UNITS:
                return unit[0], unit[1] * 2, unit[2]
        unit = self._unit(position)
        if unit and unit[0] in _TIME_UNITS:
            return unit
        word = self._word(position)
        if word in ("night", "morning", "evening"):
            return "h", Decimal(24), position + 1
        if word in ("quarter",):
            return "mo", Decimal(3), position + 1
        return None

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
        if word in _EVERY:
            return self._every(position, position + 1)
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
            if self._word(after) == "hourly":
                return self._rate_key(position, after + 1, low, high, "h")
            stop = after
            if self._word(stop) in _PERIODS and self._word(stop + 1) in _TIMES and low > 0:
                base, length = _PERIODS[self._word(stop)]  # "two daily doses"
                return self._rate_key(position, stop + 2, length / high, length / low, base)
            if self._word(stop) in _TIMES:
                stop += 1
            elif word not in _COUNTS:
                return None
            if self._word(stop) in ("in", "over"):
                stop += 1
            period = self._counted_period(stop)
            if period:
                base, length, end = period
                if low <= 0:
                    return None
                return self._rate_key(position, end, length / high, length / low, base)
            return None
        if word in ("a", "an", "per", "/") and self._word(position - 1) not in _SPAN_WORDS:
            unit = self._period(position + 1)
            if unit and unit[1] in (1, 12, 24, 168) and self._is_rated(position):
                return self._rate_key(position, unit[2], unit[1], unit[1], unit[0])
        if word in _PERIODS:
            base, length = _PERIODS[word]
            stop = position + 1
            if self._word(stop) in ("once", "only"):
                stop += 1
            return self._rate_key(position, stop, length, length, base)
        return None

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
            if unit and unit[0] in _TIME_UNITS:
                return self._rate_key(first, unit[2], low * unit[1], high * unit[1], unit[0])
            return None
        period = self._period(position)
        if period:
            return self._rate_key(first, period[2], period[1], period[1], period[0])
        return None

    def _count(self, position: int) -> tuple[Decimal, Decimal, int] | None:
        word = self._word(position)
        if word in _COUNTS:
            low = high = Decimal(_COUNTS[word])
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
        if word in _PERIODS:
            return (*_PERIODS[word], position + 1)
        if word in ("a", "an", "per", "/", "each", "every", "in"):
            numbers = read_range(self.words, position + 1)
            if numbers and numbers[0] == numbers[1]:
                unit = self._unit(numbers[2])
                if unit and unit[0] in _TIME_UNITS:
                    return unit[0], unit[1] * numbers[0], unit[2]
            return self._period(position + 1)
        return None

    def _comparator_before(self, position: int) -> tuple[str, int] | None:
        if self._word(position) not in FIRST_WORDS:
            return None
        for length in range(min(LONGEST, len(self.words) - position), 0, -1):
            sign = BEFORE.get(tuple(self.words[position : position + length]))
            if sign:
                return sign, position + length
        return None

    def _comparator_after(self, position: int) -> tuple[str, int] | None:
        for length in (3, 2, 1):
            sign = AFTER.get(tuple(self.words[position : position + length]))
            if sign and position + length <= len(self.words):
                return sign, position + length
        return None

    def _quantity(self, position: int) -> int | None:
        first = position
        sign = ""
        before = self._comparator_before(position)
        if before:
            sign, position = before
            while self._word(position) in ("of", "is", ":", "a", "the", "dose", "daily"):
                position += 1
            second = self._comparator_before(position)
            if second:
                if "~" not in (sign, second[0]) and sign != second[0]:
                    return self._bound(first, before)
                sign, position = (sign if second[0] == "~" else second[0]), second[1]
            if sign != "~" and self._is_rate(position):
                return self._bound(first, before)
        if self._word(position) == "between":
            position += 1
        numbers = read_range(self.words, position)
        if self._word(position) in ("a", "an") and self._word(position - 1) in _SPAN_WORDS:
            unit = self._unit(position + 1)
            if unit and unit[0] in _TIME_UNITS:  # "for a week"
                numbers = (Decimal(1), Decimal(1), position + 1)
        if not numbers and self._word(position) in ("twice", "thrice"):
            numbers = self._count(position)
        if not numbers:
            if before and before[0] != "~":
                return self._concept(first) or self._bound(first, before)
            return None
        low, high, stop = numbers
        shorthand = self._word(stop) == "/" and _SHORTHAND_PERIODS.get(self._word(stop + 1))
        if shorthand and self._word(first - 1) in ("for", "x", "×", "after", "in"):
            base, length = shorthand
            quantity = Quantity(low * length, high * length, base, (), sign, "for")
            return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop + 2, quantity)
        quantity = Quantity(low, high, None, (), sign)
        unit = self._unit(stop)
        if unit:
            base, factor, stop = unit
            high_unit = self._second_end(stop)
            if high_unit and high_unit[1] == base and low == high:
                high, stop = high_unit[0], high_unit[2]
                quantity = replace(quantity, low=low * factor, high=high, unit=base)
            else:
                quantity = replace(quantity, low=low * factor, high=high * factor, unit=base)
            per, stop = self._denominators(stop)
            quantity = replace(quantity, per=per, role=self._role(first, unit[2] - 1, stop))
            if self._word(first) == "over" and base == "h" and factor <= 1:
                quantity = replace(quantity, comparator="", role="for")  # an infusion
        after = self._comparator_after(stop)
        if after and not quantity.comparator:
            quantity, stop = replace(quantity, comparator=after[0]), after[1]
        if quantity.unit in _TIME_UNITS:
            if self._word(self._skip_dash(stop)) == "old":
                stop = self._skip_dash(stop) + 1
            elif self._word(stop) == "of" and self._word(stop + 1) == "age":
                stop += 2
        after = self._comparator_after(stop)
        if after and not quantity.comparator:
            quantity, stop = replace(quantity, comparator=after[0]), after[1]
        return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop, quantity)

    def _is_rate(self, position: int) -> bool:
        kept = len(self.tokens)
        found = self._rate(position) is not None
        del self.tokens[kept:]
        return found

    def _bound(self, first: int, comparator: tuple[str, int]) -> int:
        """A comparator that no number follows: "at least every 2 hours", "up to a week"."""
        return self._add(Kind.DIRECTION, f"bound{SIGNS[comparator[0]]}", first, comparator[1])

    def _second_end(self, position: int) -> tuple[Decimal, str, int] | None:
        """The upper end of "500 mg – 1 g" after its lower end."""
        if self._word(position) not in (*DASHES, "to", "and"):
            return None
        is_and = self._word(position) == "and"
        number = read_number(self.words, position + 1)
        if not number:
            return None
        unit = self._unit(number[1])
        if not unit or (is_and and "between" not in self.words[max(0, position - 4) : position]):
            return None
        return number[0] * unit[1], unit[0], unit[2]

    def _denominators(self, position: int) -> tuple[tuple[str, ...], int]:
        """Denominators but those of time, which are rates of their own."""
        found = []
        while self._word(position) in ("/", "per", "a", "for", "each", "every"):
            start = position + 1
            if self._word(position) in ("a", "for", "each", "every") and self._word(
                start + (self._word(start) in ("each", "every"))
            ) not in ("kg", "kilogram", "kilo", "litre", "liter"):
                break
            if self._word(start) in ("each", "every"):
                start += 1
            number = read_number(self.words, start)
            unit = self._unit(number[1] if number else start)
            if unit and unit[0] not in _TIME_UNITS and self._word(start) != "a":
                amount = number[0] if number else Decimal(1)
                scale = amount * unit[1]
                name = unit[0]
                if name == "ug" and unit[1] == 1_000_000_000:
                    name, scale = "kg", amount
                found.append(name if scale == 1 else f"{number_text(scale)} {name}")
                position = unit[2]
                if (
                    self._word(position) in ("body", "of")
                    and "weight" in self.words[position : position + 3]
                ):
                    position = self.words.index("weight", position) + 1
                elif self._word(position) == "bodyweight":
                    position += 1
                continue
            if self._word(start) in ("min", "minute") and self._word(position) == "/":
                found.append("min")
                position = start + 1
                continue
            break
        return tuple(sorted(found)), position

    def _role(self, first: int, unit_at: int, stop: int) -> str:
        """What a number with a unit measures, as far as its neighbours tell."""
        unit = self._word(unit_at)
        stop = self._skip_dash(stop)
        before, after = self._word(first - 1), self._word(stop)
        if (
            after == "old"
            or before in ("age", "aged", "ages")
            or (after == "of" and self._word(stop + 1) == "age")
        ):
            return "age"
        if before in ("for", "over", "within", "during", "in", "x", "×"):
            return "for"
        if unit in ("kg", "kgs"):
            return "weight"
        return ""

    def _concept(self, position: int) -> int | None:
        for words, kind, key in lexicon.concepts().get(self._word(position), ()):
            stop = self._match(words, position)
            if stop is None:
                continue
            if kind == "rate":
                amount, base = key.split()
                return self._rate_key(position, stop, Decimal(amount), Decimal(amount), base)
            return self._add(Kind(kind), key, position, stop)
        return None

    def _match(self, words: tuple[str, ...], position: int) -> int | None:
        """The position after `words`, hyphens between them passed over."""
        for number, word in enumerate(words):
            if number:
                position = self._skip_dash(position)
            if self._word(position) != word:
                return None
            position += 1
        return position

    def _rest(self, position: int) -> int:
        word = self._word(position)
        if word == "\n" or not (word[0].isalnum()):
            return self._add(Kind.MARK, word, position, position + 1)
        if word in lexicon.neutral() or (len(word) == 1 and word.isalpha()):
            return self._add(Kind.NEUTRAL, word, position, position + 1)
        return self._add(Kind.WORD, lexicon.stem(word), position, position + 1)
