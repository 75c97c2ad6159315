"""Options of the commands that belong to the site, and loading it."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from osler.cli.options import FOLDER, library_path
from osler.domain.errors import UsageError

data_option = click.option(
    "--data",
    type=FOLDER,
    default=None,
    metavar="FOLDER",
    help="Where the site keeps its own data; else $OSLER_SITE_DATA, else the user's folder.",
)


def site_module(name: str) -> ModuleType:
    """A module of the site, which is loaded by name alone: the engine does not know the site.

    Raises UsageError where the site's packages are not installed.
    """
    try:
        return import_module(f"osler_site.{name}")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the site is not installed: there is no {error.name}",
            help='Install it with: pip install "osler[site]"',
        ) from error


def name_folders(library: Path | None, data: Path | None) -> None:
    """Tell the site which library and data are meant, before its settings are read."""
    os.environ["OSLER_LIBRARY"] = str(library_path(library))
    if data is not None:
        os.environ["OSLER_SITE_DATA"] = str(data)
