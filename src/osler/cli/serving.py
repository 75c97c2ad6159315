"""The site: serve. Everything of it stands in `osler_site`, which is loaded here alone."""

from __future__ import annotations

import os
from pathlib import Path

import click

from osler.cli.options import FOLDER, library_option, library_path
from osler.domain.errors import UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port; 0 takes a free one.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Processes; one a core by default."
)
@library_option
@click.option(
    "--data",
    type=FOLDER,
    default=None,
    metavar="FOLDER",
    help="Where the site keeps its own data; else $OSLER_SITE_DATA, else the user's folder.",
)
@click.option("--production", is_flag=True, help="Refuse to start with unsafe settings.")
def serve(
    host: str,
    port: int,
    workers: int | None,
    library: Path | None,
    data: Path | None,
    production: bool,
) -> None:
    """Serve the site: ask, read, review, approve.

    The first start makes the database, the first pages and, from the starter library, the first
    articles. DATABASE_URL puts it on PostgreSQL; docs/site.md has every setting.
    """
    try:
        from osler_site.operations.serving import run
    except ImportError as error:
        raise UsageError(
            f"the site is not installed: there is no {error.name}",
            help='Install it with: pip install "osler[site]"',
        ) from error

    os.environ["OSLER_LIBRARY"] = str(library_path(library))
    if data is not None:
        os.environ["OSLER_SITE_DATA"] = str(data)
    if production:
        os.environ["OSLER_PRODUCTION"] = "true"
    run(host, port, workers)
