"""A dictionary of phrases and a fast way to find them in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock

from osler.statements.words.cutting import new_mark, split, words_in

_PARTED = re.compile("[:;]")  # between the words of no phrase
_ENTERING = Lock()  # phrases are entered while other threads look for theirs


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
    phrases entered as `upper`: those count only where the text writes them in capitals, at
    least beyond their first letter ("PrEP", "UTIs").
    """

    def __init__(self) -> None:
        self._one: dict[str, str] = {}
        # By their first two words, the longest first.
        self._many: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
        self._upper: dict[str, str] = {}
        # By their first word, until that is met: a text holds few of the words.
        self._waiting: dict[str, list[tuple[str, str, bool]]] = {}
        self._firsts: set[str] = set()
        self._mark = 0  # of the words that begin a phrase; 0 until the first search

    def add(self, phrase: str, name: str, *, upper: bool = False) -> None:
        """Enter a phrase; the first name given to a phrase stays."""
        self._mark = 0
        first = phrase.split(" ", 1)[0].lower()
        if not first.isalnum():
            words = split(phrase)
            if not words:
                return
            first = words[0]
        self._firsts.add(first)
        if first == phrase and not upper:  # as most are
            self._one.setdefault(phrase, name)
        else:
            self._waiting.setdefault(first, []).append((phrase, name, upper))

    def _enter(self, phrase: str, name: str, upper: bool) -> None:
        words = split(phrase)
        if len(words) > 1:
            known = self._many.get((words[0], words[1]), [])
            if all(words != others for others, _ in known):
                longest_first = sorted([*known, (words, name)], key=lambda entry: -len(entry[0]))
                self._many[words[0], words[1]] = longest_first
        elif upper:
            self._upper.setdefault(words[0], name)
        else:
            self._one.setdefault(words[0], name)

    def _meet(self, word: str) -> None:
        """Enter the phrases that begin with a word, all before any of them can be missed."""
        if word in self._waiting:
            with _ENTERING:
                for waiting in self._waiting.get(word, ()):
                    self._enter(*waiting)
                self._waiting.pop(word, None)

    def get(self, phrase: str) -> str | None:
        """Give the name of exactly this phrase, or None."""
        words = split(phrase)
        if words:
            self._meet(words[0])
        if len(words) == 1:
            return self._one.get(words[0]) or self._upper.get(words[0])
        if not words:
            return None
        phrases = self._many.get((words[0], words[1]), ())
        return next((name for known, name in phrases if known == words), None)

    def find(
        self, text: str, *, any_case: bool = False, words: frozenset[str] = frozenset()
    ) -> list[Found]:
        """Give the phrases in reading order; they do not overlap.

        `any_case` finds in small letters too what was entered as `upper`, except `words`.
        """
        if self._mark == 0:
            with _ENTERING:
                self._mark = self._mark or new_mark(test=self._firsts.__contains__)
        marked = words_in(text)
        if not marked.marks & self._mark:
            return []
        all_words, starts = marked.all, marked.starts
        found: list[Found] = []
        free = 0  # the first word that no phrase has taken
        for at, start, mark in marked.marked:
            if not mark & self._mark or at < free:
                continue
            word = all_words[at]
            if word in self._waiting:
                self._meet(word)
            size, name = self._match(all_words, starts, at)
            if size > 1 and _PARTED.search(text, start, starts[at + size - 1]):
                size, name = 1, None  # "Step one: alpha blockade"
            if name is None:
                name = self._one.get(word)
                if name is None and word in self._upper:
                    written = text[start : start + len(word)]
                    capital = written.isupper() or written[1:] != word[1:]
                    if capital or (any_case and word not in words):
                        name = self._upper[word]
            if name is not None:
                free = at + size
                end = starts[free - 1] + len(all_words[free - 1])
                found.append(Found(name, start, end, text[start:end]))
        return found

    def _match(self, words: list[str], starts: list[int], at: int) -> tuple[int, str | None]:
        if at + 1 < len(words):
            for phrase, name in self._many.get((words[at], words[at + 1]), ()):
                size = len(phrase)
                if words[at : at + size] == phrase:
                    end = starts[at + size - 1] + len(phrase[-1])
                    if end - starts[at] <= sum(map(len, phrase)) + 2 * size:
                        return size, name  # not where a stop or a gap stands between its words
        return 1, None
