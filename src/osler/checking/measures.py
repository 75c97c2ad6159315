"""What a number with a unit measures: its denominators, its role, its bounds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from osler.checking.comparators import (
    AFTER,
    BEFORE,
    COUNTING,
    FIRST_WORDS,
    FLIPPED,
    LONGEST,
    TURNED_BY_COUNT,
    TURNED_OVER,
)
from osler.checking.lexemes import DASHES
from osler.checking.numbers import read_number
from osler.checking.rates import Rates
from osler.checking.tokens import Kind, Quantity, Token, number_text
from osler.checking.words import TIME_UNITS

_AGE = frozenset(("age", "aged", "ages"))
_PERSONS = frozenset(("patient", "someone", "anyone", "person", "somebody", "anybody"))
_PEOPLE = frozenset(("people", "patients", "persons", "those", "anyone", "someone"))
# What a number of mL/min is of, where it has no unit: "an eGFR of 40".
_FILTRATIONS = frozenset(("egfr", "gfr", "crcl", "clearance"))
_LINKS = frozenset(("of", "is", "was", "a", ":", "at", "=", "falls", "with"))
_WEIGHING = frozenset(("weighing", "weighs", "weight", "weighed", "weigh"))
_LITRE = Decimal(1000)


class Measures(Rates):
    """Reads what surrounds a number."""

    def _comparator_before(self, position: int) -> tuple[str, int] | None:
        if self._word(position) not in FIRST_WORDS:
            return None
        for length in range(min(LONGEST, len(self.words) - position), 0, -1):
            sign = BEFORE.get(tuple(self.words[position : position + length]))
            if sign:
                return sign, position + length
        return None

    def _comparator_after(self, position: int) -> tuple[str, int] | None:
        for length in (4, 3, 2, 1):
            sign = AFTER.get(tuple(self.words[position : position + length]))
            if sign and position + length <= len(self.words):
                return sign, position + length
        return None

    def _turned(self, sign: str, first: int) -> str:
        """The comparator, turned round where a negation before it is about it.

        "Should not be raised by more than 5 mg" is "at most 5 mg": the negation is spent.
        """
        if sign not in FLIPPED:
            return sign
        between = TURNED_BY_COUNT if self._word(first) in COUNTING else TURNED_OVER
        for number in range(len(self.tokens) - 1, max(-1, len(self.tokens) - 8), -1):
            token = self.tokens[number]
            spares = token.key == "avoid" and self._word(first) not in COUNTING
            if token.kind is Kind.NEGATION and not spares:
                self.tokens[number] = replace(token, kind=Kind.NEUTRAL, key="not")
                return FLIPPED[sign]
            if not between.issuperset(token.text.lower().split()):
                break
        return sign

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
        if not sign or not self.tokens:
            return False
        last = self.tokens[-1]
        if last.kind in (Kind.STAGE, Kind.SEX) or last.text.lower() in _PEOPLE:
            return True
        words = [token.text.lower() for token in self.tokens[-6:]]
        listed = last.text.lower() in (",", "or", "and")  # "people who are frail, over 75"
        return listed and "." not in words and not _PEOPLE.isdisjoint(words)

    def _is_filtration(self, first: int) -> bool:
        """Whether the measure named right before a number is a filtration rate."""
        before = first - 1
        while self._word(before) in _LINKS and first - before < 4:
            before -= 1
        return self._word(before) in _FILTRATIONS

    def _second_end(self, position: int) -> tuple[Decimal, str, int] | None:
        """The upper end of "500 mg – 1 g" after its lower end."""
        if self._word(position) == "down" and self._word(position + 1) == "to":
            position += 1  # "20 mg down to 10 mg"
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

    def _open_end(self, quantity: Quantity, position: int) -> tuple[Quantity, int] | None:
        """The upper end of "5 to less than 15 kg", "6 months up to 6 years".

        Such a band leaves its upper end out; one that begins "above 33 kg" its lower end.
        """
        joint = position
        if self._word(joint) in (*DASHES, "to", "and", "but"):
            joint += 1
        sign = self._comparator_before(joint)
        if sign is None or sign[0] not in ("<", "<="):
            return None
        if quantity.comparator.startswith("<"):
            return None
        if joint == position and (sign[0] != "<=" or quantity.unit != "mo"):
            return None
        number = read_number(self.words, sign[1])
        unit = self._unit(number[1]) if number else None
        if number is None or unit is None or quantity.unit not in (None, unit[0]):
            return None
        low = quantity.low * unit[1] if quantity.unit is None else quantity.low
        high = number[0] * unit[1]
        if high <= low or quantity.low != quantity.high:
            return None
        ends = "<" if sign[0] == "<" or unit[0] == "mo" else ""
        signs = quantity.comparator.replace(">=", "") + ends
        return Quantity(low, high, unit[0], quantity.per, signs, quantity.role), unit[2]

    def _denominators(self, position: int) -> tuple[tuple[str, ...], Decimal, int]:
        """Denominators but those of time, which are rates of their own.

        A volume becomes a litre: the second value is what the amount is multiplied with.
        """
        found = []
        times = Decimal(1)
        while self._word(position) in ("/", "per", "a", "for", "each", "every"):
            start = position + 1
            if self._word(position) == "a" and self._word(start) == "minute":
                found.append("min")
                position = start + 1
                continue
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
                elif name == "ml" and scale > 0:
                    times, scale = times * _LITRE / scale, _LITRE
                found.append(name if scale == 1 else f"{number_text(scale)} {name}")
                position = unit[2]
                if (
                    self._word(position) in ("body", "of")
                    and "weight" in self.words[position : position + 3]
                ):
                    position = self.words.index("weight", position) + 1
                elif self._word(position) in ("bodyweight", "bw"):
                    position += 1
                continue
            if self._word(start) in ("min", "minute") and self._word(position) in ("/", "per", "a"):
                found.append("min")
                position = start + 1
                continue
            break
        return tuple(sorted(found)), times, position

    def _role(self, first: int, unit_at: int, stop: int) -> str:
        """What a number with a unit measures, as far as its neighbours tell."""
        unit = self._unit(unit_at)
        stop = self._skip_dash(stop)
        before, after = self._word(first - 1), self._word(stop)
        if unit and unit[0] in TIME_UNITS:
            if (
                after == "old"
                or before in _AGE
                or (before == "of" and self._word(first - 2) in ("age", *_PERSONS))
                or (before == "of" and any(self._names_person(t) for t in self.tokens[-2:-1]))
                or not _AGE.isdisjoint(self.words[first:unit_at])
                or (after == "of" and self._word(stop + 1) == "age")
            ):
                return "age"
            if after == "ago":
                return "ago"
            if after == "apart":
                return "spaced"
            if after in ("after", "before", "prior", "later"):
                return "apart"
            if before == "within":
                return "within"
            if before == "at":
                return "point"
        if before in ("for", "over", "within", "during", "in", "x", "×"):
            return "for"
        if unit and unit[0] == "ug":
            is_kilogram = unit[1] == 1_000_000_000
            if is_kilogram or (unit[1] == 1_000_000 and before in _WEIGHING):
                return "weight"
        return ""

    def _names_person(self, token: Token) -> bool:
        return token.kind in (Kind.STAGE, Kind.SEX)
