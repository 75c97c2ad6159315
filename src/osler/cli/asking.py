"""Asking a library: ask, overview, summarize."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from osler.cli.errors import ABSTAINED
from osler.cli.options import (
    AnswerFormat,
    AnswerFormatOption,
    AtOption,
    AudienceOption,
    LibraryOption,
    PatientOption,
    library_path,
)
from osler.cli.printing import characters, console, print_json
from osler.domain.errors import UsageError
from osler.domain.question import Audience

if TYPE_CHECKING:
    from osler.domain import Answer
    from osler.library import Library


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (ask, overview, summarize):
        app.command()(command)


def ask(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="In quotes; - reads it from standard input.")
    ],
    library: LibraryOption = None,
    audience: AudienceOption = Audience.PHYSICIAN,
    patient: PatientOption = None,
    output: AnswerFormatOption = AnswerFormat.TEXT,
    at: AtOption = None,
    writer: Annotated[
        str | None,
        typer.Option("--writer", metavar="MODEL", help="Not available in this version."),
    ] = None,
) -> None:
    """Answer a clinical question. Exit status 3 where the library holds no answer.

    For example: osler ask "78F, eGFR 24: dose of metformin?" --format html > answer.html
    """
    from osler.cli.patient import read_patient

    _available(output)
    if writer is not None:
        raise UsageError(
            "--writer is not available in this version",
            help="Answers are composed from the library's own statements; leave the option out.",
        )
    text = characters(sys.stdin.read() if question == "-" else question)
    about = read_patient(patient) if patient is not None else None
    from osler.answering import ask as answer_question
    from osler.library import Library

    with Library.open(library_path(library), at=at) as opened:
        answer = answer_question(opened, text, audience=audience, patient=about)
        _print(answer, opened, output)


def overview(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A drug or a condition.")],
    library: LibraryOption = None,
    output: AnswerFormatOption = AnswerFormat.TEXT,
    at: AtOption = None,
) -> None:
    """Set out what the library says of a topic."""
    _available(output)
    from osler.answering import overview as overview_of
    from osler.library import Library

    with Library.open(library_path(library), at=at) as opened:
        _print(overview_of(opened, topic), opened, output)


def summarize(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Its id, file name or title.")],
    library: LibraryOption = None,
    output: AnswerFormatOption = AnswerFormat.TEXT,
    at: AtOption = None,
) -> None:
    """Set out what one source says."""
    _available(output)
    from osler.answering import summarize as summary_of
    from osler.library import Library

    with Library.open(library_path(library), at=at) as opened:
        _print(summary_of(opened, source), opened, output)


def _available(output: AnswerFormat) -> None:
    if output is AnswerFormat.FHIR:
        raise UsageError(
            "answers as FHIR are not available in this version",
            help="--format json gives everything; osler dosage --format fhir gives FHIR Dosage.",
        )


def _print(answer: Answer, library: Library, output: AnswerFormat) -> None:
    if output is AnswerFormat.JSON:
        from osler.answering import to_json

        print_json(to_json(answer, library))
    elif output is AnswerFormat.MARKDOWN:
        from osler.cli.render import markdown

        sys.stdout.write(markdown.render(answer))
    elif output is AnswerFormat.HTML:
        from osler.cli.render import html

        sys.stdout.write(html.render(answer, library.text))
    else:
        from osler.cli.render import text

        text.show(answer, console())
    if not answer.answered:
        raise typer.Exit(ABSTAINED)
