"""Retrieval over MedQuAD: LiveQA's judged questions and messages, PubMedQA's questions."""

from __future__ import annotations

from collections.abc import Callable

import corpora
from machine import load
from page import Measured, table

from osler.domain.errors import UsageError
from osler.evaluation.metrics import Interval
from osler.evaluation.retrieval import RetrievalReport, evaluate_retrieval
from osler.library.embedders import load_embedder

CORPUS = corpora.MEDQUAD / "corpus.jsonl.gz"
QUERIES = corpora.LIVEQA / "queries.jsonl.gz"
QRELS = corpora.LIVEQA / "qrels.tsv"
ABSTRACTS = corpora.PUBMEDQA / "corpus.jsonl.gz"
QUESTIONS = corpora.PUBMEDQA / "queries.jsonl.gz"
TIERS = ("static", "minilm")

Measure = Callable[[RetrievalReport], tuple[Interval, Interval]]


def measure() -> Measured:
    """The default tier, and MiniLM where installed, beside BM25, on three sets of questions."""
    title = "Retrieval"
    why = corpora.absent(CORPUS, QUERIES, QRELS, ABSTRACTS, QUESTIONS)
    if why:
        return Measured(title, (why,))
    before = load()
    rows = [row for tier in filter(_installed, TIERS) for row in _rows(tier)]
    lines = (
        "MedQuAD's answers with the LiveQA judgments, the question's summary or the patient's own "
        "message as query; and PubMedQA's questions to their abstracts (without conclusions) "
        "among MedQuAD's answers. 95 % bootstrap intervals; the gain in nDCG@10 is paired by "
        "question.",
        "",
        *table(("asked", "tier", "questions", "measure", "Osler", "BM25", "gain"), rows),
        "",
        f"Load before, after: {before:.1f}, {load():.1f}.",
    )
    return Measured(title, lines)


def _rows(tier: str) -> list[tuple[object, ...]]:
    summaries = evaluate_retrieval(CORPUS, QUERIES, QRELS, tier=tier)
    messages = evaluate_retrieval(CORPUS, QUERIES, QRELS, field="message", tier=tier)
    abstracts = evaluate_retrieval([CORPUS, ABSTRACTS], QUESTIONS, None, tier=tier)
    return [
        _row("LiveQA's summaries", summaries, "nDCG@10", _ndcg),
        _row("LiveQA's messages", messages, "nDCG@10", _ndcg),
        _row("PubMedQA", abstracts, "recall@1", _recall_at_1),
    ]


def _row(asked: str, report: RetrievalReport, name: str, measured: Measure) -> tuple[object, ...]:
    ours, plain = measured(report)
    gain = _shown(report.ndcg_gain)
    return asked, report.tier, report.queries, name, _shown(ours), _shown(plain), gain


def _ndcg(report: RetrievalReport) -> tuple[Interval, Interval]:
    return report.measures.ndcg, report.bm25.ndcg


def _recall_at_1(report: RetrievalReport) -> tuple[Interval, Interval]:
    return report.measures.recall_at_1, report.bm25.recall_at_1


def _installed(tier: str) -> bool:
    try:
        load_embedder(tier)
    except UsageError:
        return False
    return True


def _shown(interval: Interval) -> str:
    return f"{interval.mean:.3f} ({interval.low:.3f} to {interval.high:.3f})"
