"""Abbreviations that a text defines: "visceral adipose tissue (VAT)".

The algorithm of Schwartz and Hearst (Pacific Symposium on Biocomputing 8:451-462, 2003): the
letters of the short form are looked for from right to left in the words before the bracket; its
first letter must open a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from osler.patterns import lazy

_BRACKET = lazy(r"\(([^()]{2,20})\)")
_INSIDE_END = lazy(r"[;,=]")
_NO_NAME = lazy(r"[()\[\]=;]")
_LONGEST = 10  # characters of a short form
_REACH = 120  # characters before the bracket in which the long form is looked for


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
            for short, long in defined_in(text):
                found.setdefault(short, long)
        return cls(found, _any_of(found))

    def also(self, text: str) -> Abbreviations:
        """These, and those that the text defines, which come first."""
        own = dict(defined_in(text))
        if not own:
            return self
        found = {**self.long_forms, **own}
        return Abbreviations(found, _any_of(found))

    def expand(self, text: str) -> str:
        """The text with every short form, singular or plural, replaced by its long form."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self.long_forms[match[1]], text)


def defined_in(text: str) -> list[tuple[str, str]]:
    """(short form, long form) of each definition in a text, in order."""
    pairs = []
    for match in _BRACKET.finditer(text):
        short = _INSIDE_END.split(match[1])[0].strip()
        if not _may_abbreviate(short):
            continue
        words = text[max(0, match.start() - _REACH) : match.start()].split()
        long = _long_form(short, " ".join(words[-min(len(short) + 5, 2 * len(short)) :]))
        if long and len(long) > len(short) and not _NO_NAME.search(long) and short not in long:
            pairs.append((short, long))
    return pairs


def _may_abbreviate(short: str) -> bool:
    return (
        2 <= len(short) <= _LONGEST
        and short.count(" ") <= 1
        and short[0].isalnum()
        and any(map(str.isupper, short))
    )


def _long_form(short: str, before: str) -> str | None:
    at = len(before) - 1
    for position in range(len(short) - 1, -1, -1):
        letter = short[position].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (
            before[at].lower() != letter or (position == 0 and at > 0 and before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return before[before.rfind(" ", 0, at + 2) + 1 :]


def _any_of(found: dict[str, str]) -> re.Pattern[str] | None:
    if not found:
        return None
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)")
