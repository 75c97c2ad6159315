"""How well the library's ranking finds what people judged relevant.

Scores, fusion and vectors are the library's own (`osler.library`): the candidates are the best of
either ranking, by the weighted mean of z-scores. Documents are ranked whole, not in passages. BM25
alone over all fields as one text, each counted once, is measured beside it as the baseline.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from osler.domain.errors import UsageError
from osler.evaluation import lexical
from osler.evaluation.beir import TEXT, Collection, CorpusDocument, read_collection
from osler.evaluation.lexical import Lexical, field_terms
from osler.evaluation.metrics import (
    Interval,
    bootstrap,
    ndcg,
    paired_bootstrap,
    recall,
    reciprocal_rank,
)
from osler.library import ranking
from osler.library.embedders import DEFAULT_TIER, Embedder, load_embedder
from osler.library.embedding import HEADING_SHARE, passage_vectors
from osler.library.fusion import fuse
from osler.library.sentences import parts
from osler.library.terms import terms

NONE = "none"  # the tier of a library without vectors


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over the queries with 95 % bootstrap intervals."""

    ndcg: Interval
    recall: Interval
    mrr: Interval
    recall_at_1: Interval


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """What `osler evaluate retrieval` prints. Times are in seconds."""

    tier: str
    k: int
    documents: int
    queries: int
    left_out: int  # queries without a relevant document
    relevant_from: int  # the lowest score that counts as relevant
    measures: Measures
    bm25: Measures
    ndcg_gain: Interval  # over BM25, paired by query
    index_seconds: float
    embed_seconds: float  # what was embedded now; near 0 where vectors were kept from before
    search_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Scores:
    """One value a query."""

    ndcg: tuple[float, ...]
    recall: tuple[float, ...]
    mrr: tuple[float, ...]
    recall_at_1: tuple[float, ...]

    def measures(self) -> Measures:
        """Means and intervals."""
        return Measures(*map(bootstrap, (self.ndcg, self.recall, self.mrr, self.recall_at_1)))


def evaluate_retrieval(
    corpus: str | Path | Sequence[str | Path],
    queries: str | Path,
    qrels: str | Path | None,
    *,
    field: str = TEXT,
    tier: str = DEFAULT_TIER,
    k: int = 10,
    relevant_from: int | None = None,
    cache: Path | None = None,
) -> RetrievalReport:
    """Rank the corpus for every judged query and measure the first `k`.

    Several corpora are searched as one. `field` is that of the queries which is asked ("message"
    for LiveQA's patients in their own words). Without `qrels` each query is about the document
    of its own id, as PubMedQA's are (`q123` about `123`).

    A document is relevant from the score `relevant_from`; by default from half the highest
    score in the judgments: 1 where scores are 0 and 1, 2 where they run from 0 to 3. Queries
    without a relevant document are left out. nDCG's gains are the scores themselves, of all
    judged documents (trec_eval's convention); what was not judged counts as not relevant.

    Vectors are kept in `cache` (by default the user's cache folder), named by a hash of model
    and texts. Raises UsageError for malformed files, an unknown tier, and where no query has a
    relevant document.
    """
    started = time.perf_counter()
    if k < 1:
        raise UsageError(f"k is {k}; it must be at least 1")
    corpora = [corpus] if isinstance(corpus, (str, Path)) else corpus
    collection = read_collection(
        [Path(path) for path in corpora],
        Path(queries),
        None if qrels is None else Path(qrels),
        field=field,
    )
    threshold = relevant_from if relevant_from is not None else _half_the_highest(collection)
    judged = [q for q, grades in collection.grades.items() if max(grades.values()) >= threshold]
    if not judged:
        raise UsageError("no query has a relevant document", help="Check the qrels' scores.")

    asked = [collection.queries[query] for query in judged]
    tokenised = [field_terms(document) for document in collection.documents]
    baseline, system = lexical.plain(tokenised), Lexical(tokenised)
    indexed = time.perf_counter()
    similarities: list[NDArray[np.float32]] | None = None
    if tier != NONE:
        embedder = load_embedder(tier)
        folder = cache if cache is not None else user_cache_path("osler") / "evaluation"
        vectors = document_vectors(embedder, collection.documents, folder)
        similarities = [(vectors @ embedder.embed(parts(text)).T).max(axis=1) for text in asked]
    embedded = time.perf_counter()

    def scores(rankings: Sequence[Sequence[str]]) -> Scores:
        return score(rankings, [collection.grades[query] for query in judged], threshold, k)

    plain = scores(
        [
            rank(
                collection.documents,
                baseline.scores(ranking.weights(terms(text), baseline.statistics)),
                None,
                k,
            )
            for text in asked
        ]
    )
    searching = time.perf_counter()
    found = scores(
        [
            rank(
                collection.documents,
                system.scores(text),
                None if similarities is None else similarities[row],
                k,
            )
            for row, text in enumerate(asked)
        ]
    )
    ended = time.perf_counter()
    return RetrievalReport(
        tier=tier,
        k=k,
        documents=len(collection.documents),
        queries=len(judged),
        left_out=len(collection.queries) - len(judged),
        relevant_from=threshold,
        measures=found.measures(),
        bm25=plain.measures(),
        ndcg_gain=paired_bootstrap(found.ndcg, plain.ndcg),
        index_seconds=indexed - started,
        embed_seconds=embedded - indexed,
        search_seconds=ended - searching,
        seconds=time.perf_counter() - started,
    )


def rank(
    documents: Sequence[CorpusDocument],
    bm25: NDArray[np.float64],
    similarities: NDArray[np.float32] | None,
    k: int,
) -> list[str]:
    """The ids of the best k documents, as the library ranks; ties are broken by id.

    Without similarities by BM25; a document that shares no word with the query is not found.
    """
    found = _best(bm25, ranking.CANDIDATES)
    found = found[bm25[found] > 0]
    if similarities is None:
        scored = bm25[found].tolist()
    else:
        found = np.union1d(found, _best(similarities, ranking.CANDIDATES))
        scored = fuse(bm25[found].tolist(), similarities[found].tolist())
    order = sorted(
        zip(scored, found.tolist(), strict=True), key=lambda pair: (-pair[0], documents[pair[1]].id)
    )
    return [documents[row].id for _, row in order[:k]]


def score(
    rankings: Sequence[Sequence[str]],
    grades: Sequence[dict[str, int]],
    relevant_from: int,
    k: int,
) -> Scores:
    """nDCG, recall and reciprocal rank of each query's ranking."""
    relevant = [{d for d, grade in judged.items() if grade >= relevant_from} for judged in grades]
    pairs = list(zip(rankings, relevant, strict=True))
    return Scores(
        tuple(ndcg(r, judged, k) for r, judged in zip(rankings, grades, strict=True)),
        tuple(recall(r, wanted, k) for r, wanted in pairs),
        tuple(reciprocal_rank(r, wanted, k) for r, wanted in pairs),
        tuple(recall(r, wanted, 1) for r, wanted in pairs),
    )


def document_vectors(
    embedder: Embedder, documents: Sequence[CorpusDocument], folder: Path
) -> NDArray[np.float32]:
    """One row a document, as of a passage; read from `folder` if computed before."""
    passages = [(". ".join(filter(None, (d.title, *d.headings))), d.text) for d in documents]
    digest = hashlib.sha256(f"{embedder.name} {HEADING_SHARE}".encode())
    for heading, text in passages:
        digest.update(b"\0" + heading.encode() + b"\0" + text.encode())
    path = folder / f"{digest.hexdigest()[:32]}.npy"
    if path.is_file():
        stored: NDArray[np.float32] = np.load(path, allow_pickle=False)
        return stored
    vectors = passage_vectors(embedder, passages)
    folder.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part.npy")  # a run that is stopped leaves no half file
    np.save(partial, vectors)
    partial.replace(path)
    return vectors


def _half_the_highest(collection: Collection) -> int:
    highest = max(max(grades.values()) for grades in collection.grades.values())
    return max(1, -(-highest // 2))


def _best(values: NDArray[np.float64] | NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The rows of the `count` highest values; of those that tie at the end, the first."""
    return np.argsort(-values, kind="stable")[:count]
