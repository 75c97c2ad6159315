"""Typing errors and shortened drug names, mended against the lexicons and the library."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from osler.answering.cues import cues
from osler.answering.shorthand import read_shorthand
from osler.library.terms import STOP_WORDS
from osler.statements.conditions import all_condition_names
from osler.statements.substances import all_names

_TOKEN = re.compile(r"[A-Za-z]{5,}")  # shorter words have too many neighbours
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST_FREE = 6  # in shorter words no letter may be changed, only added, lost or swapped
_SHORTEST_TWO = 9  # letters of a word in which two may be wrong
_SHORTEST_SOUND = 6

Corrections = tuple[tuple[str, str], ...]


def correct_spelling(
    question: str, frequency_of: Callable[[str], int] | None
) -> tuple[str, Corrections]:
    """The question with short forms written out and unknown words read as what is close.

    A word of five letters or more is only touched when neither the lexicons nor the library
    (`frequency_of`) know it. It may stand for the name of a drug, a word of a condition's name
    or an ordinary word of a question: one edit away, two for long words (Damerau–Levenshtein,
    so that a swap of letters counts once), or written as it sounds. Of several, the nearest,
    then the one that most passages of the library hold. Else the beginning of a drug's name
    ("atorva") stands for it. Returns the question and the (typed, understood) pairs.
    """
    question, read = read_shorthand(question)
    if frequency_of is None:
        return question, read
    corrections: list[tuple[str, str]] = []
    pieces: list[str] = []
    at = 0
    for token in _TOKEN.finditer(question):
        word = token.group().lower()
        # The library first: most words are known to it, and the lexicons are slow to load.
        if word in STOP_WORDS or frequency_of(word) > 0 or word in _words().known:
            continue
        meant = _words().nearest(word, frequency_of)
        if meant is None:
            continue
        pieces += [question[at : token.start()], meant]
        at = token.end()
        corrections.append((token.group(), meant))
    return "".join([*pieces, question[at:]]), (*read, *corrections)


class _Words:
    """What a misspelt word may stand for, by first letter and by sound."""

    def __init__(self, drugs: Iterable[str], others: Iterable[str]) -> None:
        self.drugs = sorted(set(drugs))
        self.known = frozenset(self.drugs) | set(others)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            self._by_letter[word[0]].append(word)
            self._by_sound[_sound(word)].append(word)

    def nearest(self, word: str, frequency_of: Callable[[str], int]) -> str | None:
        """The word meant, or None where nothing is close."""

        def said_most(candidates: Iterable[str]) -> str | None:
            return max(candidates, key=lambda name: (frequency_of(name), name), default=None)

        close = self._close(word)
        # What sounds alike is as near as what is one letter away.
        if len(word) >= _SHORTEST_SOUND:
            close += [(name, 1) for name in self._by_sound.get(_sound(word), ())]
        if close:
            least = min(distance for _, distance in close)
            return said_most(name for name, distance in close if distance == least)
        # Shortened names, by what the library speaks of most.
        return said_most(n for n in self.drugs if n.startswith(word) and frequency_of(n) > 0)

    def _close(self, word: str) -> list[tuple[str, int]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 2 if len(word) >= _SHORTEST_TWO else 1
        near = process.extract(
            word, self._by_letter[word[0]], scorer=OSA.distance, score_cutoff=allowed, limit=8
        )
        return [
            (name, int(distance))
            for name, distance, _ in near
            if len(word) >= _SHORTEST_FREE or len(name) != len(word) or sorted(name) == sorted(word)
        ]


_SPELT = (
    (re.compile("ph"), "f"),
    (re.compile("ae|oe"), "e"),
    (re.compile("^(?:pn|kn)"), "n"),
    (re.compile("^ps|^x"), "s"),
    (re.compile("rr?h"), "r"),
    (re.compile("y"), "i"),
    (re.compile("z|c(?=[eiy])"), "s"),
    (re.compile("ck|q|c"), "k"),
    (re.compile("x"), "ks"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("ia?s(?=$)|es?$"), ""),
)


def _sound(word: str) -> str:
    """What spellings of one sound share: "diarea" and "diarrhoea", "fenitoin" and "phenytoin"."""
    for pattern, replacement in _SPELT:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=1)
def _words() -> _Words:
    names = list(all_names())
    drugs = {name for name in names if name.isalpha() and len(name) >= 4}
    parts = {word for name in names for word in _WORD.findall(name)}
    conditions = {word for name in all_condition_names() for word in _WORD.findall(name.lower())}
    text = Path(__file__).with_name("data").joinpath("clinical_words.txt").read_text("utf-8")
    ordinary = {w for line in text.splitlines() if line[:1] != "#" for w in line.split()}
    ordinary |= {w for w in cues().asking_words | cues().generic_words if w.isalpha()}
    return _Words(drugs, (w for w in parts | conditions | ordinary if len(w) >= 4))
