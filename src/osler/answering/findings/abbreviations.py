"""A report's abbreviations written out: "VAT" and "visceral adipose tissue" are one outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from osler.statements.vocabulary.abbreviations import brackets, explained


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Short forms with what they stand for; `expand` writes them out."""

    long_forms: dict[str, str]
    _pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, texts: Iterable[str]) -> Abbreviations:
        """The abbreviations that these texts define; the first definition of each counts."""
        found: dict[str, str] = {}
        for text in texts:
            for short, long in _defined_in(text):
                found.setdefault(short, long)
        return cls(found, _any_of(found))

    def also(self, text: str) -> Abbreviations:
        """These, and those that the text defines, which come first."""
        own = dict(_defined_in(text))
        if not own:
            return self
        found = {**self.long_forms, **own}
        return Abbreviations(found, _any_of(found))

    def expand(self, text: str) -> str:
        """The text with every short form, singular or plural, replaced by its long form."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self.long_forms[match[1]], text)


def _defined_in(text: str) -> list[tuple[str, str]]:
    """(short form, long form) of each definition in a text, in order."""
    if "(" not in text:
        return []
    pairs = (explained(before, inside) for before, inside in brackets(text))
    return [pair for pair in pairs if pair is not None]


def _any_of(found: dict[str, str]) -> re.Pattern[str] | None:
    if not found:
        return None
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)")
