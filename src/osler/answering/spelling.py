"""Typing errors and shortened drug names, mended against the drug lexicon and the library."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from osler.library.terms import STOP_WORDS
from osler.statements.substances import all_names

_TOKEN = re.compile(r"[A-Za-z]{4,}")
_SHORTEST_FUZZY = 6  # shorter words have too many neighbours
_SHORTEST_PREFIX = 4


def correct_spelling(
    question: str, frequency_of: Callable[[str], int] | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with unknown words read as drug names where only one is close.

    A word is only touched when neither the drug lexicon nor the library (`frequency_of`)
    knows it: one or two edits for long words (Damerau–Levenshtein, so that a swap of
    letters counts once), or a beginning that one drug name alone shares ("atorva").
    Returns the question and the (typed, understood) pairs.
    """
    if frequency_of is None:
        return question, ()
    corrections: list[tuple[str, str]] = []
    pieces: list[str] = []
    at = 0
    for token in _TOKEN.finditer(question):
        word = token.group().lower()
        # The library first: most words are known to it, and the lexicon is slow to load.
        if word in STOP_WORDS or frequency_of(word) > 0 or word in _single_words():
            continue
        meant = _nearest(word, frequency_of)
        if meant is None or meant == word:
            continue
        pieces += [question[at : token.start()], meant]
        at = token.end()
        corrections.append((token.group(), meant))
    return "".join([*pieces, question[at:]]), tuple(corrections)


def _nearest(word: str, frequency_of: Callable[[str], int]) -> str | None:
    if len(word) >= _SHORTEST_FUZZY:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(word) < 9 else 2
        close = process.extract(
            word, _single_words_list(), scorer=OSA.distance, score_cutoff=allowed, limit=5
        )
        if close:
            nearest = min(distance for _, distance, _ in close)
            return max(
                (name for name, distance, _ in close if distance == nearest),
                key=lambda name: (frequency_of(name), name),
            )
    if len(word) >= _SHORTEST_PREFIX:
        # Shortened names, by what the library speaks of most.
        longer = [n for n in _single_words_list() if n.startswith(word) and frequency_of(n) > 0]
        if longer:
            return max(longer, key=lambda name: (frequency_of(name), name))
    return None


@lru_cache(maxsize=1)
def _single_words_list() -> tuple[str, ...]:
    return tuple(sorted(_single_words()))


@lru_cache(maxsize=1)
def _single_words() -> frozenset[str]:
    return frozenset(
        name for name in all_names() if name.isalpha() and len(name) >= _SHORTEST_PREFIX
    )
