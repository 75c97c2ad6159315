"""Measuring: evaluate retrieval, evaluate answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from osler.cli.errors import Commands
from osler.cli.options import Format, FormatOption, LibraryOption, library_path
from osler.cli.printing import plain, print_json

if TYPE_CHECKING:
    from osler.evaluation.metrics import Interval

app = typer.Typer(
    cls=Commands, help="Measure retrieval and answers.", no_args_is_help=True, add_completion=False
)


@app.command()
def retrieval(
    corpus: Annotated[
        Path, typer.Option("--corpus", metavar="C.jsonl[.gz]", help="Documents, BEIR layout.")
    ],
    queries: Annotated[
        Path, typer.Option("--queries", metavar="Q.jsonl[.gz]", help="Queries, BEIR layout.")
    ],
    qrels: Annotated[Path, typer.Option("--qrels", metavar="QRELS.tsv", help="Judgments.")],
    tier: Annotated[
        str | None, typer.Option("--tier", help="The embedding tier; none ranks by BM25 alone.")
    ] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Print nDCG@10, Recall@10 and MRR@10 with 95 % bootstrap intervals."""
    from osler.evaluation.retrieval import evaluate_retrieval
    from osler.library.embedders import DEFAULT_TIER

    report = evaluate_retrieval(corpus, queries, qrels, tier=tier or DEFAULT_TIER)
    k, measures = report.k, report.measures
    named = {f"ndcg@{k}": measures.ndcg, f"recall@{k}": measures.recall, f"mrr@{k}": measures.mrr}
    if output is Format.JSON:
        print_json(named | plain(report))
        return
    typer.echo(
        f"{report.queries:,} queries over {report.documents:,} documents, tier {report.tier}"
    )
    for name, interval in named.items():
        typer.echo(f"{name:<12} {_interval(interval)}")
    typer.echo(f"ndcg, BM25   {_interval(report.bm25.ndcg)}")
    typer.echo(f"gain         {_interval(report.ndcg_gain)}")
    typer.echo(f"seconds      {report.seconds:.1f} (search {report.search_seconds:.1f})")


def _interval(interval: Interval) -> str:
    return f"{interval.mean:.3f} ({interval.low:.3f} to {interval.high:.3f})"


@app.command()
def answers(
    questions: Annotated[
        Path, typer.Option("--questions", metavar="FILE.yaml", help="Questions and expected facts.")
    ],
    library: LibraryOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Ask every question of a file and print counts: what was shown, missed, forbidden."""
    from osler.evaluation.answers import evaluate_answers
    from osler.library import Library

    with Library.open(library_path(library)) as opened:
        report = evaluate_answers(opened, questions)
    if output is Format.JSON:
        print_json({"totals": report.totals, "questions": report.results})
        return
    for result in report.results:
        mark = "ok" if not (result.misses or result.forbidden_shown) else "--"
        typer.echo(f"{mark} {result.id}  {result.question}")
        for miss in result.misses:
            typer.echo(f"     missed: {miss}")
        for forbidden in result.forbidden_shown:
            typer.echo(f"     forbidden: {forbidden}")
    for name, value in report.totals.items():
        typer.echo(f"{name:<40} {value}")
