"""Options that several commands share, and which library they mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from osler.domain.question import Audience


class Format(StrEnum):
    """How a command prints: for a person, or as JSON."""

    TEXT = "text"
    JSON = "json"


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    FHIR = "fhir"


class FhirRelease(StrEnum):
    """The release of FHIR that `--format fhir` prints."""

    R4 = "R4"
    R5 = "R5"


class DosageFormat(StrEnum):
    """How a dosage is printed."""

    TEXT = "text"
    JSON = "json"
    FHIR = "fhir"


_Member = TypeVar("_Member", bound=StrEnum)
_Command = TypeVar("_Command", bound=Callable[..., Any])


class OneOf(click.Choice[_Member]):
    """One of an enumeration's values; click alone would take the names of its members."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """A member's value."""
        return str(choice)


FOLDER = click.Path(path_type=Path)
FILE = FOLDER  # that it is there, and may be read, is said by whoever reads it


def one_of(
    name: str,
    default: StrEnum,
    help: str,  # noqa: A002
    *,
    to: str | None = None,
) -> Callable[[_Command], _Command]:
    """An option whose values are those of the enumeration that its default belongs to."""
    return click.option(
        name,
        *([to] if to else []),
        type=OneOf(type(default)),
        default=default.value,
        show_default=True,
        help=help,
    )


library_argument = click.argument(
    "library", metavar="LIBRARY", type=FOLDER, help="The library's folder."
)
library_option = click.option(
    "--library",
    metavar="LIBRARY",
    type=FOLDER,
    help="The library's folder; else $OSLER_LIBRARY, else the one in the user's data folder.",
)
audience_option = one_of(
    "--audience",
    Audience.PHYSICIAN,
    "Who will read the answer: their words, order and safety notices; the facts stay the same.",
)
language_option = click.option(
    "--language",
    metavar="CODE",
    default="en",
    show_default=True,
    help="The language of what is Osler's own in the answer, for example es. Doses are said in it "
    "where that is certain; the sources' words stay English, and are marked so.",
)
patient_option = click.option(
    "--patient",
    metavar="FILE|k=v,...",
    help="What is known of the patient, for example age=78,egfr=24,condition=asthma; "
    "or a JSON or YAML file. The guide lists the keys.",
)
writer_option = click.option(
    "--writer",
    metavar="MODEL",
    help="A language model that words the answer, as openai:MODEL@URL, anthropic:MODEL or "
    "ollama:MODEL; else $OSLER_WRITER. What it adds or changes is not shown. none: no model.",
)
no_vectors_option = click.option(
    "--no-vectors",
    is_flag=True,
    help="Do not compute vectors, by which search finds other words for the same thing; the "
    "next addition does.",
)
embedder_option = click.option(
    "--embedder",
    metavar="TIER",
    help="What computes the vectors from now on: static (the default), minilm (ranks better, takes "
    "far longer; needs the extra of that name), wordllama, fastembed:MODEL; none computes no more.",
)
format_option = one_of(
    "--format", Format.TEXT, "How to print: for a person, or as JSON for a program.", to="output"
)
answer_format_option = one_of(
    "--format",
    AnswerFormat.TEXT,
    "How to print; html is one page to save, fhir a document for a record system.",
    to="output",
)
fhir_version_option = one_of(
    "--fhir-version",
    FhirRelease.R4,
    "The release of FHIR, where the format is fhir.",
    to="release",
)
as_typed_option = click.option(
    "--as-typed",
    is_flag=True,
    help="Print the question as it was typed; else placeholders stand for names, numbers and dates "
    "that tell who the patient is. The answer is the same.",
)
at_option = click.option(
    "--at",
    metavar="VERSION",
    type=int,
    help="Look at the library as it was at that version (see: osler sources).",
)


def library_path(given: Path | None) -> Path:
    """The library that a command means: as given, else the environment's, else the user's own."""
    if given is not None:
        return given
    named = os.environ.get("OSLER_LIBRARY")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("osler") / "library"
