"""The words of a text, cut once for everything that looks for something in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import count
from operator import or_
from threading import RLock

from osler.dosage.numbers import WORDS as NUMBER_WORDS
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
        with _MAKING:
            if len(self) >= _KNOWN:
                self.clear()
            found = _BY_HEAD.get(word[:4], 0) | _BY_WORD.get(word, 0)
            for bit, test in _TESTS:
                if test(word):
                    found |= bit
            self[word] = found
            return found


_BY_HEAD: dict[str, int] = {}
_BY_WORD: dict[str, int] = {}
_TESTS: list[tuple[int, Callable[[str], bool]]] = []
_MARKS = _Marks()
_MAKING = RLock()  # a mark is made while other threads read, where a module is first needed late
_made: list[int] = []  # the bits given out


def new_mark(heads: str = "", test: Callable[[str], bool] | None = None, *, words: str = "") -> int:
    """Give a bit that marks `words`, and those that open with one of these heads or pass the test.

    A head is the first four letters of a word, or the whole of a shorter word. What could be
    found in a text is then known at one look-up a word.
    """
    with _MAKING:
        bit = 1 << len(_made)
        for head in heads.split():
            _BY_HEAD[head] = _BY_HEAD.get(head, 0) | bit
        for word in words.split():
            _BY_WORD[word] = _BY_WORD.get(word, 0) | bit
        if test is not None:
            _TESTS.append((bit, test))
        _MARKS.clear()
        _remembered.cache_clear()
        _made.append(bit)
    return bit


def word_mark(words: str) -> int:
    """Give a bit that marks exactly these words, which blanks separate."""
    return new_mark(words=words)


class Words:
    """The words of a text: `all` has them in lower case, `marks` their marks joined.

    `low` is the text in lower case, every character where it stood (see `lowered`).
    """

    __slots__ = ("_marked", "_starts", "all", "known", "low", "marks")

    def __init__(self, text: str) -> None:
        self.known = len(_made)  # marks; of those made since it may lack some
        self.low = lowered(text)
        self.all = self.low.translate(_LETTERS).split()
        self.marks = reduce(or_, map(_MARKS.__getitem__, self.all), 0)
        self._starts: list[int] | None = None
        self._marked: list[tuple[int, int, int]] | None = None

    @property
    def starts(self) -> list[int]:
        """Where each word begins."""
        if self._starts is None:
            self._starts, at, find = [], 0, self.low.find
            for word in self.all:
                at = find(word, at)
                self._starts.append(at)
                at += len(word)
        return self._starts

    @property
    def marked(self) -> list[tuple[int, int, int]]:
        """The words with a mark, each as (index, start, marks)."""
        if self._marked is None:
            placed = zip(count(), self.starts, map(_MARKS.__getitem__, self.all), strict=False)
            self._marked = [entry for entry in placed if entry[2]]
        return self._marked


def words_in(text: str) -> Words:
    """Give the words of a text; those of a few recent texts are remembered."""
    words = _remembered(text)
    return words if words.known == len(_made) else Words(text)


@lru_cache(maxsize=256)
def _remembered(text: str) -> Words:
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


# The words that hold a digit; and these with the words that a number in words begins with.
DIGITS = new_mark(test=lambda word: any(map(str.isdecimal, word)))
_NUMBER_WORDS = frozenset(re.split("[ -]", words)[0] for words in NUMBER_WORDS)
NUMBERS = new_mark(test=lambda word: word in _NUMBER_WORDS or any(map(str.isnumeric, word)))
