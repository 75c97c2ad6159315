"""Exact BM25 over title, headings and body, from the statistics of one version.

Robertson, Zaragoza and Taylor 2004 ("Simple BM25 extension to multiple weighted fields"): a
term in a weighted field counts as that many terms, in one field. So the index, the lengths
and the scores all speak of the same weighted terms.

What a passage is about stands in its title and headings, so these are scored once more alone,
and both scores are added: a question's words that head a passage say more than the same words
anywhere in it. A passage without title and headings is held to be headed by what is asked in so
far as it holds the question's words: an abstract that holds most of them is about them, one that
shares three words with a long message is not.
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
# Chosen on sets that have nothing to do with LiveQA's judged questions (docs/benchmarks.md); the
# ranking changes little between 2 and 4, .6 and .8.
HEADED = 3.0  # what the score of title and headings counts beside that of all terms
UNHEADED = 2.5  # of its own score, for a passage without either that holds the whole question
HEADING_LENGTH = 12  # weighted terms of an average title with its headings
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


def once(words: Iterable[str]) -> list[str]:
    """Each different term of a question. That a message says a word again says little."""
    return list(dict.fromkeys(words))


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


def marks(weighed: Sequence[tuple[str, float]]) -> list[str]:
    """The query's terms as they stand in stored terms (see `joined`)."""
    return [f" {term} " for term, _ in weighed]


def counts(marks: Sequence[str], text: str) -> list[int]:
    """How often each of `marks` stands in stored terms."""
    return list(map(text.count, marks))


def score(
    weighed: Sequence[tuple[str, float]],
    body: Sequence[int],
    above: Sequence[int],
    length: int,
    average: float,
) -> float:
    """BM25 of one passage: `counts` of its own terms and of its title and headings."""
    norm = normaliser(length, average)
    total = 0.0
    for (_, weight), own, heading in zip(weighed, body, above, strict=True):
        count = own + heading
        if count:
            total += weight * count * (K1 + 1) / (count + norm)
    return round(total, _DIGITS)


def heading_score(
    weighed: Sequence[tuple[str, float]], above: Sequence[int], length: int
) -> float | None:
    """BM25 of title and headings alone, `length` weighted terms; None where there are none."""
    if not length:
        return None
    norm = normaliser(length, HEADING_LENGTH)
    total = 0.0
    for (_, weight), count in zip(weighed, above, strict=True):
        if count:
            total += weight * count * (K1 + 1) / (count + norm)
    return total


def covered(weighed: Sequence[tuple[str, float]], body: Sequence[int]) -> float:
    """The share of the query's weight whose terms stand in a passage, 0 to 1."""
    whole = sum(weight for _, weight in weighed)
    held = sum(weight for (_, weight), count in zip(weighed, body, strict=True) if count)
    return held / whole if whole else 0.0


def headed(score: float, heading: float) -> float:
    """A passage's score with that of its heading added (see `heading_score`)."""
    return round(score + HEADED * heading, _DIGITS)


def unheaded(score: float, covered: float) -> float:
    """The score of a passage without title and headings (see `covered`)."""
    return round(score + HEADED * UNHEADED * covered * score, _DIGITS)


def normaliser(length: int, average: float) -> float:
    """What BM25 adds to a count: more in a text that is longer than the average."""
    return K1 * (1 - B + B * length / average) if average else K1
