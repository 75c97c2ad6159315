"""Measuring what is hidden: `osler evaluate privacy`."""

from __future__ import annotations

from pathlib import Path

import click

from osler.cli.options import FILE, Format, format_option
from osler.cli.printing import plain, print_json


@click.command()
@click.option(
    "--set",
    "name",
    type=click.Choice(
        ["dev", "heldout", "second", "third", "fourth", "fifth", "sixth_own", "sixth"]
    ),
    default="heldout",
    show_default=True,
    help="Sentences and names to make questions of.",
)
@click.option(
    "--count",
    type=click.IntRange(min=1),
    default=300,
    show_default=True,
    help="How many questions with identifiers to make.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another makes others.")
@click.option(
    "--plain",
    "without",
    metavar="FILE.txt",
    type=FILE,
    multiple=True,
    help="More questions without identifiers, a line each: nothing in them may be hidden.",
)
@click.option(
    "--misses",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many misses of each sort to print.",
)
@format_option
def privacy(
    name: str, count: int, seed: int, without: tuple[Path, ...], misses: int, output: Format
) -> None:
    """Hide who the patient is in made-up questions, and count what is found and what is not."""
    from osler.evaluation.identified import identified_questions, plain_questions
    from osler.evaluation.privacy import evaluate_privacy

    lines = list(plain_questions(name))
    lines += [line for file in without for line in file.read_text("utf-8").splitlines()]
    report = evaluate_privacy(
        identified_questions(name, count, seed), filter(None, map(str.strip, lines))
    )
    if output is Format.TEXT:
        click.echo("\n".join(report.lines(misses)))
        return
    print_json(
        plain(report)
        | {
            "recall": report.recall,
            "missed": plain(report.missed[:misses]),
            "needless": plain(report.needless[:misses]),
            "needless_count": len(report.needless),
        }
    )
