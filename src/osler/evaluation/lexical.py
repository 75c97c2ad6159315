"""The library's exact BM25 over a test collection held in memory.

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


class Lexical:
    """BM25 scores of all documents for a query."""

    def __init__(
        self,
        documents: Sequence[FieldTerms],
        *,
        title_weight: int = ranking.TITLE_WEIGHT,
        heading_weight: int = ranking.HEADING_WEIGHT,
    ) -> None:
        rows: dict[str, list[int]] = {}
        counts: dict[str, list[int]] = {}
        lengths = np.zeros(len(documents))
        for row, document in enumerate(documents):
            words = (
                document.text + title_weight * document.title + heading_weight * document.headings
            )
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
