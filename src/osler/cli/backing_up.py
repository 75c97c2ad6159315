"""A library as one file, and back: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from osler.cli.options import Format, FormatOption, LibraryOption, library_path
from osler.cli.printing import count, plain, print_json

if TYPE_CHECKING:
    from osler.library.backup import Manifest

_FILE = typer.Argument(metavar="FILE", help="The backup, for example osler-2026-01-31.tar.gz.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (backup, restore):
        app.command()(command)


def backup(
    file: Annotated[Path, _FILE],
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over FILE.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Write a library to one checked file. Others may read and write meanwhile."""
    from osler.library.backup import backup as write

    folder = library_path(library)
    _say("backed up", folder, file, write(folder, file, force=force), output)


def restore(
    file: Annotated[Path, _FILE],
    library: LibraryOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a library that is not empty.")
    ] = False,
    output: FormatOption = Format.TEXT,
) -> None:
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
    typer.echo(f"{done} {where}\n{held} · {megabytes:,.1f} MB · every checksum verified")
