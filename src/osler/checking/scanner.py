"""One pass over the words of a text: rates, quantities, concepts, and what is left.

This reads with word lists and a few patterns of its own, and not with the dosage grammar:
whatever that grammar does not understand must still agree literally here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from osler.checking import lexicon
from osler.checking.comparators import AFTER, BEFORE, FIRST_WORDS, LONGEST, SIGNS
from osler.checking.lexemes import DASHES
from osler.checking.numbers import NUMBER_WORDS, read_number, read_range
from osler.checking.rates import COUNTS, EVERY, PERIODS, SPAN_WORDS, Rates
from osler.checking.tokens import Kind, Quantity, Token, number_text, quantity_key
from osler.checking.words import TIME_UNITS

_SHORTHAND_PERIODS = {"7": ("h", Decimal(24)), "52": ("h", Decimal(168)), "12": ("mo", Decimal(1))}

# Words that a rate or a quantity can begin with; others are not tried.
_MEASURING = (
    FIRST_WORDS
    | NUMBER_WORDS
    | EVERY
    | set(COUNTS)
    | set(PERIODS)
    | {"a", "an", "per", "between", "interval", "intervals"}
)


_AGE = frozenset(("age", "aged", "ages"))
# What may stand between a comparator and its number: "below the age of 12".
_BETWEEN = frozenset(("of", "is", ":", "a", "the", "dose", "daily", "age", "aged"))


class Scanner(Rates):
    """Reads the tokens of one text."""

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
            while self._word(position) in _BETWEEN:
                position += 1
            second = self._comparator_before(position)
            if second:
                if "~" not in (sign, second[0]) and sign != second[0]:
                    return self._bound(first, before)
                sign, position = (sign if second[0] == "~" else second[0]), second[1]
            if sign != "~" and self._is_rate(position):
                return self._bound(first, before)
            position = self._skip_dash(position)
        if self._word(position) == "between":
            position += 1
        numbers = read_range(self.words, position)
        if self._word(position) in ("a", "an") and self._word(position - 1) in SPAN_WORDS:
            unit = self._unit(position + 1)
            if unit and unit[0] in TIME_UNITS:  # "for a week"
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
        if unit and sign and self._word(stop) == "s" and self._word(position - 1) in DASHES:
            quantity = Quantity(low * 12, high * 12, "mo", (), sign, "age")  # "under-12s"
            stop += 1
        elif unit:
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
        elif self._is_age(first, position, stop, sign):
            quantity = Quantity(low * 12, high * 12, "mo", (), sign, "age")  # "children under 12"
        after = self._comparator_after(stop)
        if after and not quantity.comparator:
            quantity, stop = replace(quantity, comparator=after[0]), after[1]
        if quantity.unit in TIME_UNITS:
            if self._word(self._skip_dash(stop)) == "old":
                stop = self._skip_dash(stop) + 1
            elif self._word(stop) == "of" and self._word(stop + 1) == "age":
                stop += 2
        after = self._comparator_after(stop)
        if after and not quantity.comparator:
            quantity, stop = replace(quantity, comparator=after[0]), after[1]
        return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop, quantity)

    def _is_age(self, first: int, position: int, stop: int, sign: str) -> bool:
        """Whether a number without a unit is in years: "aged 12", "children under 12"."""
        after = self._comparator_after(stop)
        if after and self._word(after[1] - 1) in ("older", "younger"):
            return True
        if not {"older", "younger"}.isdisjoint(self.words[first:position]):
            return True
        if any(word in _AGE for word in (*self.words[first:position], self._word(first - 1))):
            return True
        if self.words[max(0, first - 2) : first] == ["age", "of"]:
            return True
        return bool(sign and self.tokens and self.tokens[-1].kind in (Kind.STAGE, Kind.SEX))

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
            if unit and unit[0] not in TIME_UNITS and self._word(start) != "a":
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
            or before in _AGE
            or (before == "of" and self._word(first - 2) == "age")
            or (before == "of" and any(t.kind is Kind.STAGE for t in self.tokens[-2:-1]))
            or not _AGE.isdisjoint(self.words[first:unit_at])
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
