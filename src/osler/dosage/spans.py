"""A value together with where it stands in a text, and the fast scan that finds it."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from osler.patterns import lazy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """`value` as read from the characters `start:end` of the text."""

    value: T
    start: int
    end: int


_WORD = lazy(r"[A-Za-z]+|\.?\d[\d.,/]*|[½¼¾×<>~≥≤|]")


@lru_cache(maxsize=16)
def words(text: str) -> tuple[tuple[int, str], ...]:
    """Where each word and number of a text begins, and the word in lower case ("0" for a number)."""
    return tuple(
        (m.start(), w.lower() if (w := m.group())[0].isalpha() else w if w in "×|<>~≥≤" else "0")
        for m in _WORD.finditer(text)
    )


def scan(
    pattern: re.Pattern[str], may_begin: Callable[[str], bool], text: str
) -> Iterator[re.Match[str]]:
    """Like `pattern.finditer(text)`, tried only where a word that may begin it stands.

    Several times faster than a search from every character, for patterns of many alternatives.
    """
    position = 0
    for start, word in words(text):
        if start >= position and may_begin(word):
            found = pattern.match(text, start)
            if found and found.end() > start:
                yield found
                position = found.end()
