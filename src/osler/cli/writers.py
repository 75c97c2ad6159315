"""The language model that words answers, where one is configured; and whether it does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from osler.cli.errors import FAILURE
from osler.cli.options import Format, format_option, writer_option
from osler.cli.printing import count, print_json
from osler.domain.errors import UsageError

if TYPE_CHECKING:
    from osler.domain import Answer, Audience, Patient, Written
    from osler.library import Library
    from osler.privacy import Hidden
    from osler.threads import Reading, Thread
    from osler.writing import WriterSettings
    from osler.writing.model import Writer
    from osler.writing.trying import Trial


@dataclass(frozen=True, slots=True)
class Asking:
    """How a command reads and answers questions: with a language model, where one is configured."""

    writer: Writer | None = None

    def follow(self, thread: Thread, hidden: Hidden, library: Library) -> Reading:
        """How a question is understood after those of the thread."""
        if self.writer is None:
            from osler.privacy.threads import follow_hidden
            from osler.threads import Reading

            return Reading(follow_hidden(thread, hidden, library))
        from osler.writing import follow_with

        return follow_with(self.writer, thread, hidden, library)

    def ask(
        self,
        library: Library,
        text: str,
        *,
        audience: Audience,
        language: str,
        patient: Patient | None,
        spent: Written | None = None,
    ) -> Answer:
        """The answer in a reader's words; `spent` is what reading the question took."""
        if self.writer is None:
            from osler.answering import ask

            answer = ask(library, text, audience=audience, patient=patient)
            return _for_reader(answer, library, audience, language)
        from osler.writing import ask_with

        return ask_with(
            self.writer, library, text, audience=audience, patient=patient, spent=spent,
            prepared=lambda answer: _for_reader(answer, library, audience, language),
        )  # fmt: skip


@contextmanager
def answering_with(named: str | None) -> Iterator[Asking]:
    """How to ask for a reader: with the model that is named or configured, else without one.

    What could be asked next is confirmed, and the answer worded for its audience and language,
    before a model has a say.
    """
    settings = configured(named)
    if settings is None:
        yield Asking()
        return
    from osler.writing import open_writer

    with open_writer(settings) as writer:
        yield Asking(writer)


def _for_reader(answer: Answer, library: Library, audience: Audience, language: str) -> Answer:
    from osler.answering import confirmed
    from osler.readers import worded

    return worded(confirmed(library, answer), audience, language=language)


def configured(named: str | None) -> WriterSettings | None:
    """The settings of the model that is named, else of that which OSLER_WRITER names, or None."""
    if named is None and not os.environ.get("OSLER_WRITER"):
        return None  # nothing of it is loaded
    from osler.writing import writer_settings

    return writer_settings(named)


@click.group()
def writer() -> None:
    """Look after the language model that words answers (see docs/writing.md)."""


@writer.command()
@writer_option
@format_option
def check(writer: str | None, output: Format) -> None:
    """Say whether the model answers, how soon, and what is sent to it.

    Two claims of our own are sent for rewording. Exit status 1 where no reply came.
    """
    settings = configured(writer)
    if settings is None:
        raise UsageError(
            "no language model is configured",
            help="Name one with --writer, or with OSLER_WRITER; see docs/writing.md.",
        )
    from osler.writing import open_writer
    from osler.writing.trying import try_out

    with open_writer(settings) as opened:
        trial = try_out(opened)
    if output is Format.JSON:
        print_json(trial)
    else:
        _say(trial)
    if not trial.answered:
        raise Exit(FAILURE)


def _say(trial: Trial) -> None:
    written = trial.written
    click.echo(f"model    {written.model} ({written.writer}) at {written.address}")
    click.echo(f"place    {written.place}")
    click.echo(f"sent     {trial.instructions}")
    click.echo(f"         {trial.sent}")
    for text in trial.wordings:
        click.echo(f"kept     {text}")
    first = "" if written.first_ms is None else f", the first words {written.first_ms / 1000:.2f} s"
    click.echo(f"took     {written.elapsed_ms / 1000:.2f} s{first}")
    click.echo(f"tokens   {_or_unknown(written.input_tokens)} in")
    click.echo(f"         {_or_unknown(written.output_tokens)} out")
    price = "not known for this model" if written.cost_usd is None else f"${written.cost_usd:.6f}"
    click.echo(f"price    {price}")
    if written.stopped:
        click.echo(f"stopped  {written.stopped}")
    kept = count(written.kept, "sentence")
    click.echo(f"{kept} kept, {written.replaced} replaced · {trial.verdict}")


def _or_unknown(tokens: int | None) -> str:
    return "not told" if tokens is None else f"{tokens:,}"
