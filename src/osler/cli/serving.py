"""The site: serve. Everything of it stands in `osler_site`, which is loaded only then."""

from __future__ import annotations

import os
from pathlib import Path

import click

from osler.cli.options import library_option
from osler.cli.site_options import data_option, name_folders, site_module


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port; 0 takes a free one.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Processes; one a core by default."
)
@library_option
@data_option
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
    name_folders(library, data)
    if production:
        os.environ["OSLER_PRODUCTION"] = "true"
    site_module("operations.serving").run(host, port, workers)
