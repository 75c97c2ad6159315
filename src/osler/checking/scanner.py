"""One pass over the words of a text: rates, quantities, concepts, and what is left.

This reads with word lists and a few patterns of its own, and not with the dosage grammar:
whatever that grammar does not understand must still agree literally here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from osler.checking import lexicon
from osler.checking.comparators import FIRST_WORDS, SIGNS
from osler.checking.lexemes import DASHES
from osler.checking.measures import Measures
from osler.checking.numbers import NUMBER_WORDS, ORDINALS, read_number, read_range
from osler.checking.rates import COUNTS, EVERY, LATER, PERIODS, SPAN_WORDS
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
    | {
        "a",
        "an",
        "another",
        "per",
        "between",
        "interval",
        "intervals",
        "first",
        "birth",
        "day",
        "week",
    }
    | set(ORDINALS)
    | {"month", "days", "weeks", "months", "no", "not", "never", "in", "as", "into"}
)


_NUMBERED = {
    **dict.fromkeys(("day", "days"), ("h", Decimal(24))),
    **dict.fromkeys(("week", "weeks"), ("h", Decimal(168))),
    **dict.fromkeys(("month", "months"), ("mo", Decimal(1))),
}
# What may stand between a comparator and its number: "below the age of 12".
_BETWEEN = frozenset(("of", "is", ":", "a", "an", "the", "dose", "daily", "age", "aged"))
_OF_ADULT_SIZE = ("1.73 m2", "min")
_ORDERING = frozenset(("before", "after", "prior", "following", "preceding"))
_COMING = frozenset(("following", "next", "first", "subsequent"))  # "over the next 5 hours"


class Scanner(Measures):
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

    pending = ""  # a comparator whose number comes after the name of what is measured

    # -- pieces ------------------------------------------------------------------------------

    def _quantity(self, position: int) -> int | None:
        first = position
        sign = ""
        if self.words[position][0].isalpha():
            whole = (
                self._no_oftener(position) or self._numbered(position) or self._from_birth(position)
            )
            if whole:
                return whole
        before = self._comparator_before(position)
        if before and self._is_of_pressure(before[1]):
            return self._add(Kind.MARK, "/", first, before[1])
        if before:
            sign, position = before
            while self._word(position) in _BETWEEN:
                position += 1
            if self._word(position) in _COMING and read_number(self.words, position + 1):
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
        if self._word(position) in ("a", "an", "another"):
            unit = self._unit(position + 1)
            spanning = self._word(position - 1) in SPAN_WORDS or len(self._word(position + 1)) > 3
            rated = bool(self.tokens) and self.tokens[-1].kind is Kind.QUANTITY
            if (
                unit
                and unit[0] in TIME_UNITS
                and spanning
                and not (rated and self._word(unit[2]) not in LATER)
                and self._word(position + 1) != "second"
            ):
                numbers = (Decimal(1), Decimal(1), position + 1)  # "for a week"
        if not numbers and self._word(position) in ("twice", "thrice"):
            numbers = self._count(position)
        if numbers and not sign and self.pending and self._word(first - 1) in ("of", "is"):
            sign = self.pending
        self.pending = self.pending if numbers is None and not before else ""
        if not numbers and before and self._is_of_a_measure(position):
            self.pending = self._turned(sign, first)
            return self._add(Kind.NEUTRAL, "bound", first, before[1])
        if not numbers:
            if before and before[0] != "~":
                return self._concept(first) or self._bound(first, before)
            return None
        low, high, stop = numbers
        sign = self._turned(sign, first) if before else sign
        shorthand = self._word(stop) == "/" and _SHORTHAND_PERIODS.get(self._word(stop + 1))
        if shorthand and self._word(first - 1) in ("for", "x", "×", "after", "in"):
            base, length = shorthand
            quantity = Quantity(low * length, high * length, base, (), sign, "for")
            return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop + 2, quantity)
        quantity = Quantity(low, high, None, (), sign)
        unit = self._unit(stop)
        if unit is None and self._is_filtration(first):
            quantity = replace(quantity, unit="ml", per=("min",))  # "an eGFR of 40"
        if unit is None and (banded := self._open_end(quantity, stop)):
            quantity, stop = banded  # "5 to less than 15 kg"
            return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop, quantity)
        if unit and sign and self._word(stop) == "s" and self._word(position - 1) in DASHES:
            quantity = Quantity(low * 12, high * 12, "mo", (), sign, "age")  # "under-12s"
            stop += 1
        elif unit:
            base, factor, stop = unit
            high_unit = self._second_end(stop)
            if high_unit and high_unit[1] == base and low == high:
                high, stop = high_unit[0], high_unit[2]
                ends = sorted((low * factor, high))
                quantity = replace(quantity, low=ends[0], high=ends[1], unit=base)
            else:
                quantity = replace(quantity, low=low * factor, high=high * factor, unit=base)
            per, times, stop = self._denominators(stop)
            if base != "ml" and times != 1:
                quantity = replace(quantity, low=quantity.low * times, high=quantity.high * times)
            quantity = replace(quantity, per=per, role=self._role(first, unit[2] - 1, stop))
            if banded := self._open_end(quantity, stop):
                quantity, stop = banded
            if quantity.per == _OF_ADULT_SIZE:
                quantity = replace(quantity, per=("min",))  # an adult's size goes without saying
            if self._word(first) == "over" and base == "h" and factor <= 1:
                quantity = replace(quantity, comparator="", role="for")  # an infusion
        elif quantity.unit is None and self._is_age(first, position, stop, sign):
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
        if self._word(first - 1) == "(" and self._word(stop) == ")" and not quantity.comparator:
            quantity = self._as_outside(quantity, stop + 1)
        return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop, quantity)

    def _is_of_pressure(self, position: int) -> bool:
        """Whether "over" stands between two numbers: "140 over 90"."""
        upper = self.tokens[-1].quantity if self.tokens else None
        lower = read_number(self.words, position)
        if self._word(position - 1) != "over" or upper is None or lower is None:
            return False
        _, _, stop = read_range(self.words, position) or (0, 0, position)
        unit = self._unit(stop)
        is_plain = upper.unit is None and not upper.per and not upper.role
        return is_plain and upper.low > lower[0] and (unit is None or unit[0] == "mmhg")

    def _as_outside(self, quantity: Quantity, after_bracket: int) -> Quantity:
        """A bracket that says a value again shares its bound: "above 6 mg/dL (357 µmol/L)"."""
        if len(self.tokens) < 2 or self.tokens[-2].quantity is None:
            return quantity
        outside = self.tokens[-2]
        assert outside.quantity is not None
        after = self._comparator_after(after_bracket)
        if after and not outside.quantity.comparator:
            bounded = replace(outside.quantity, comparator=after[0])
            self.tokens[-2] = replace(outside, quantity=bounded, key=quantity_key(bounded))
            return replace(quantity, comparator=after[0])
        if outside.quantity.comparator in ("<", "<=", ">", ">="):
            return replace(quantity, comparator=outside.quantity.comparator)
        return quantity

    def _is_of_a_measure(self, position: int) -> bool:
        """Whether a bound waits for its number: "below an eGFR of 45"."""
        if self._word(position - 1) not in ("a", "an"):
            return False
        ahead = self.words[position : position + 4]
        return "of" in ahead and bool(read_number(self.words, position + ahead.index("of") + 1))

    def _no_oftener(self, first: int) -> int | None:
        """ "No more often than every 2 weeks": at least 2 weeks apart; "no less": at least."""
        words = self.words[first : first + 4]
        if len(words) < 4 or words[0] not in ("no", "not", "never"):
            return None
        if words[1] not in ("more", "less") or words[3] != "than":
            return None
        if words[2] not in ("often", "frequently"):
            return None
        if words[1] == "less":
            return self._bound(first, (">=", first + 4))
        kept = len(self.tokens)
        stop = self._rate(first + 4)
        found = self.tokens[kept:]
        del self.tokens[kept:]
        if stop is None or "–" in found[0].key:
            return None
        amount, base = found[0].key.split()
        quantity = Quantity(Decimal(amount), Decimal(amount), base, (), ">=")
        return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop, quantity)

    def _numbered(self, first: int) -> int | None:
        """ "The first day", "day 1": one day; "days 2 to 5": four days; "week 6": a time."""
        word = self._word(first)
        if word in ORDINALS and self._word(first + 1) in ("day", "week", "month"):
            key = f"{self._word(first + 1)} {ORDINALS[word]}"
            return self._add(Kind.TIMING, key, first, first + 2)
        if word == "first":
            unit = self._unit(first + 1)
            if not unit or unit[0] not in TIME_UNITS or len(self._word(first + 1)) < 3:
                return None
            quantity = Quantity(unit[1], unit[1], unit[0], (), "", "for")
            return self._add(Kind.QUANTITY, quantity_key(quantity), first, first + 2, quantity)
        if word not in _NUMBERED or self._word(first - 1) in ("a", "per", "/", "each", "every"):
            return None
        numbers = read_range(self.words, first + 1)
        if not numbers or numbers[0] % 1 or self._unit(numbers[2]) or self._word(first - 1) == "of":
            return None
        base, length = _NUMBERED[word]
        low, high, stop = numbers
        if low == high and low != 1:
            if word.endswith("s"):
                return None  # "on days 1, 8 and 15"
            return self._add(Kind.TIMING, f"{word} {number_text(low)}", first, stop)
        span = length * (high - low + 1)
        quantity = Quantity(span, span, base, (), "", "for")
        return self._add(Kind.QUANTITY, quantity_key(quantity), first, stop, quantity)

    def _from_birth(self, position: int) -> int | None:
        """ "From birth to 1 year": from the age of nothing."""
        if self._word(position) != "birth" or self._word(position - 1) != "from":
            return None
        stop = position + 1
        while self._word(stop) in ("up", "to", "until", "till", *DASHES):
            stop += 1
        number = read_number(self.words, stop)
        unit = self._unit(number[1]) if number else None
        if number is None or unit is None or unit[0] not in TIME_UNITS:
            return None
        quantity = Quantity(Decimal(0), number[0] * unit[1], unit[0], (), "", "age")
        return self._add(Kind.QUANTITY, quantity_key(quantity), position, unit[2], quantity)

    def _is_rate(self, position: int) -> bool:
        kept = len(self.tokens)
        found = self._rate(position) is not None
        del self.tokens[kept:]
        return found

    def _bound(self, first: int, comparator: tuple[str, int]) -> int:
        """A comparator that no number follows: "at least every 2 hours", "up to a week"."""
        return self._add(Kind.DIRECTION, f"bound{SIGNS[comparator[0]]}", first, comparator[1])

    def _concept(self, position: int) -> int | None:
        for words, kind, key in lexicon.concepts().get(self._word(position), ()):
            stop = self._match(words, position)
            if stop is None or (words[-1] == "up" and self._is_bounded(stop)):
                continue  # "go up to 120 mg": a bound
            if len(words) > 1 and self._goes_on(stop):
                continue  # "for life-threatening bleeding" is not for life
            if kind == "rate":
                amount, base = key.split()
                return self._rate_key(position, stop, Decimal(amount), Decimal(amount), base)
            if key == "stat" and self._word(stop) in _ORDERING:
                kind = "neutral"  # "immediately before the next dose"
            return self._add(Kind(kind), key, position, stop)
        return None

    def _goes_on(self, position: int) -> bool:
        """Whether a hyphen without spaces joins the word before a place to the one after."""
        if self._word(position) not in DASHES or not self._word(position + 1)[:1].isalpha():
            return False
        before, dash, after = self.lexemes[position - 1 : position + 2]
        return before.end == dash.start and dash.end == after.start

    def _is_bounded(self, position: int) -> bool:
        return self._word(position) == "to" and read_number(self.words, position + 1) is not None

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
        if word == "single" and self._word(position + 2) in ("dose", "injection"):
            return self._add(Kind.TIMING, "at once only", position, position + 1)
        if word == "non" and self._word(self._skip_dash(position + 1))[:1].isalpha():
            stop = self._skip_dash(position + 1)  # "non-valvular", "nonvalvular"
            return self._add(Kind.WORD, lexicon.stem(f"non{self._word(stop)}"), position, stop + 1)
        if word == "\n" or not (word[0].isalnum()):
            return self._add(Kind.MARK, word, position, position + 1)
        if word in lexicon.neutral() or (len(word) == 1 and word.isalpha()):
            return self._add(Kind.NEUTRAL, word, position, position + 1)
        return self._add(Kind.WORD, lexicon.stem(word), position, position + 1)
