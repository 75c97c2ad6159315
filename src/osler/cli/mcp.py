"""The server for AI assistants: mcp. It is loaded only here, and is an extra."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osler.cli.errors import tell
from osler.cli.options import FOLDER, library_option, library_path, one_of, writer_option
from osler.cli.writers import answering_with
from osler.domain.errors import UsageError

if TYPE_CHECKING:
    from osler.mcp.articles import Articles


class Transport(StrEnum):
    """How an assistant reaches the server."""

    STDIO = "stdio"
    HTTP = "http"


@click.command()
@library_option
@one_of(
    "--transport",
    Transport.STDIO,
    "stdio: an assistant on this machine starts it; http: it listens on a port.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8100,
    show_default=True,
    help="Port; 0 takes a free one.",
)
@click.option(
    "--token-env",
    metavar="NAME",
    help="The variable that holds the token which clients must send; needed on a network.",
)
@click.option(
    "--allow-host",
    metavar="HOST[:PORT]",
    multiple=True,
    help="A further name by which it is reached, as the Host header says it; may be repeated.",
)
@click.option(
    "--allow-origin",
    metavar="URL",
    multiple=True,
    help="The origin of web pages that may use it; may be repeated.",
)
@click.option(
    "--pathways", metavar="FOLDER", type=FOLDER, help="Pathways beside those that come with Osler."
)
@click.option("--site", metavar="URL", help="A site of Osler, whose approved articles are offered.")
@click.option(
    "--site-token-env",
    metavar="NAME",
    default="OSLER_SITE_TOKEN",
    show_default=True,
    help="The variable that holds a token of the site, with the scope “read”.",
)
@writer_option
def mcp(
    library: Path | None,
    transport: Transport,
    host: str,
    port: int,
    token_env: str | None,
    allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...],
    pathways: Path | None,
    site: str | None,
    site_token_env: str,
    writer: str | None,
) -> None:
    """Serve the library to AI assistants (Model Context Protocol).

    Over stdio, standard output carries the protocol alone. docs/mcp.md tells how to connect.
    """
    try:
        import_module("mcp.server")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the server for assistants is not installed: there is no {error.name}",
            help='Install it with: pip install "osler[mcp]"',
        ) from error
    from osler.library import Following
    from osler.mcp import HttpSettings, build, serve_http, serve_stdio

    following = Following(library_path(library))
    following.library()  # that it is there is said now, not at the first question
    with answering_with(writer) as asking:
        server = build(following, _articles(site, site_token_env), pathways, asking.writer)
        if transport is Transport.STDIO:
            if sys.stdin.isatty():
                tell(
                    "waiting for an assistant on standard input",
                    "docs/mcp.md tells how to connect.",
                )
            serve_stdio(server)
            return
        token = _secret(token_env) if token_env else None
        serve_http(server, HttpSettings(host, port, token, allow_host, allow_origin))


def _articles(site: str | None, token_env: str) -> Articles | None:
    if site is None:
        return None
    from osler.mcp.articles import Articles

    return Articles(site, _secret(token_env))


def _secret(name: str) -> str:
    """What a variable holds; a token on the command line would be seen by every process."""
    held = os.environ.get(name, "").strip()
    if not held:
        raise UsageError(f"${name} holds no token", help=f"For example: export {name}=...")
    return held
