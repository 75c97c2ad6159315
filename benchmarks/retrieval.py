"""Retrieval over MedQuAD with the LiveQA judgments."""

from __future__ import annotations

import corpora
from machine import load
from page import Measured, table

from osler.evaluation.metrics import Interval
from osler.evaluation.retrieval import evaluate_retrieval

CORPUS = corpora.MEDQUAD / "corpus.jsonl.gz"
QUERIES = corpora.LIVEQA / "queries.jsonl.gz"
QRELS = corpora.LIVEQA / "qrels.tsv"


def measure() -> Measured:
    """The default tier on the judged questions, beside BM25."""
    title = "Retrieval"
    why = corpora.absent(CORPUS, QUERIES, QRELS)
    if why:
        return Measured(title, (why,))
    before = load()
    report = evaluate_retrieval(CORPUS, QUERIES, QRELS)
    k = report.k
    rows = [
        (f"nDCG@{k}", _shown(report.measures.ndcg), _shown(report.bm25.ndcg)),
        (f"Recall@{k}", _shown(report.measures.recall), _shown(report.bm25.recall)),
        (f"MRR@{k}", _shown(report.measures.mrr), _shown(report.bm25.mrr)),
    ]
    lines = (
        f"MedQuAD ({report.documents:,} answers) with the LiveQA judgments: {report.queries} "
        f"questions, the question's summary as query, tier {report.tier}. Means with 95 % "
        "bootstrap intervals.",
        "",
        *table(("", "Osler", "BM25"), rows),
        "",
        f"Gain in nDCG@{k} over BM25, paired by question: {_shown(report.ndcg_gain)}. "
        f"Indexing {report.index_seconds:.1f} s, vectors {report.embed_seconds:.1f} s (near 0 "
        f"where kept from before), searching {report.search_seconds:.1f} s; load before, after "
        f"{before:.1f}, {load():.1f}.",
    )
    return Measured(title, lines)


def _shown(interval: Interval) -> str:
    return f"{interval.mean:.3f} ({interval.low:.3f} to {interval.high:.3f})"
