"""The commands of `osler`, joined. Each file of commands loads the engine only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from osler.cli import (
    asking,
    backing_up,
    chatting,
    evaluating,
    finding,
    keeping,
    texts,
    updating,
)
from osler.cli.errors import Commands

app = typer.Typer(
    cls=Commands,
    help="Ask a clinical question of your own library; every sentence is cited and checked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from osler import __version__

        typer.echo(f"osler {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Ask a clinical question of your own library; every sentence is cited and checked."""


for commands in (keeping, updating, backing_up, asking, chatting, finding, texts):
    commands.register(app)
app.add_typer(evaluating.app, name="evaluate")
