"""The sentences of a long question, each looked for by itself.

A patient's message tells of much before it asks. One vector of all of it lies between its
subjects; that of the sentence which asks, or names the illness, lies beside what answers it.
"""

from __future__ import annotations

from osler.library.terms import terms
from osler.patterns import lazy

_END = lazy(r"(?<=[.?!])\s+|\n+")
_LEAST = 2  # index terms: "Thank you." and "Please help." ask for nothing
MOST = 12


def parts(question: str) -> list[str]:
    """The question whole, then each of its sentences where it has several that say something."""
    sentences = [s for s in _END.split(question) if len(terms(s)) >= _LEAST]
    return [question, *sentences[:MOST]] if len(sentences) > 1 else [question]
