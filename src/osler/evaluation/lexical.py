"""The library's exact lexical score over a test collection held in memory.

Terms, field weights and formula are those of `osler.library`; only the candidates' search is
left out, because every document is scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from osler.evaluation.beir import CorpusDocument
from osler.library import ranking
from osler.library.terms import terms

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """A document's index terms by field."""

    title: list[str]
    headings: list[str]
    text: list[str]


def field_terms(document: CorpusDocument) -> FieldTerms:
    """Tokenise a document."""
    return FieldTerms(
        terms(document.title), terms("\n".join(document.headings)), terms(document.text)
    )


class BM25:
    """BM25 scores of all documents for a query, each document one list of terms."""

    def __init__(self, documents: Sequence[Sequence[str]], average: float | None = None) -> None:
        """`average`: the length that a term's count is held against, by default the mean."""
        rows: dict[str, list[int]] = {}
        counts: dict[str, list[int]] = {}
        self.lengths = np.array([len(words) for words in documents], dtype=np.float64)
        for row, words in enumerate(documents):
            for word, count in Counter(words).items():
                rows.setdefault(word, []).append(row)
                counts.setdefault(word, []).append(count)
        self._postings = {
            word: (np.asarray(rows[word]), np.asarray(counts[word], dtype=np.float64))
            for word in rows
        }
        mean = float(self.lengths.mean())
        self.statistics = ranking.Statistics(
            len(documents), mean, {word: len(found) for word, found in rows.items()}
        )
        self._norms = np.array(
            [ranking.normaliser(len(words), average or mean) for words in documents]
        )

    def scores(self, weighed: Sequence[tuple[str, float]]) -> Floats:
        """Of every document, for terms with their weights; shape (documents,)."""
        total = np.zeros(len(self._norms))
        for word, weight in weighed:
            if word in self._postings:
                rows, counts = self._postings[word]
                total[rows] += weight * counts * (ranking.K1 + 1) / (counts + self._norms[rows])
        return total

    def covered(self, weighed: Sequence[tuple[str, float]]) -> Floats:
        """What share of the terms' weight stands in each document, shape (documents,)."""
        held = np.zeros(len(self._norms))
        for word, weight in weighed:
            if word in self._postings:
                held[self._postings[word][0]] += weight
        return held / (sum(weight for _, weight in weighed) or 1.0)


def plain(documents: Sequence[FieldTerms]) -> BM25:
    """The baseline: all fields as one text, each counted once."""
    return BM25([d.title + d.headings + d.text for d in documents])


class Lexical:
    """The library's lexical score: all terms by their fields' weights, and headings alone."""

    def __init__(self, documents: Sequence[FieldTerms]) -> None:
        above = [
            ranking.TITLE_WEIGHT * d.title + ranking.HEADING_WEIGHT * d.headings for d in documents
        ]
        self._all = BM25([d.text + heading for d, heading in zip(documents, above, strict=True)])
        self._above = BM25(above, ranking.HEADING_LENGTH)

    def scores(self, query: str) -> Floats:
        """The score of every document, shape (documents,); as the library gives it."""
        weighed = ranking.weights(ranking.once(terms(query)), self._all.statistics)
        own = self._all.scores(weighed)
        heading = np.where(
            self._above.lengths > 0,
            self._above.scores(weighed),
            ranking.UNHEADED * self._all.covered(weighed) * own,
        )
        return np.round(own + ranking.HEADED * heading, 9)
