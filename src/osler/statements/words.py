"""The words of a text, cut once for everything that looks for something in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import count
from operator import or_

_RECENT = 256  # texts whose words are remembered: those of a statement and of its context
_KNOWN = 1 << 16  # words whose marks are remembered


class _Letters(dict[int, str]):
    """A table for `str.translate` that leaves letters and digits and blanks all else."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kept = self[code] = letter if letter.isalnum() else " "
        return kept


_LETTERS = _Letters()


def lowered(text: str) -> str:
    """Give the text in lower case, every character where it stood."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def split(text: str) -> list[str]:
    """Give the lower-cased words of a text; hyphens, slashes and dashes separate words."""
    return lowered(text).translate(_LETTERS).split()


@lru_cache(maxsize=_RECENT)
def words_of(text: str) -> list[str]:
    """Give what `split` gives; a few recent texts are remembered."""
    return split(text)


@lru_cache(maxsize=_RECENT)
def word_set(text: str) -> frozenset[str]:
    """Give the distinct lower-cased words of a text."""
    return frozenset(words_of(text))


@lru_cache(maxsize=_RECENT)
def word_starts(text: str) -> list[int]:
    """Give where each of the words that `words_of` gives begins."""
    find = lowered(text).find
    starts = []
    at = 0
    for word in words_of(text):
        at = find(word, at)
        starts.append(at)
        at += len(word)
    return starts


class _Marks(dict[str, int]):
    """The marks of each word seen, worked out once a word."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        number = _BY_HEAD.get("0", 0) if word[0].isdigit() else 0
        known = self[word] = _BY_HEAD.get(word[:4], 0) | number
        return known


_BY_HEAD: dict[str, int] = {}
_MARKS = _Marks()
_bits = count()


def new_mark(heads: str) -> int:
    """Give a bit that marks the words that open with one of these heads.

    A head is the first four letters of a word, or the whole of a shorter word; "0" stands for
    any number. What patterns could find in a text is then known at one look-up a word.
    """
    bit = 1 << next(_bits)
    for head in heads.split():
        _BY_HEAD[head] = _BY_HEAD.get(head, 0) | bit
    _MARKS.clear()
    return bit


@lru_cache(maxsize=_RECENT)
def marks(text: str) -> int:
    """Give the marks of all words of a text, joined."""
    return reduce(or_, map(_MARKS.__getitem__, words_of(text)), 0)


@lru_cache(maxsize=_RECENT)
def _marked(text: str) -> list[tuple[int, int]]:
    """Give where each marked word begins, and its marks."""
    known = map(_MARKS.__getitem__, words_of(text))
    return [(start, mark) for start, mark in zip(word_starts(text), known, strict=True) if mark]


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that begins with a word, tried only where a word stands that may begin it.

    It finds what `pattern` finds, many times faster where there is little to be found.
    """

    pattern: re.Pattern[str]
    mark: int

    def search(self, text: str) -> re.Match[str] | None:
        """Give the first match in the text, or None."""
        return next(self.finditer(text), None) if marks(text) & self.mark else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Give the matches in reading order; they do not overlap."""
        free = 0
        for start, mark in _marked(text):
            if mark & self.mark and start >= free:
                match = self.pattern.match(text, start)
                if match:
                    yield match
                    free = match.end()


def cue(pattern: str, heads: str, flags: int = re.IGNORECASE) -> Cue:
    """Compile a pattern whose matches all begin with a word that opens with one of `heads`."""
    return Cue(re.compile(rf"\b(?:{pattern})", flags), new_mark(heads))
