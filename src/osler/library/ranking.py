"""Exact BM25 over title, headings and body, from the statistics of one version.

Robertson, Zaragoza and Taylor 2004 ("Simple BM25 extension to multiple weighted fields"): a
term in a weighted field counts as that many terms, in one field. So the index, the lengths
and the scores all speak of the same weighted terms.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

K1 = 1.2
B = 0.75
TITLE_WEIGHT = 2
HEADING_WEIGHT = 1
CANDIDATES = 200  # passages by words, and as many by vectors, that are scored to be fused
CANDIDATES_OF_WORDS = 4  # times as many as asked for, where words alone rank
_DIGITS = 9  # scores are rounded, so that every machine ties where another does


@dataclass(frozen=True, slots=True)
class Statistics:
    """A version's passages, their average length, and in how many of them each term stands."""

    passages: int
    average: float
    frequencies: Mapping[str, int]


def joined(terms: Iterable[str]) -> str:
    """Terms as they are stored: each between spaces of its own, so that counting is exact."""
    text = "  ".join(terms)
    return f" {text} " if text else ""


def weights(query: Sequence[str], statistics: Statistics) -> list[tuple[str, float]]:
    """Each different term of the query with its inverse document frequency, times repeats."""
    n = statistics.passages
    weighed = []
    for term, repeats in sorted(Counter(query).items()):
        df = statistics.frequencies.get(term, 0)
        if df > 0:
            weighed.append((term, repeats * inverse_document_frequency(n, df)))
    return weighed


def inverse_document_frequency(passages: int, frequency: int) -> float:
    """Rarity of a term that stands in `frequency` of so many passages (never negative)."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def counts(weighed: Sequence[tuple[str, float]], text: str) -> list[int]:
    """How often each term of the query stands in stored terms (see `joined`)."""
    return [text.count(f" {term} ") for term, _ in weighed]


def score(
    weighed: Sequence[tuple[str, float]],
    body: Sequence[int],
    above: Sequence[int],
    length: int,
    average: float,
) -> float:
    """BM25 of one passage: `counts` of its own terms and of its title and headings."""
    norm = K1 * (1 - B + B * length / average) if average else K1
    total = 0.0
    for (_, weight), own, heading in zip(weighed, body, above, strict=True):
        count = own + heading
        if count:
            total += weight * count * (K1 + 1) / (count + norm)
    return round(total, _DIGITS)
