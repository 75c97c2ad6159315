"""Keeping a library: init, add, sources, remove."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from osler.cli.errors import FAILURE, INTERRUPTED, tell
from osler.cli.options import (
    Format,
    embedder_option,
    format_option,
    library_argument,
    no_vectors_option,
)
from osler.cli.printing import console, count, print_json

if TYPE_CHECKING:
    from osler.library import AddReport, Library

_SHOWN = 10  # files that were skipped, by name


@click.command()
@library_argument
@click.option("--starter", is_flag=True, help="Add the starter library that comes with Osler.")
@no_vectors_option
@format_option
def init(library: Path, starter: bool, no_vectors: bool, output: Format) -> None:
    """Make a new library."""
    from osler.library import Library

    with Library.create(library) as made:
        if not starter:
            _say_made(made, library, output)
            return
        from osler.starter import sources as starter_sources

        report = _add(made, [str(path) for path in starter_sources()], vectors=not no_vectors)
        version = made.version
    _say_added(report, version, library, output)


@click.command()
@library_argument
@click.argument(
    "targets",
    metavar="PATH-OR-FEED...",
    nargs=-1,
    required=True,
    help="Files, folders, globs, archives; or pubmed:ID, pmc:ID, europepmc:QUERY, "
    "openfda:DRUG, a web address.",
)
@embedder_option
@no_vectors_option
@format_option
def add(
    library: Path,
    targets: tuple[str, ...],
    embedder: str | None,
    no_vectors: bool,
    output: Format,
) -> None:
    """Read documents into a library. Adding the same again does nothing; it resumes.

    Of your own Markdown or text file, say what it is in lines between --- at its top:

    \b
      ---
      title: Gentamicin in adults
      kind: guideline
      publisher: Our hospital
      year: 2024
      jurisdiction: GB
      ---

    The country is an ISO 3166 code; docs/guide.md lists the kinds. What is not said is
    shown as unknown.
    """
    from osler.library import Library

    if embedder is not None and no_vectors:
        raise click.UsageError("--embedder computes vectors, --no-vectors leaves them out")
    with Library.open(library) as opened:
        report = _add(opened, targets, vectors=not no_vectors, embedder=embedder)
        version = opened.version
    _say_added(report, version, library, output)


@click.command()
@library_argument
@format_option
def sources(library: Path, output: Format) -> None:
    """List what a library holds."""
    from osler.library import Library

    with Library.open(library) as opened:
        held, version = opened.sources(), opened.version
    if output is Format.JSON:
        from osler.answering import source_to_json

        listed = [source_to_json(source) for source in held]
        print_json({"library": library, "library_version": version, "sources": listed})
        return
    from rich.table import Table

    from osler.render import view

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("source", "title", "kind", "publisher · year · country"):
        table.add_column(column, no_wrap=column == "source", overflow="fold")
    for source in held:
        title = "\n".join((source.title, *view.status(source), *view.notices(source)))
        table.add_row(source.id, title, view.kind(source), view.publisher(source))
    out = console(piped_width=240)
    out.print(table, markup=False)
    out.print(f"{count(len(held), 'source')} · library version {version}", style="dim")


@click.command()
@library_argument
@click.argument("source", metavar="SOURCE", help="Its id, file name or title.")
@format_option
def remove(library: Path, source: str, output: Format) -> None:
    """Take a source out. Earlier versions of the library still hold it."""
    from osler.library import Library

    with Library.open(library) as opened:
        opened.remove(source)
        version = opened.version
    if output is Format.JSON:
        print_json({"library": library, "library_version": version, "removed": source})
    else:
        click.echo(f"removed {source} · library version {version}")


def _add(
    library: Library, targets: Sequence[str], *, vectors: bool, embedder: str | None = None
) -> AddReport:
    from osler.cli.progress import bar, size_of

    with bar("reading", "files", total_bytes=size_of(targets)) as progress:
        report = library.add(targets, progress=progress)
    if vectors and not report.interrupted:
        from osler.cli.vectors import compute

        compute(library, embedder)
    return report


def _say_made(library: Library, path: Path, output: Format) -> None:
    if output is Format.JSON:
        print_json({"library": path, "library_version": library.version})
    else:
        click.echo(f"made {path}\nAdd documents with: osler add {path} PATH-OR-FEED...")


def _say_added(report: AddReport, version: int, path: Path, output: Format) -> None:
    if output is Format.JSON:
        print_json({"library": path, "library_version": version, "report": report})
    else:
        rate = report.passages / report.seconds if report.seconds > 0 else 0
        click.echo(
            f"added {count(len(report.added), 'source')} · "
            f"{count(report.statements, 'statement')} · {count(report.passages, 'passage')} "
            f"in {report.seconds:.1f} s ({rate:,.0f} passages/s) · library version {version}"
        )
        if report.already_there:
            click.echo(f"already there: {count(len(report.already_there), 'source')}")
        for skipped in report.skipped[:_SHOWN]:
            click.echo(f"skipped {skipped.path}: {skipped.reason}")
        if (more := len(report.skipped) - _SHOWN) > 0:
            click.echo(f"skipped {more:,} more of such files; --format json names them all")
    for warned in report.warnings:
        tell(f"{warned.path}: {warned.message}")
    for failed in report.failed:
        named = failed.path in failed.error
        tell(failed.error if named else f"cannot read {failed.path}: {failed.error}", failed.help)
    if report.interrupted:
        tell("stopped", "What was read is kept. Run the same command again: it resumes.")
        raise Exit(INTERRUPTED)
    if report.failed:
        raise Exit(FAILURE)
