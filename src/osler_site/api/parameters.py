"""Parameters that several operations share."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Path, Query

from osler.library import Library
from osler_site.engine import engine

BIGGEST = 2_147_483_647

SourceId = Annotated[
    str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$", description="Its id.")
]
StatementId = SourceId
Version = Annotated[
    int | None,
    Query(ge=1, le=BIGGEST, description="Of the library as it was at this version; else the last."),
]
Format = Annotated[
    Literal["json", "fhir"], Query(description="fhir, like `Accept: application/fhir+json`.")
]
FhirRelease = Annotated[
    Literal["R4", "R5"],
    Query(description="Of FHIR, where that is asked for; `fhirVersion=5.0` in Accept says R5 too."),
]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=BIGGEST)]


def library_at(version: int | None) -> Library:
    """The library at a version, else the latest. Raises VersionNotFound."""
    return engine().library() if version is None else engine().at(version)
