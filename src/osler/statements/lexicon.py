"""A dictionary of phrases and a fast way to find them in a text."""

from __future__ import annotations

from dataclasses import dataclass

from osler.statements.words import new_mark, split, words_in


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
        # By their first two words, the longest first.
        self._many: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
        self._upper: dict[str, str] = {}
        self._firsts: set[str] = set()
        self._mark = 0  # of the words that begin a phrase; 0 until the first search

    def add(self, phrase: str, name: str, *, upper: bool = False) -> None:
        """Enter a phrase; the first name given to a phrase stays."""
        self._mark = 0
        if phrase.isalnum() and phrase.islower() and not upper:  # as most are
            self._firsts.add(phrase)
            self._one.setdefault(phrase, name)
            return
        words = split(phrase)
        if not words:
            return
        self._firsts.add(words[0])
        if len(words) > 1:
            phrases = self._many.setdefault((words[0], words[1]), [])
            if all(known != words for known, _ in phrases):
                phrases.append((words, name))
                phrases.sort(key=lambda entry: -len(entry[0]))
        elif upper:
            self._upper.setdefault(words[0], name)
        else:
            self._one.setdefault(words[0], name)

    def get(self, phrase: str) -> str | None:
        """Give the name of exactly this phrase, or None."""
        words = split(phrase)
        if len(words) == 1:
            return self._one.get(words[0]) or self._upper.get(words[0])
        if not words:
            return None
        phrases = self._many.get((words[0], words[1]), ())
        return next((name for known, name in phrases if known == words), None)

    def find(self, text: str, *, any_case: bool = False) -> list[Found]:
        """Give the phrases in reading order; they do not overlap."""
        if self._mark == 0:
            self._mark = new_mark(test=self._firsts.__contains__)
        marked = words_in(text)
        if not marked.marks & self._mark:
            return []
        words, starts = marked.all, marked.starts
        found: list[Found] = []
        free = 0  # the first word that no phrase has taken
        for at, start, mark in marked.marked:
            if not mark & self._mark or at < free:
                continue
            word = words[at]
            size, name = self._match(words, starts, at)
            if name is None:
                name = self._one.get(word)
                if name is None and word in self._upper:
                    written = text[start : start + len(word)]
                    name = self._upper[word] if any_case or written.isupper() else None
            if name is not None:
                free = at + size
                end = starts[free - 1] + len(words[free - 1])
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
