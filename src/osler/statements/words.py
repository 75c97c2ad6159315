"""The words of a text, cut once for everything that looks for something in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from osler.patterns import lazy

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


class _Marks(dict[str, int]):
    """The marks of each word seen, worked out once a word."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN:
            self.clear()
        found = _BY_HEAD.get(word[:4], 0)
        for bit, test in _TESTS:
            if test(word):
                found |= bit
        self[word] = found
        return found


_BY_HEAD: dict[str, int] = {}
_TESTS: list[tuple[int, Callable[[str], bool]]] = []
_MARKS = _Marks()
_bits = count()


def new_mark(heads: str = "", test: Callable[[str], bool] | None = None) -> int:
    """Give a bit that marks the words that open with one of these heads, or pass the test.

    A head is the first four letters of a word, or the whole of a shorter word. What could be
    found in a text is then known at one look-up a word.
    """
    bit = 1 << next(_bits)
    for head in heads.split():
        _BY_HEAD[head] = _BY_HEAD.get(head, 0) | bit
    if test is not None:
        _TESTS.append((bit, test))
    _MARKS.clear()
    words_in.cache_clear()
    return bit


class Words:
    """The words of a text.

    `all` has them in lower case, `starts` where each begins, `marked` those with a mark as
    (index, start, marks), and `marks` all marks joined.
    """

    __slots__ = ("_distinct", "all", "marked", "marks", "starts")

    def __init__(self, text: str) -> None:
        low = lowered(text)
        self.all = low.translate(_LETTERS).split()
        self.starts: list[int] = []
        self.marked: list[tuple[int, int, int]] = []
        self.marks = 0
        self._distinct: frozenset[str] | None = None
        find, known, at = low.find, _MARKS, 0
        for word in self.all:
            at = find(word, at)
            mark = known[word]
            if mark:
                self.marked.append((len(self.starts), at, mark))
                self.marks |= mark
            self.starts.append(at)
            at += len(word)

    @property
    def distinct(self) -> frozenset[str]:
        """The words without their order and number."""
        if self._distinct is None:
            self._distinct = frozenset(self.all)
        return self._distinct


@lru_cache(maxsize=256)
def words_in(text: str) -> Words:
    """Give the words of a text; those of a few recent texts are remembered."""
    return Words(text)


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that begins with a word, tried only where a word stands that may begin it.

    It finds what `pattern` finds, many times faster where there is little to be found.
    """

    pattern: re.Pattern[str]
    mark: int

    def search(self, text: str) -> re.Match[str] | None:
        """Give the first match in the text, or None."""
        words = words_in(text)
        if words.marks & self.mark:
            for _, start, mark in words.marked:
                if mark & self.mark and (match := self.pattern.match(text, start)):
                    return match
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Give the matches in reading order; they do not overlap."""
        free = 0
        for _, start, mark in words_in(text).marked:
            if mark & self.mark and start >= free:
                match = self.pattern.match(text, start)
                if match:
                    yield match
                    free = match.end()


def cue(pattern: str, heads: str, flags: int = re.IGNORECASE) -> Cue:
    """Compile a pattern whose matches all begin with a word that opens with one of `heads`.

    "0" among the heads stands for any number.
    """
    numbers = _is_number if "0" in heads.split() else None
    return Cue(lazy(rf"\b(?:{pattern})", flags), new_mark(heads, numbers))


def _is_number(word: str) -> bool:
    return word[0].isdigit()
