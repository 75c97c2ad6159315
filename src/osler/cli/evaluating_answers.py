"""Measuring answers and the gate on written pairs: evaluate answers, stability, pairs."""

from __future__ import annotations

from pathlib import Path

import click

from osler.cli.options import FILE, FOLDER, Format, format_option, library_option, library_path
from osler.cli.printing import print_json, rate_json

_questions_option = click.option(
    "--questions",
    metavar="FILE.yaml",
    type=FILE,
    required=True,
    multiple=True,
    help="Questions and expected facts; several files are read as one.",
)
_only_option = click.option(
    "--only", metavar="TOPIC", multiple=True, help="Ask the questions of this topic."
)
_exclude_option = click.option(
    "--exclude", metavar="TOPIC", multiple=True, help="Leave out a topic."
)


@click.command()
@_questions_option
@_only_option
@_exclude_option
@library_option
@format_option
def answers(
    questions: tuple[Path, ...],
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    library: Path | None,
    output: Format,
) -> None:
    """Ask every question of a file and print counts, and the reason of every miss."""
    from osler.evaluation.answers import evaluate_answers
    from osler.evaluation.answers_report import rates
    from osler.library import Library

    with Library.open(library_path(library)) as opened:
        report = evaluate_answers(opened, *questions, only=only, exclude=exclude)
    if output is Format.TEXT:
        click.echo("\n".join(report.lines()))
        return
    print_json(
        {
            "totals": report.totals,
            "rates": [rate_json(rate) for rate in report.rates],
            "topics": {
                topic: [rate_json(rate) for rate in rates(results)]
                for topic, results in report.topics.items()
            },
            "questions": report.results,
        }
    )


@click.command()
@_questions_option
@click.option(
    "--rewordings",
    metavar="FILE.yaml",
    type=FILE,
    multiple=True,
    help="Other ways of asking the questions; without it they are made by rule.",
)
@_only_option
@_exclude_option
@click.option(
    "--misses",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many rewordings that disagree to print.",
)
@library_option
@format_option
def stability(
    questions: tuple[Path, ...],
    rewordings: tuple[Path, ...],
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    misses: int,
    library: Path | None,
    output: Format,
) -> None:
    """Ask questions in other words and count how often the doses stay the same."""
    from osler.cli.progress import bar
    from osler.evaluation.stability import evaluate_stability
    from osler.library import Library
    from osler.library.records import Progress

    with Library.open(library_path(library)) as opened, bar("asking", "questions") as move:
        report = evaluate_stability(
            opened,
            *questions,
            rewordings=rewordings,
            only=only,
            exclude=exclude,
            progress=None if move is None else lambda done, of: move(Progress(done, of)),
        )
    if output is Format.TEXT:
        click.echo("\n".join(report.lines(misses)))
        return
    print_json({"rates": [rate_json(rate) for rate in report.rates], "questions": report.questions})


@click.command()
@click.argument("files", metavar="FILE.yaml...", type=FILE, nargs=-1, required=True)
@click.option(
    "--sources",
    metavar="FOLDER",
    type=FOLDER,
    help="Where the files lie that pairs name as their source; their titles are the context.",
)
@format_option
def pairs(files: tuple[Path, ...], sources: Path | None, output: Format) -> None:
    """Put written pairs of passage and claim through the gate and count by kind."""
    from osler.evaluation.pairs import evaluate_pairs

    report = evaluate_pairs(*files, sources=sources)
    if output is Format.TEXT:
        click.echo("\n".join(report.lines()))
        return
    print_json(
        {
            "caught": rate_json(report.caught),
            "passed": rate_json(report.passed),
            "kinds": [rate_json(rate) for rate in report.kinds],
            "wrong": [pair for pair in report.pairs if not pair.right],
        }
    )
