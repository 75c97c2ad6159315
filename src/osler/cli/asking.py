"""Asking a library: ask, overview, summarize."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from osler.cli.errors import ABSTAINED
from osler.cli.hiding import asked_as, shown, tell_hidden
from osler.cli.options import (
    AnswerFormat,
    FhirRelease,
    answer_format_option,
    as_typed_option,
    at_option,
    audience_option,
    fhir_version_option,
    language_option,
    library_option,
    library_path,
    patient_option,
    writer_option,
)
from osler.cli.printing import characters, console, print_json
from osler.cli.writers import answering_with
from osler.domain.question import Audience

if TYPE_CHECKING:
    from osler.domain import Answer
    from osler.library import Library
    from osler.threads import Reading, Thread


@click.command()
@click.argument("question", metavar="QUESTION", help="In quotes; - reads it from standard input.")
@library_option
@audience_option
@language_option
@patient_option
@answer_format_option
@fhir_version_option
@at_option
@click.option(
    "--after",
    metavar="QUESTION",
    multiple=True,
    help="A question that was asked before; what this one leaves out is taken from it. "
    "Repeat it for several, the first one first.",
)
@as_typed_option
@writer_option
def ask(
    question: str,
    after: tuple[str, ...],
    library: Path | None,
    audience: Audience,
    language: str,
    patient: str | None,
    output: AnswerFormat,
    release: FhirRelease,
    at: int | None,
    as_typed: bool,
    writer: str | None,
) -> None:
    """Answer a clinical question. Exit status 3 where the library holds no answer.

    For example: osler ask "78F, eGFR 24: dose of metformin?" --format html > answer.html
    """
    from osler.answering import read_patient

    text = characters(sys.stdin.read() if question == "-" else question)
    about = read_patient(patient) if patient is not None else None
    from osler.library import Library
    from osler.privacy import hide
    from osler.readers import translator

    translator(language)  # a language that there is not is told before the question is answered
    with (
        Library.open(library_path(library), at=at) as opened,
        answering_with(writer) as asking,
    ):
        hidden = hide(text)
        reading = asking.follow(_thread(after, opened), hidden, opened) if after else None
        asked = reading.resolved.full if reading else hidden.asked
        answer = asking.ask(
            opened, asked, audience=audience, language=language, patient=about,
            spent=reading.written if reading else None,
        )  # fmt: skip
        tell_hidden(hidden)
        answer = asked_as(answer, shown(hidden, asked, as_typed=as_typed))
        _print(answer, opened, output, release, reading)


def _thread(after: tuple[str, ...], library: Library) -> Thread:
    from osler.privacy.threads import thread_of

    return thread_of([characters(q) for q in after], library)


@click.command()
@click.argument("topic", metavar="TOPIC", help="A drug or a condition.")
@library_option
@audience_option
@language_option
@answer_format_option
@fhir_version_option
@at_option
def overview(
    topic: str,
    library: Path | None,
    audience: Audience,
    language: str,
    output: AnswerFormat,
    release: FhirRelease,
    at: int | None,
) -> None:
    """Set out what the library says of a topic."""
    from osler.answering import overview as overview_of
    from osler.library import Library
    from osler.readers import translator, worded

    translator(language)
    with Library.open(library_path(library), at=at) as opened:
        answer = worded(overview_of(opened, topic), audience, language=language)
        _print(answer, opened, output, release)


@click.command()
@click.argument("source", metavar="SOURCE", help="Its id, file name or title.")
@library_option
@audience_option
@language_option
@answer_format_option
@fhir_version_option
@at_option
def summarize(
    source: str,
    library: Path | None,
    audience: Audience,
    language: str,
    output: AnswerFormat,
    release: FhirRelease,
    at: int | None,
) -> None:
    """Set out what one source says."""
    from osler.answering import summarize as summary_of
    from osler.library import Library
    from osler.readers import translator, worded

    translator(language)
    with Library.open(library_path(library), at=at) as opened:
        answer = worded(summary_of(opened, source), audience, language=language)
        _print(answer, opened, output, release)


def _print(
    answer: Answer,
    library: Library,
    output: AnswerFormat,
    release: FhirRelease,
    reading: Reading | None = None,
) -> None:
    if output is AnswerFormat.JSON:
        from osler.answering import to_json
        from osler.privacy.threads import reading_to_json

        thread = {"thread": reading_to_json(reading)} if reading else {}
        print_json({**to_json(answer, library), **thread})
    elif output is AnswerFormat.FHIR:
        from osler.fhir import Release, answer_bundle

        made = datetime.now().astimezone()
        print_json(answer_bundle(answer, library, at=made, release=Release(release)))
    elif output is AnswerFormat.MARKDOWN:
        from osler.render import markdown

        sys.stdout.write(markdown.render(answer))
    elif output is AnswerFormat.HTML:
        from osler.render import html

        sys.stdout.write(html.render(answer, library.text))
    else:
        from osler.render import text

        if reading is not None:
            from osler.cli.conversing import remarks

            for remark in remarks(reading):
                click.echo(remark)
        text.show(answer, console())
    if not answer.answered:
        raise Exit(ABSTAINED)
