"""One source: all that is known of it, and whether it still stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osler.answering import source_to_json
from osler.domain import Source
from osler.domain.errors import SourceNotFound
from osler.library import Library
from osler_site.presenting.present import reference_view
from osler_site.presenting.view import ReferenceView


@dataclass(frozen=True, slots=True)
class Edition:
    """Another edition: `href` where the library holds it, else its name alone."""

    title: str
    href: str | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as its page shows it."""

    id: str
    view: ReferenceView
    licence: str | None
    doi: str | None
    pmid: str | None
    url: str | None
    file: str
    statements: int
    suspicions: int  # places that carry no claim until a person has looked
    replaced_by: tuple[Edition, ...]
    replaces: Edition | None


def source_view(library: Library, source: Source) -> SourceView:
    """What the page of a source says."""
    return SourceView(
        id=source.id,
        view=reference_view(source_to_json(source)),
        licence=source.licence,
        doi=source.doi,
        pmid=source.pmid,
        url=source.url,
        file=source.file,
        statements=library.statement_counts().get(source.id, 0),
        suspicions=len(library.suspicions(source.id)),
        replaced_by=tuple(_replacing(library, source)),
        replaces=_named(library, source.supersedes) if source.supersedes else None,
    )


def _replacing(library: Library, source: Source) -> Iterator[Edition]:
    for other in library.sources():
        if other.supersedes and other.id != source.id:
            replaced = _found(library, other.supersedes)
            if replaced is not None and replaced.id == source.id:
                yield _edition(other)


def _named(library: Library, name: str) -> Edition:
    found = _found(library, name)
    return _edition(found) if found is not None else Edition(name, None)


def _found(library: Library, name: str) -> Source | None:
    try:
        return library.source(name)
    except SourceNotFound:
        return None


def _edition(source: Source) -> Edition:
    view = reference_view(source_to_json(source))
    return Edition(f"{view.title} ({view.publisher})", view.href)
