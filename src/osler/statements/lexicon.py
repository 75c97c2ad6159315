"""A dictionary of phrases and a fast way to find them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Give the lower-cased words of a text; hyphens, slashes and dashes separate words."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=64)
def word_set(text: str) -> frozenset[str]:
    """Give the distinct lower-cased words of a text; a few recent texts are remembered."""
    return frozenset(words_of(text))


@lru_cache(maxsize=64)
def heads(text: str) -> frozenset[str]:
    """Give the first four letters of each word: a cheap test of what a pattern could find."""
    return frozenset(word[:4] for word in word_set(text))


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text: `text == searched[start:end]`."""

    name: str  # canonical, lower case
    start: int
    end: int
    text: str


class Lexicon:
    """Phrases (sequences of words) with the name that each stands for.

    Matching goes by whole words, longest phrase first, without regard to case, except for
    phrases entered as `upper`: those count only where the text writes them in capitals.
    """

    def __init__(self) -> None:
        self._one: dict[str, str] = {}
        self._many: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._upper: dict[str, str] = {}
        self._firsts: set[str] = set()

    def add(self, phrase: str, name: str, *, upper: bool = False) -> None:
        """Enter a phrase; the first name given to a phrase stays."""
        words = tuple(words_of(phrase))
        if not words:
            return
        self._firsts.add(words[0])
        if upper and len(words) == 1:
            self._upper.setdefault(words[0], name)
        elif len(words) == 1:
            self._one.setdefault(words[0], name)
        else:
            phrases = self._many.setdefault(words[0], [])
            if all(known != words for known, _ in phrases):
                phrases.append((words, name))
                phrases.sort(key=lambda entry: -len(entry[0]))

    def get(self, phrase: str) -> str | None:
        """Give the name of exactly this phrase, or None."""
        words = tuple(words_of(phrase))
        if len(words) == 1:
            return self._one.get(words[0]) or self._upper.get(words[0])
        if not words:
            return None
        return next((name for known, name in self._many.get(words[0], ()) if known == words), None)

    def touches(self, words: Iterable[str]) -> bool:
        """Say whether any of these lower-cased words could begin a phrase."""
        return not self._firsts.isdisjoint(words)

    def find(self, text: str, *, any_case: bool = False) -> Iterator[Found]:
        """Give the phrases in reading order; they do not overlap."""
        tokens = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
        count = len(tokens)
        at = 0
        while at < count:
            word, start, end = tokens[at]
            if word not in self._firsts:
                at += 1
                continue
            size, name = self._match(tokens, at)
            if name is None:
                name = self._one.get(word)
                if name is None and word in self._upper and (any_case or text[start:end].isupper()):
                    name = self._upper[word]
                size = 1
            if name is None:
                at += 1
                continue
            end = tokens[at + size - 1][2]
            yield Found(name, start, end, text[start:end])
            at += size

    def _match(self, tokens: list[tuple[str, int, int]], at: int) -> tuple[int, str | None]:
        for words, name in self._many.get(tokens[at][0], ()):
            size = len(words)
            if at + size <= len(tokens) and all(
                tokens[at + i][0] == words[i] for i in range(1, size)
            ):
                if tokens[at + size - 1][2] - tokens[at][1] > sum(map(len, words)) + 2 * size:
                    continue  # words with a stop or a gap between them are no phrase
                return size, name
        return 0, None
