"""Asking one question after another: chat."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osler.cli.errors import tell
from osler.cli.options import (
    audience_option,
    language_option,
    library_option,
    library_path,
    patient_option,
    writer_option,
)
from osler.cli.printing import characters, console, count
from osler.cli.writers import Ask, answering_with
from osler.domain.errors import LibraryError, OslerError
from osler.domain.question import Audience

if TYPE_CHECKING:
    from osler.domain import Patient
    from osler.library import Library

_HELP = """A question a line. Each stands alone: name the drug and the patient again, for "it" and
"the dose then" are not yet resolved from the question before.
/help     this
/sources  what the library holds
/quit     leave, as Ctrl-D and Ctrl-C do"""


@click.command()
@library_option
@audience_option
@language_option
@patient_option
@writer_option
def chat(
    library: Path | None,
    audience: Audience,
    language: str,
    patient: str | None,
    writer: str | None,
) -> None:
    """Ask one question after another, each a line of its own.

    Each question stands alone: "it" is not yet resolved from the question before.
    """
    from osler.answering import read_patient
    from osler.library import Library
    from osler.readers import translator

    translator(language)
    about = read_patient(patient) if patient is not None else None
    with Library.open(library_path(library)) as opened, answering_with(writer) as ask:
        if sys.stdin.isatty():
            held = count(len(opened.sources()), "source")
            click.echo(f"{held} · library version {opened.version} · /help, /quit")
        for line in _lines():
            if line in ("/quit", "/exit"):
                return
            _answer(line, opened, (audience, language), about, ask)


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
            yield characters(line.strip())


def _answer(
    line: str,
    library: Library,
    reader: tuple[Audience, str],
    patient: Patient | None,
    ask: Ask,
) -> None:
    if line == "/help":
        click.echo(_HELP)
    elif line == "/sources":
        for source in library.sources():
            click.echo(f"{source.id}  {source.title}")
    elif line.startswith("/"):
        tell(f"there is no {line.split()[0]}", "Commands: /help /sources /quit")
    else:
        from osler.readers import worded
        from osler.render import text

        audience, language = reader
        try:
            library.refresh()
            answer = ask(library, line, audience=audience, patient=patient)
        except LibraryError:
            raise
        except OslerError as error:
            tell(str(error), error.help)
        except KeyboardInterrupt:
            click.echo()
        else:
            text.show(worded(answer, audience, language=language), console())
            sys.stdout.flush()
