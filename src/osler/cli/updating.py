"""Bringing a library up to date: update."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from osler.cli.errors import FAILURE, INTERRUPTED, tell
from osler.cli.options import Format, format_option, library_argument, no_vectors_option
from osler.cli.printing import count, print_json
from osler.cli.progress import bar
from osler.cli.vectors import compute

if TYPE_CHECKING:
    from osler.library.updating import UpdateReport


@click.command()
@library_argument
@click.option("--dry-run", is_flag=True, help="Say what has changed, and change nothing.")
@no_vectors_option
@format_option
def update(library: Path, dry_run: bool, no_vectors: bool, output: Format) -> None:
    """Fetch again what came from a feed or an address, and ask what was retracted or corrected."""
    from osler.library import Library

    with Library.open(library) as opened:
        with bar("asking", "requests") as progress:
            report = opened.update(dry_run=dry_run, progress=progress)
        if not no_vectors and report.changes and not dry_run and not report.interrupted:
            compute(opened)
        version = opened.version
    if output is Format.JSON:
        print_json({"library": library, "library_version": version, "report": report})
    else:
        _say(report, version)
    for failed in report.failed:
        tell(f"{failed.path}: {failed.error}", failed.help)
    if report.interrupted:
        tell("stopped", "What was found is kept. Run the same command again for the rest.")
        raise Exit(INTERRUPTED)
    if report.failed:
        raise Exit(FAILURE)


def _say(report: UpdateReport, version: int) -> None:
    if not report.asked and not report.looked_up:
        click.echo("nothing in this library came from a feed or an address, or has a PMID or a DOI")
        return
    from osler.domain import NoticeKind
    from osler.render import view

    for change in report.changes:
        click.echo(f"{change.what}: {change.title} · {change.path} · {change.source_id}")
    for noticed in report.notices:
        click.echo(f"{noticed.title} · {noticed.source_id}\n  {view.notice(noticed.notice)}")
        if noticed.notice.kind is NoticeKind.NEWER and noticed.notice.pmid:
            click.echo(f"  To have it: osler add LIBRARY pubmed:{noticed.notice.pmid}")
    lead = "would change" if report.dry_run else "changed"
    click.echo(
        f"asked for {count(report.asked, 'address', 'addresses')} · unchanged "
        f"{report.unchanged:,} · {lead} {len(report.changes):,} · looked up "
        f"{count(report.looked_up, 'article')} · {count(len(report.notices), 'notice')} · failed "
        f"{len(report.failed):,} · {report.seconds:.1f} s · library version {version}"
    )
