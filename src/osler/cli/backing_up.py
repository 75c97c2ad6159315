"""A library as one file, and back: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from osler.cli.options import FILE, Format, format_option, library_option, library_path
from osler.cli.printing import count, plain, print_json

if TYPE_CHECKING:
    from osler.library.backup import Manifest

_file_argument = click.argument(
    "file", metavar="FILE", type=FILE, help="The backup, for example osler-2026-01-31.tar.gz."
)


@click.command()
@_file_argument
@library_option
@click.option("--force", is_flag=True, help="Write over FILE.")
@format_option
def backup(file: Path, library: Path | None, force: bool, output: Format) -> None:
    """Write a library to one checked file. Others may read and write meanwhile."""
    from osler.library.backup import backup as write

    folder = library_path(library)
    _say("backed up", folder, file, write(folder, file, force=force), output)


@click.command()
@_file_argument
@library_option
@click.option("--force", is_flag=True, help="Replace a library that is not empty.")
@format_option
def restore(file: Path, library: Path | None, force: bool, output: Format) -> None:
    """Make a library from a backup. Nothing is replaced before all of it was checked."""
    from osler.library.backup import restore as read

    folder = library_path(library)
    _say("restored", folder, file, read(file, folder, force=force), output)


def _say(done: str, folder: Path, file: Path, manifest: Manifest, output: Format) -> None:
    if output is Format.JSON:
        print_json({"library": folder, "file": file, "backup": plain(manifest)})
        return
    held = f"{count(manifest.sources, 'source')} · library version {manifest.library_version}"
    megabytes = file.stat().st_size / 1e6
    where = f"{folder} to {file}" if done == "backed up" else f"{folder} from {file}"
    click.echo(f"{done} {where}\n{held} · {megabytes:,.1f} MB · every checksum verified")
