"""Measuring conversations: evaluate threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osler.cli.options import FILE, Format, format_option, library_option, library_path
from osler.cli.printing import plain, print_json, rate_json

if TYPE_CHECKING:
    from osler.library import Library


@click.command()
@click.argument("files", metavar="FILE.yaml...", type=FILE, nargs=-1, required=True)
@click.option(
    "--documents",
    metavar="PATH",
    type=FILE,
    multiple=True,
    help="Ask a library made of these documents and the starter's, and removed again.",
)
@library_option
@format_option
def threads(
    files: tuple[Path, ...], documents: tuple[Path, ...], library: Path | None, output: Format
) -> None:
    """Resolve the turns of conversations and count the right full questions and doses."""
    from osler.evaluation.threads import evaluate_threads

    with _library(documents, library) as opened:
        report = evaluate_threads(opened, *files)
    if output is Format.TEXT:
        click.echo("\n".join(report.lines()))
        return
    print_json({"rates": [rate_json(rate) for rate in report.rates], "turns": plain(report.turns)})


@contextmanager
def _library(documents: tuple[Path, ...], library: Path | None) -> Iterator[Library]:
    from osler.library import Library

    if not documents:
        with Library.open(library_path(library)) as opened:
            yield opened
        return
    from tempfile import TemporaryDirectory

    from osler.starter import sources

    with TemporaryDirectory(prefix="osler-") as folder:
        made = Path(folder) / "library"
        with Library.create(made) as fresh:
            fresh.add([Path(path) for path in sources()])
            fresh.add(list(documents))
            fresh.embed()
        with Library.open(made) as opened:
            yield opened
