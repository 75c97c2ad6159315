"""Measuring answers: evaluate answers."""

from __future__ import annotations

from pathlib import Path

import click

from osler.cli.options import FILE, Format, format_option, library_option, library_path
from osler.cli.printing import print_json, rate_json


@click.command()
@click.option(
    "--questions",
    metavar="FILE.yaml",
    type=FILE,
    required=True,
    multiple=True,
    help="Questions and expected facts; several files are read as one.",
)
@click.option("--only", metavar="TOPIC", multiple=True, help="Ask the questions of this topic.")
@click.option("--exclude", metavar="TOPIC", multiple=True, help="Leave out a topic.")
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
