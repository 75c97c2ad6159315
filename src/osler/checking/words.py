"""The words of one text, and the units and periods among them."""

from __future__ import annotations

from decimal import Decimal

from osler.checking import lexicon
from osler.checking.lexemes import DASHES, lex
from osler.checking.tokens import Kind, Quantity, Token

TIME_UNITS = frozenset(("h", "mo"))


class Words:
    """The words of one text with a cursor's helpers, and the tokens read from them so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = lex(text)
        self.words = [lexeme.text for lexeme in self.lexemes]
        self.tokens: list[Token] = []

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
            if unit and unit[0] in TIME_UNITS:
                return unit[0], unit[1] * 2, unit[2]
        unit = self._unit(position)
        if unit and unit[0] in TIME_UNITS:
            return unit
        word = self._word(position)
        if word in ("night", "morning", "evening"):
            return "h", Decimal(24), position + 1
        if word in ("quarter",):
            return "mo", Decimal(3), position + 1
        return None
