"""Measuring: the commands of `osler evaluate`, and those that are not about answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from osler.cli.errors import Commands
from osler.cli.evaluating_answers import answers, pairs, stability
from osler.cli.evaluating_privacy import privacy
from osler.cli.evaluating_threads import threads
from osler.cli.options import (
    FILE,
    FOLDER,
    Format,
    format_option,
    library_option,
    library_path,
)
from osler.cli.printing import plain, print_json, rate_json

if TYPE_CHECKING:
    from osler.evaluation.metrics import Interval


@click.group(cls=Commands)
def evaluate() -> None:
    """Measure retrieval, answers, the gate, the grammar of dosages, privacy and evidence."""


evaluate.add_command(answers)
evaluate.add_command(stability)
evaluate.add_command(pairs)
evaluate.add_command(threads)
evaluate.add_command(privacy)


_data_option = click.option(
    "--data",
    metavar="FOLDER",
    type=FOLDER,
    required=True,
    help="Where the published documents lie that are measured on (named in the guide).",
)
_misses_option = click.option(
    "--misses",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many misses of each sort to print.",
)


@evaluate.command()
@click.option(
    "--corpus",
    metavar="C.jsonl[.gz]",
    type=FILE,
    required=True,
    multiple=True,
    help="Documents, BEIR layout; several are searched as one.",
)
@click.option(
    "--queries", metavar="Q.jsonl[.gz]", type=FILE, required=True, help="Queries, BEIR layout."
)
@click.option(
    "--qrels",
    metavar="QRELS.tsv",
    type=FILE,
    help="Judgments: query-id, corpus-id, score, with a header. Without them each query is about "
    "the document of its own id.",
)
@click.option(
    "--field",
    default="text",
    show_default=True,
    help="The field of the queries that is asked, such as LiveQA's message.",
)
@click.option(
    "--tier",
    help="The embedding tier: static (the default), minilm, wordllama, fastembed:MODEL; "
    "none ranks by BM25 alone.",
)
@format_option
def retrieval(
    corpus: tuple[Path, ...],
    queries: Path,
    qrels: Path | None,
    field: str,
    tier: str | None,
    output: Format,
) -> None:
    """Print nDCG@10, Recall@10, MRR@10 and Recall@1 with 95 % bootstrap intervals."""
    from osler.evaluation.retrieval import evaluate_retrieval
    from osler.library.embedders import DEFAULT_TIER

    report = evaluate_retrieval(corpus, queries, qrels, field=field, tier=tier or DEFAULT_TIER)
    k, measures = report.k, report.measures
    named = {
        f"ndcg@{k}": measures.ndcg,
        f"recall@{k}": measures.recall,
        f"mrr@{k}": measures.mrr,
        "recall@1": measures.recall_at_1,
    }
    if output is Format.JSON:
        print_json(named | plain(report))
        return
    click.echo(
        f"{report.queries:,} queries over {report.documents:,} documents, tier {report.tier}"
    )
    for name, interval in named.items():
        click.echo(f"{name:<12} {_interval(interval)}")
    click.echo(f"ndcg, BM25   {_interval(report.bm25.ndcg)}")
    click.echo(f"r@1, BM25    {_interval(report.bm25.recall_at_1)}")
    click.echo(f"gain         {_interval(report.ndcg_gain)}")
    click.echo(f"seconds      {report.seconds:.1f} (search {report.search_seconds:.1f})")


def _interval(interval: Interval) -> str:
    return f"{interval.mean:.3f} ({interval.low:.3f} to {interval.high:.3f})"


@evaluate.command()
@_data_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Check a sample of so many claims of each sort; else all.",
)
@_misses_option
@format_option
def gate(data: Path, limit: int | None, misses: int, output: Format) -> None:
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
        click.echo("\n".join(report.lines(misses)))
        return
    print_json(
        {
            "caught": rate_json(report.caught),
            "corruptions": [rate_json(rate) for rate in report.corruptions],
            "accepted": rate_json(report.accepted),
            "rewrites": [rate_json(rate) for rate in report.rewrites],
            "passed": report.passed[:misses],
            "refused": report.refused[:misses],
        }
    )


@evaluate.command()
@_data_option
@click.option(
    "--marks",
    metavar="FILE.jsonl",
    type=FILE,
    required=True,
    help="What a person read, mark by mark.",
)
@_misses_option
@format_option
def mentions(data: Path, marks: Path, misses: int, output: Format) -> None:
    """Read dose mentions that a person has marked, and count what was read as marked."""
    from osler.evaluation.mentions import evaluate_mentions

    report = evaluate_mentions(data, marks)
    if output is Format.TEXT:
        click.echo("\n".join(report.lines(misses)))
        return
    print_json(
        {"fields": [rate_json(rate) for rate in report.rates], "misses": report.misses[:misses]}
    )


@evaluate.command()
@click.argument("folder", metavar="PATH", type=FOLDER)
@click.option(
    "--half",
    type=click.Choice(["all", "selection", "held-out"]),
    default="all",
    show_default=True,
    help="The reports on which words and weights were chosen, or the others.",
)
@_misses_option
@format_option
def findings(folder: Path, half: str, misses: int, output: Format) -> None:
    """Find the evidence that experts marked in trial reports, and which way the outcome went.

    PATH holds articles.jsonl and annotations.jsonl (or .gz), as Evidence Inference has them.
    """
    from osler.cli.progress import bar
    from osler.evaluation.findings import Half, evaluate_findings
    from osler.library.records import Progress

    with bar("reading", "reports") as move:
        report = evaluate_findings(
            folder,
            half=Half(half),
            progress=None if move is None else lambda done, of: move(Progress(done, of)),
        )
    if output is Format.TEXT:
        click.echo("\n".join(report.lines(misses)))
        return
    print_json(plain(report) | {"misses": plain(report.misses[:misses])})


@evaluate.command()
@click.option(
    "--marks",
    metavar="FILE.jsonl",
    type=FILE,
    help="Statements that a person has marked as plausible, impossible or unclear.",
)
@click.option(
    "--planted",
    type=click.IntRange(min=1),
    default=300,
    show_default=True,
    help="How many errors to plant in each half of the drugs.",
)
@library_option
@_misses_option
@format_option
def plausibility(
    marks: Path | None, planted: int, library: Path | None, misses: int, output: Format
) -> None:
    """Plant wrong doses in a library's statements and count which are found suspicious."""
    from osler.evaluation.plausibility import evaluate_plausibility
    from osler.library import Library

    with Library.open(library_path(library)) as opened:
        report = evaluate_plausibility(opened, marks, planted=planted)
    if output is Format.TEXT:
        click.echo("\n".join(report.lines(misses)))
        return
    print_json(
        {
            "halves": [
                {
                    "name": half.name,
                    "untouched": rate_json(half.untouched),
                    "planted": [rate_json(rate) for rate in half.rates],
                    "missed": half.missed[:misses],
                    "suspicious": half.flagged[:misses],
                }
                for half in report.halves
            ],
            "marked": [rate_json(rate) for rate in report.marked],
            "unread": report.unread,
        }
    )
