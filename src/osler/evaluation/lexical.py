"""The library's exact BM25 over a test collection held in memory.

Terms, field weights and formula are those of `osler.library`; only the candidates' search is
left out, because every document is scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from osler.evaluation.beir import TestDocument
from osler.library import ranking
from osler.library.terms import terms


class Lexical:
    """BM25 scores of all documents for a query."""

    def __init__(
        self,
        documents: Sequence[TestDocument],
        *,
        title_weight: int = ranking.TITLE_WEIGHT,
        heading_weight: int = ranking.HEADING_WEIGHT,
    ) -> None:
        rows: dict[str, list[int]] = {}
        counts: dict[str, list[int]] = {}
        lengths = np.zeros(len(documents))
        for row, document in enumerate(documents):
            words = terms(document.text) + title_weight * terms(document.title)
            for heading in document.headings:
                words += heading_weight * terms(heading)
            lengths[row] = len(words)
            for word, count in Counter(words).items():
                rows.setdefault(word, []).append(row)
                counts.setdefault(word, []).append(count)
        self._postings = {
            word: (np.asarray(rows[word]), np.asarray(counts[word], dtype=np.float64))
            for word in rows
        }
        average = float(lengths.mean())
        self._statistics = ranking.Statistics(
            len(documents), average, {word: len(found) for word, found in rows.items()}
        )
        self._norms = ranking.K1 * (1 - ranking.B + ranking.B * lengths / max(average, 1e-9))

    def scores(self, query: str) -> NDArray[np.float64]:
        """BM25 of every document, shape (documents,); equal to `ranking.score`."""
        total = np.zeros(len(self._norms))
        for word, weight in ranking.weights(terms(query), self._statistics):
            rows, counts = self._postings[word]
            total[rows] += weight * counts * (ranking.K1 + 1) / (counts + self._norms[rows])
        return np.round(total, 9)
