"""The commands of `osler`, joined. Only the file of the command that is asked for is loaded."""

from __future__ import annotations

from importlib import import_module

import click

from osler import __version__
from osler.cli.errors import Commands

_FILES = {
    "keeping": ("init", "add", "sources", "remove"),
    "doctoring": ("doctor",),
    "updating": ("update",),
    "backing_up": ("backup", "restore"),
    "asking": ("ask", "overview", "summarize"),
    "chatting": ("chat",),
    "finding": ("search", "show"),
    "texts": ("check", "dosage"),
    "pathways": ("pathways",),
    "evaluating": ("evaluate",),
    "applying": ("apply",),
    "serving": ("serve",),
    "mcp": ("mcp",),
    "accounts": ("account",),
    "writers": ("writer",),
}
_FILE_OF = {command: file for file, commands in _FILES.items() for command in commands}


class _Osler(Commands):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_FILE_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        file = _FILE_OF.get(cmd_name)
        if file is None:
            return None
        command: click.Command = getattr(import_module(f"osler.cli.{file}"), cmd_name)
        return command


@click.group(
    cls=_Osler,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="osler %(version)s", help="Print the version.")
def app() -> None:
    """Ask a clinical question of your own library; every sentence is cited and checked."""
