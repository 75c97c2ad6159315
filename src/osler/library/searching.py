"""From a query to ranked passages: candidates, exact scores, fusion."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from osler.library import ranking
from osler.library.fusion import fuse
from osler.library.index import Index
from osler.library.records import Filters, Hit
from osler.library.store import Candidate, Store
from osler.library.terms import terms

if TYPE_CHECKING:
    from osler.library.vectors import Vectors

_MOST_SOURCES = 5_000  # a longer list of sources costs more in the query than filtering after


class Searcher:
    """Searches one version of a library."""

    def __init__(self, folder: Path, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self.vectors = _vectors(folder, store.embedder) if store.embedder else None
        if self.vectors is not None and len(self.vectors) < store.last_row():
            self.vectors = None  # damaged, and not yet computed again

    def search(
        self, query: str, k: int, filters: Filters | None, words_only: bool = False
    ) -> tuple[Hit, ...]:
        """See `Library.search`."""
        allowed = self._store.allowed(filters) if filters else None
        if k < 1 or (allowed is not None and not allowed):
            return ()
        words = terms(query) if words_only else ranking.once(terms(query))
        statistics = self._store.statistics(words)
        weighed = ranking.weights(words, statistics)
        hybrid = self.vectors is not None and not words_only
        most = ranking.CANDIDATES if hybrid else ranking.CANDIDATES_OF_WORDS * k
        found = self._lexical([term for term, _ in weighed], max(k, most), allowed)
        similarities: dict[int, float] = {}
        if hybrid:
            similarities = self._similar(query, found, allowed)
        scored = _scored(weighed, found.values(), statistics.average)
        if similarities:
            order = sorted(found)
            scores = dict(
                zip(
                    order,
                    fuse([scored[r] for r in order], [similarities[r] for r in order]),
                    strict=True,
                )
            )
        else:
            scores = scored
        return self._hits(k, scores, scored, similarities)

    def _hits(
        self,
        k: int,
        scores: dict[int, float],
        scored: dict[int, float],
        similarities: dict[int, float],
    ) -> tuple[Hit, ...]:
        ordered = sorted(scores, key=lambda row: -scores[row])
        # All that tie with the last one shown, for ids to decide.
        least = scores[ordered[k - 1]] if len(ordered) > k else float("-inf")
        rows = [row for row in ordered if scores[row] >= least]
        passages = self._store.passages(rows)
        hits = [Hit(passages[row], scores[row], scored[row], similarities.get(row)) for row in rows]
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        return tuple(hits[:k])

    def _lexical(
        self, words: list[str], limit: int, allowed: frozenset[int] | None
    ) -> dict[int, Candidate]:
        """The best `limit` passages by tantivy's reckoning, of the sources that may answer."""
        if not words:
            return {}
        hidden = self._store.hidden
        fetch = limit
        while True:
            rows, exhausted = self._index.candidates(
                words,
                limit=fetch,
                version=self._store.version,
                sources=allowed if allowed is not None and len(allowed) <= _MOST_SOURCES else None,
                without=hidden if len(hidden) <= _MOST_SOURCES else (),
            )
            kept = {
                c.row: c
                for c in self._store.candidates(rows)
                if c.source not in hidden and (allowed is None or c.source in allowed)
            }
            if len(kept) >= limit or exhausted:
                return kept
            fetch *= 4

    def _similar(
        self, query: str, found: dict[int, Candidate], allowed: frozenset[int] | None
    ) -> dict[int, float]:
        """Cosines of all candidates, to which the nearest passages are added."""
        assert self.vectors is not None
        scores = self.vectors.similarities(query)
        fetch = ranking.CANDIDATES
        while True:
            rows = self.vectors.nearest(scores, fetch)
            new = self._store.candidates([row for row in rows if row not in found])
            kept = [
                c
                for c in new
                if self._store.shows(c.source) and (allowed is None or c.source in allowed)
            ]
            if len(kept) + len(rows) - len(new) >= ranking.CANDIDATES or len(rows) < fetch:
                break
            fetch *= 4
        found.update((c.row, c) for c in kept)
        return {row: float(scores[row - 1]) for row in found}


def _scored(
    weighed: list[tuple[str, float]], found: Iterable[Candidate], average: float
) -> dict[int, float]:
    """The lexical score of each candidate, by row; a section's heading is scored once."""
    marks = ranking.marks(weighed)
    sections: dict[int, tuple[list[int], float | None]] = {}
    scored = {}
    for c in found:
        known = sections.get(c.section)
        if known is None:
            above = ranking.counts(marks, c.heading)
            length = len(c.heading.split())
            known = sections[c.section] = above, ranking.heading_score(weighed, above, length)
        above, heading = known
        body = ranking.counts(marks, c.terms)
        score = ranking.score(weighed, body, above, c.length, average)
        if heading is None:
            scored[c.row] = ranking.unheaded(score, ranking.covered(weighed, body))
        else:
            scored[c.row] = ranking.headed(score, heading)
    return scored


def _vectors(folder: Path, tier: str) -> Vectors | None:
    """The tier's vectors; numpy is imported only where there are some."""
    from osler.library.vectors import Vectors

    return Vectors.open(folder, tier)
