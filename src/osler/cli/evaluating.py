"""Measuring: evaluate retrieval, answers, gate, mentions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from osler.cli.errors import Commands
from osler.cli.options import Format, FormatOption, LibraryOption, library_path
from osler.cli.printing import plain, print_json

if TYPE_CHECKING:
    from osler.evaluation.gate import Rate
    from osler.evaluation.metrics import Interval

app = typer.Typer(
    cls=Commands,
    help="Measure retrieval, answers, the gate and the grammar of dosages.",
    no_args_is_help=True,
    add_completion=False,
)

DataOption = Annotated[
    Path,
    typer.Option(
        "--data",
        metavar="FOLDER",
        help="Where the published documents lie that are measured on (named in the guide).",
    ),
]
MissesOption = Annotated[
    int, typer.Option("--misses", min=0, help="How many misses of each sort to print.")
]


@app.command()
def retrieval(
    corpus: Annotated[
        Path, typer.Option("--corpus", metavar="C.jsonl[.gz]", help="Documents, BEIR layout.")
    ],
    queries: Annotated[
        Path, typer.Option("--queries", metavar="Q.jsonl[.gz]", help="Queries, BEIR layout.")
    ],
    qrels: Annotated[
        Path,
        typer.Option(
            "--qrels",
            metavar="QRELS.tsv",
            help="Judgments: query-id, corpus-id, score, with a header.",
        ),
    ],
    tier: Annotated[
        str | None,
        typer.Option(
            "--tier",
            help="The embedding tier: static (the default), minilm, wordllama, fastembed:MODEL; "
            "none ranks by BM25 alone.",
        ),
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


@app.command()
def gate(
    data: DataOption,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=1, help="Check a sample of so many claims of each sort; else all."
        ),
    ] = None,
    misses: MissesOption = 20,
    output: FormatOption = Format.TEXT,
) -> None:
    """Check claims made from real sentences: corrupted ones must fail, rewritten ones pass."""
    from osler.cli.progress import bar
    from osler.evaluation.gate import evaluate_gate
    from osler.library.records import Progress

    with bar("checking", "claims") as move:
        report = evaluate_gate(
            data,
            limit=limit,
            progress=None if move is None else lambda done, of: move(Progress(done, of)),
        )
    if output is Format.TEXT:
        typer.echo("\n".join(report.lines(misses)))
        return
    print_json(
        {
            "caught": _rate(report.caught),
            "corruptions": [_rate(rate) for rate in report.corruptions],
            "accepted": _rate(report.accepted),
            "rewrites": [_rate(rate) for rate in report.rewrites],
            "passed": report.passed[:misses],
            "refused": report.refused[:misses],
        }
    )


@app.command()
def mentions(
    data: DataOption,
    marks: Annotated[
        Path,
        typer.Option("--marks", metavar="FILE.jsonl", help="What a person read, mark by mark."),
    ],
    misses: MissesOption = 20,
    output: FormatOption = Format.TEXT,
) -> None:
    """Read dose mentions that a person has marked, and count what was read as marked."""
    from osler.evaluation.mentions import evaluate_mentions

    report = evaluate_mentions(data, marks)
    if output is Format.TEXT:
        typer.echo("\n".join(report.lines(misses)))
        return
    print_json({"fields": [_rate(rate) for rate in report.rates], "misses": report.misses[:misses]})


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {"kind": rate.kind, "right": rate.right, "total": rate.total, "low": low, "high": high}
