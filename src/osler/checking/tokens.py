"""A text as canonical tokens: two texts that say the same have the same keys.

This reads with word lists and a few patterns of its own, and not with the dosage grammar:
whatever that grammar does not understand must still agree literally here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from osler.checking import lexicon
from osler.checking.numbers import read_number, read_range
from osler.statements.substances import canonical, find_substances


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
    }
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`low`–`high` in base units; `per` are denominators ("kg", "m2", "ml", ...)."""

    low: Decimal
    high: Decimal
    unit: str | None = None
    per: tuple[str, ...] = ()
    comparator: str = ""
    role: str = ""  # "age", "weight", "renal", "for" (a duration), "every", "ordinal", ""


@dataclass(frozen=True, slots=True)
class Token:
    """One canonical token: `text == read_text[start:end]`."""

    kind: Kind
    key: str
    text: str
    start: int
    end: int
    quantity: Quantity | None = None


_LEXEME = re.compile(
    r"""\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?:[.·]\d+)?(?!\d)|\d{1,3}(?:\ 000)+(?!\d)
      |\d+(?:[.·]\d+)?|(?<![\d\w])[.·]\d+
      |(?:[A-Za-z]\.){2,}
      |°\s?[CFcf]\b
      |(?![xX]\d)[^\W\d_]{1,4}\d+[^\W_]*|[^\W\d_]+(?:['’][a-z]+)?
      |<=|>=|[<>≤≥~≈±+/%×=½¼¾⅓⅔;:,.!?()|\n•\-–—]""",
    re.VERBOSE,
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_DASHES = frozenset("-–—")
_ABBREVIATED = frozenset(("max", "min", "approx", "mins", "hrs", "hr", "vs", "no", "mg", "ml"))


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, number or mark, lower-cased, with its offsets."""

    text: str
    start: int
    end: int


def lex(text: str) -> list[Lexeme]:
    """Words, numbers and marks, lower-cased, with their offsets."""
    found: list[Lexeme] = []
    for match in _LEXEME.finditer(text):
        word = match.group()
        if word[0].isalpha():
            word = word.replace("’", "'").replace("µ", "u").replace("μ", "u").replace("²", "2")
            word = unicodedata.normalize("NFKC", word).lower().replace(".", "")
            word = word.removesuffix("'s")
        elif word == "." and found and found[-1].text in _ABBREVIATED:
            continue
        found.append(Lexeme(word, match.start(), match.end()))
    return found


# ---- comparators: what stands before or after a number ------------------------------------

_BEFORE: dict[tuple[str, ...], str] = {
    tuple(words.split()): sign
    for sign, phrases in {
        "<": "<|less than|below|under|lower than|fewer than|younger than|smaller than|shorter than",
        "<=": "≤|<=|at most|up to|not more than|no more than|not exceeding|not to exceed|"
        "should not exceed|must not exceed|do not exceed|does not exceed|not exceed|maximum of|"
        "a maximum of|maximum|max|max of|not above|not over|not greater than|no greater than|"
        "no longer than|not longer than|maximum dose|maximum dose of|upper limit of|"
        "maximum daily dose of|maximum dose is|maximum is|limit of|ceiling of|"
        "not be above|not be more than|not go above|less than or equal to|"
        "should not be more than|must not be more than",
        ">": ">|more than|above|over|greater than|higher than|older than|longer than|exceeding|"
        "exceeds|exceed|larger than|in excess of|beyond",
        ">=": "≥|>=|at least|not less than|no less than|minimum of|a minimum of|minimum|min of|"
        "not below|not under|not be below|not go below|not fewer than|no fewer than|"
        "a minimum|should not be below|must not be below|not be less than|"
        "greater than or equal to|more than or equal to|equal to or greater than|"
        "equal to or more than",
        "~": "~|≈|about|approximately|around|roughly|circa|some|approx|nearly|almost",
    }.items()
    for words in phrases.split("|")
}
_AFTER: dict[tuple[str, ...], str] = {
    tuple(words.split()): sign
    for sign, phrases in {
        ">=": "or more|or above|or over|and above|and over|or greater|or higher|or older|"
        "and older|or longer|+|and more|or up|and up|minimum|upwards|or at least",
        "<=": "or less|or below|or under|and below|and under|or fewer|or younger|or lower|"
        "and younger|or shorter|maximum|max|at most",
    }.items()
    for words in phrases.split("|")
}
_LONGEST = max(len(words) for words in (*_BEFORE, *_AFTER))

SIGNS = {"<": "-", "<=": "≤", ">": "+", ">=": "≥"}
_TIME_UNITS = {"h", "mo"}
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
_Q_HOURS = re.compile(r"q(\d+)h?$")


class _Reader:
    """One pass over the lexemes of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = lex(text)
        self.words = [lexeme.text for lexeme in self.lexemes]
        self.tokens: list[Token] = []

    def read(self) -> tuple[Token, ...]:
        position = 0
        while position < len(self.words):
            position = (
                self._rate(position)
                or self._quantity(position)
                or self._concept(position)
                or self._plain(position)
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
        return position + 1 if self._word(position) in _DASHES else position

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
        key = f"{_plain(low)}–{_plain(high)} {base}" if low != high else f"{_plain(low)} {base}"
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
        if word in ("a", "an", "per", "/"):
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
            if self._word(stop) in ("or", "to", *_DASHES):
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
        for length in range(min(_LONGEST, len(self.words) - position), 0, -1):
            sign = _BEFORE.get(tuple(self.words[position : position + length]))
            if sign:
                return sign, position + length
        return None

    def _comparator_after(self, position: int) -> tuple[str, int] | None:
        for length in (3, 2, 1):
            sign = _AFTER.get(tuple(self.words[position : position + length]))
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
        if not numbers:
            if before and before[0] != "~":
                return self._concept(first) or self._bound(first, before)
            return None
        low, high, stop = numbers
        shorthand = self._word(stop) == "/" and _SHORTHAND_PERIODS.get(self._word(stop + 1))
        if shorthand and self._word(first - 1) in ("for", "x", "×", "after", "in"):
            base, length = shorthand
            quantity = Quantity(low * length, high * length, base, (), sign, "for")
            return self._add(Kind.QUANTITY, _quantity_key(quantity), first, stop + 2, quantity)
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
        return self._add(Kind.QUANTITY, _quantity_key(quantity), first, stop, quantity)

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
        if self._word(position) not in (*_DASHES, "to", "and"):
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
                found.append(name if scale == 1 else f"{_plain(scale)} {name}")
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

    def _plain(self, position: int) -> int:
        word = self._word(position)
        if word == "\n" or not (word[0].isalnum()):
            return self._add(Kind.MARK, word, position, position + 1)
        if word in lexicon.neutral() or (len(word) == 1 and word.isalpha()):
            return self._add(Kind.NEUTRAL, word, position, position + 1)
        return self._add(Kind.WORD, lexicon.stem(word), position, position + 1)


def _plain(value: Decimal) -> str:
    """A number without trailing zeros or exponent; thirds of an hour rounded."""
    text = f"{value:.6f}"
    return text.rstrip("0").rstrip(".")


def _quantity_key(q: Quantity) -> str:
    value = _plain(q.low) if q.low == q.high else f"{_plain(q.low)}–{_plain(q.high)}"
    unit = f" {q.unit}" if q.unit else ""
    per = "".join(f"/{name}" for name in q.per)
    return f"{q.comparator.replace('~', '')}{value}{unit}{per}"


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Token, ...]:
    """The canonical tokens of `text`, in reading order, with offsets into it.

    Zero-width and direction-override characters hide one text behind another: they become
    a token of their own, so that such a text agrees only with itself.
    """
    tokens = _with_substances(text, _Reader(text).read())
    hidden = tuple(
        Token(Kind.WORD, f"U+{ord(match.group()):04X}", "", match.start(), match.end())
        for match in _INVISIBLE.finditer(text)
        if match.group() != "\u00ad"
    )
    return tokens + hidden


def _with_substances(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens, those that name a drug put together under its canonical name."""
    found = find_substances(text)
    if not found:
        return tokens
    merged: list[Token] = []
    drugs = iter(found)
    drug = next(drugs, None)
    for token in tokens:
        while drug is not None and drug.end <= token.start:
            drug = next(drugs, None)
        if drug is None or token.end <= drug.start:
            merged.append(token)
        elif not merged or merged[-1].kind is not Kind.SUBSTANCE or merged[-1].end <= drug.start:
            name = drug.name
            if token.kind is Kind.ROUTE and token.end < drug.end:  # "oral iron"
                merged.append(token)
                name = canonical(text[token.end : drug.end].strip().lower())
            merged.append(Token(Kind.SUBSTANCE, name, drug.text, drug.start, drug.end))
    return tuple(merged)
