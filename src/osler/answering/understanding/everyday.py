"""Words of the day, the person and the manner, which tell nothing of a problem."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from osler.library.terms import terms


def is_everyday(word: str) -> bool:
    """Whether every index term of a word is one of everyday English; so is a stop word."""
    return all(term in _everyday_terms() for term in terms(word))


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """The words as the list has them, in small letters."""
    text = Path(__file__).parents[1].joinpath("data", "everyday_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


@lru_cache(maxsize=1)
def _everyday_terms() -> frozenset[str]:
    return frozenset(term for word in everyday_words() for term in terms(word))
