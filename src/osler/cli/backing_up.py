"""Everything as one file, and back: backup, restore.

A library always; the site's data too, where there is a site. The site is loaded by name alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osler.cli.errors import tell
from osler.cli.options import FILE, Format, format_option, library_option, library_path
from osler.cli.printing import count, plain, print_json
from osler.cli.site_options import data_option, name_folders, site_module
from osler.domain.errors import UsageError

if TYPE_CHECKING:
    from osler.library.backup import Manifest

_file_argument = click.argument(
    "file", metavar="FILE", type=FILE, help="The backup, for example osler-2026-01-31.tar.gz."
)
_only_option = click.option(
    "--library-only", is_flag=True, help="Leave the site's accounts, articles and files aside."
)


@click.command()
@_file_argument
@library_option
@data_option
@_only_option
@click.option("--force", is_flag=True, help="Write over FILE.")
@format_option
def backup(
    file: Path,
    library: Path | None,
    data: Path | None,
    library_only: bool,
    force: bool,
    output: Format,
) -> None:
    """Write everything to one checked file. Others may read and write meanwhile."""
    from osler.library.backup import backup as write

    folder = library_path(library)
    site = None if library_only else _site(library, data)
    if site is not None and not site.exists():
        site = None
    _say("backed up", folder, file, write(folder, file, force=force, beside=site), output)


@click.command()
@_file_argument
@library_option
@data_option
@_only_option
@click.option("--force", is_flag=True, help="Replace a library, or a site, that is not empty.")
@format_option
def restore(
    file: Path,
    library: Path | None,
    data: Path | None,
    library_only: bool,
    force: bool,
    output: Format,
) -> None:
    """Put everything back. Nothing is replaced before all of it was checked."""
    from osler.library.backup import restore as read

    folder = library_path(library)
    site = None if library_only else _site(library, data, force=force)
    manifest = read(file, folder, force=force, beside=site)
    _say("restored", folder, file, manifest, output)
    if site is None and _holds_a_site(manifest):
        tell("the site's data was left out", "It is still in the file.")


def _site(library: Path | None, data: Path | None, *, force: bool = False) -> Any:
    """The site's data; None where the site is not installed."""
    name_folders(library, data)
    try:
        return site_module("operations.site_backup").site_data(force=force)
    except UsageError:
        return None


def _say(done: str, folder: Path, file: Path, manifest: Manifest, output: Format) -> None:
    if output is Format.JSON:
        print_json({"library": folder, "file": file, "backup": plain(manifest)})
        return
    held = f"{count(manifest.sources, 'source')} · library version {manifest.library_version}"
    if _holds_a_site(manifest):
        held += " · the site's data"
    megabytes = file.stat().st_size / 1e6
    where = f"{folder} to {file}" if done == "backed up" else f"{folder} from {file}"
    click.echo(f"{done} {where}\n{held} · {megabytes:,.1f} MB · every checksum verified")


def _holds_a_site(manifest: Manifest) -> bool:
    from osler.library.backup import BESIDE

    return any(member.name.startswith(f"{BESIDE}/") for member in manifest.members)
