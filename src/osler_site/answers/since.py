"""What happened in the library since an answer was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches

from osler.answering import citation_findings
from osler.domain.errors import LibraryError
from osler_site.answers.models import RawAnswer
from osler_site.engine import engine

_SECONDS = 86_400  # of one version of the library it stays the same


@dataclass(frozen=True, slots=True)
class Since:
    """The library's version now, and what became of what the answer cites; maybe nothing."""

    version: int
    happened: tuple[str, ...]


def since(answer: RawAnswer) -> Since | None:
    """None where the answer is of the library as it is now, or the library cannot be asked."""
    try:
        library = engine().library()
        if answer.library_version == library.version:
            return None
        key = f"since:{answer.uid}:{library.version}"
        kept: Since | None = caches["process"].get(key)
        if kept is None:
            found = citation_findings(answer.body, library)
            kept = Since(library.version, tuple(finding.summary for finding in found))
            caches["process"].set(key, kept, _SECONDS)
    except LibraryError:
        return None
    return kept


def with_since(answer: RawAnswer) -> dict[str, Any]:
    """The answer's JSON as it was stored, and beside it what happened since, or None."""
    found = since(answer)
    told = {"library_version": found.version, "happened": found.happened} if found else None
    return {**answer.body, "since": told}
