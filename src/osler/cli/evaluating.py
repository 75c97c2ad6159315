"""Measuring: evaluate retrieval, evaluate answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from osler.cli.errors import Commands
from osler.cli.options import Format, FormatOption, LibraryOption, library_path
from osler.cli.printing import plain, print_json

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
    output: FormatOption = Format.TEXT,
) -> None:
    """Print nDCG@10, Recall@10 and MRR@10 with 95 % bootstrap intervals."""
    from osler.evaluation import evaluate_retrieval

    report = evaluate_retrieval(corpus, queries, qrels)
    if output is Format.JSON:
        print_json(report)
        return
    for name, value in plain(report).items():
        typer.echo(f"{name:<20} {value}")


@app.command()
def answers(
    questions: Annotated[
        Path, typer.Option("--questions", metavar="FILE.yaml", help="Questions and expected facts.")
    ],
    library: LibraryOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Ask every question of a file and print counts: what was shown, missed, forbidden."""
    from osler.evaluation import evaluate_answers
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
