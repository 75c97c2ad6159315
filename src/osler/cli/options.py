"""Options that several commands share, and which library they mean."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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


class DosageFormat(StrEnum):
    """How a dosage is printed."""

    TEXT = "text"
    JSON = "json"
    FHIR = "fhir"


LibraryArgument = Annotated[Path, typer.Argument(metavar="LIBRARY", help="The library's folder.")]
LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="LIBRARY",
        help="The library's folder; else $OSLER_LIBRARY, else the one in the user's data folder.",
    ),
]
AudienceOption = Annotated[
    Audience,
    typer.Option(
        "--audience",
        help="Who will read the answer. It is noted in the answer and does not yet change it.",
    ),
]
PatientOption = Annotated[
    str | None,
    typer.Option(
        "--patient",
        metavar="FILE|k=v,...",
        help="What is known of the patient, for example age=78,egfr=24,condition=asthma; "
        "or a JSON or YAML file. The guide lists the keys.",
    ),
]
NoVectorsOption = Annotated[
    bool,
    typer.Option(
        "--no-vectors",
        help="Do not compute vectors, by which search finds other words for the same thing; the "
        "next addition does.",
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="How to print: for a person, or as JSON for a program.")
]
AnswerFormatOption = Annotated[
    AnswerFormat,
    typer.Option(
        "--format", help="How to print; html is one page to save. fhir is not available yet."
    ),
]
AtOption = Annotated[
    int | None,
    typer.Option(
        "--at",
        metavar="VERSION",
        help="Look at the library as it was at that version (see: osler sources).",
    ),
]


def library_path(given: Path | None) -> Path:
    """The library that a command means: as given, else the environment's, else the user's own."""
    if given is not None:
        return given
    named = os.environ.get("OSLER_LIBRARY")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("osler") / "library"
