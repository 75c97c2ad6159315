"""Asking one question after another: chat."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osler.cli.errors import tell
from osler.cli.options import (
    FILE,
    as_typed_option,
    audience_option,
    language_option,
    library_option,
    library_path,
    patient_option,
    writer_option,
)
from osler.cli.printing import characters, count
from osler.cli.writers import answering_with
from osler.domain.errors import LibraryError, OslerError
from osler.domain.question import Audience

if TYPE_CHECKING:
    from osler.cli.conversing import Conversation


@click.command()
@library_option
@audience_option
@language_option
@patient_option
@click.option("--save", is_flag=True, help="Keep the questions in your data folder; go on there.")
@click.option(
    "--history",
    metavar="FILE",
    type=FILE,
    help="Keep the questions in this file, and go on from those that it holds.",
)
@as_typed_option
@writer_option
def chat(
    library: Path | None,
    audience: Audience,
    language: str,
    patient: str | None,
    save: bool,
    history: Path | None,
    as_typed: bool,
    writer: str | None,
) -> None:
    """Ask one question after another, each a line of its own.

    What a question leaves out is taken from the one before; how it was understood is shown. Lines
    are remembered with placeholders for what tells who the patient is.
    """
    from osler.answering import read_patient
    from osler.cli.conversing import Conversation
    from osler.library import Library
    from osler.readers import translator
    from osler.threads import Thread
    from osler.threads.kept import load

    translator(language)
    about = read_patient(patient) if patient is not None else None
    kept_in = history or (_own_history() if save else None)
    with Library.open(library_path(library)) as opened, answering_with(writer) as asking:
        thread = load(kept_in, opened) if kept_in is not None else Thread()
        conversation = Conversation(
            opened, asking, audience, language, about, thread, kept_in, as_typed
        )
        if sys.stdin.isatty():
            held = count(len(opened.sources()), "source")
            click.echo(f"{held} · library version {opened.version} · /help, /quit")
        if thread.turns:
            click.echo(f"{count(len(thread.turns), 'question')} from before · /history, /new")
        for line in _lines():
            if line in ("/quit", "/exit"):
                return
            _say(line, conversation)


def _own_history() -> Path:
    from platformdirs import user_data_path

    return user_data_path("osler") / "chat.json"


def _lines() -> Iterator[str]:
    """What is typed or piped in, line by line; ends at EOF and at Ctrl-C."""
    watched = sys.stdin.isatty()
    if watched:
        import contextlib

        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  input() then edits lines and remembers them
    while True:
        try:
            line = input("\nosler> ") if watched else next(sys.stdin)
        except (EOFError, StopIteration, KeyboardInterrupt):
            if watched:
                click.echo()
            return
        if line.strip():
            if watched:
                _forget_identifiers()
            yield characters(line.strip())


def _say(line: str, conversation: Conversation) -> None:
    try:
        conversation.say(line)
    except LibraryError:
        raise
    except OslerError as error:
        tell(str(error), error.help)
    except KeyboardInterrupt:
        click.echo()
    else:
        sys.stdout.flush()


def _forget_identifiers() -> None:
    """Put placeholders into the line that readline remembers last."""
    readline = sys.modules.get("readline")
    if readline is None:
        return
    from osler.privacy import hide

    last = readline.get_current_history_length()
    line = readline.get_history_item(last)
    if line:
        readline.replace_history_item(last - 1, hide(line).text)
