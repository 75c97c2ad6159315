"""The list of sources: filtered, searched, sorted."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.utils.datastructures import MultiValueDict

from osler.answering import source_to_json
from osler.library import Library
from osler_site.presenting.present import reference_view
from osler_site.presenting.view import ReferenceView

SORTS = {
    "title": "Title",
    "newest": "Newest first",
    "statements": "Most statements",
    "cited": "Most cited by articles",
}
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A source in the list."""

    id: str
    view: ReferenceView
    statements: int
    words: str  # what a search looks through


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a list can be narrowed to, and how many sources have it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the address asks for."""

    q: str = ""
    kind: str = ""
    status: str = ""
    country: str = ""
    sort: str = "title"

    @classmethod
    def of(cls, query: MultiValueDict[str, str]) -> Narrowing:
        """From a query string; what is not understood is as if it was not there."""
        q, kind, status, country, sort = (
            query.get(name, "").strip()[:LONGEST_SEARCH]
            for name in ("q", "kind", "status", "country", "sort")
        )
        return cls(q, kind, status, country, sort if sort in SORTS else "title")

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.q or self.kind or self.status or self.country)


_entries: WeakKeyDictionary[Library, tuple[Entry, ...]] = WeakKeyDictionary()


def entries_of(library: Library) -> tuple[Entry, ...]:
    """Every source of an open library, by title; made once for each version that is open."""
    known = _entries.get(library)
    if known is None:
        counts = library.statement_counts()
        made = []
        for source in library.sources():
            view = reference_view(source_to_json(source))
            said = " ".join(filter(None, (view.title, view.kind, view.publisher, source.file)))
            made.append(Entry(source.id, view, counts.get(source.id, 0), _folded(said)))
        known = _entries[library] = tuple(made)
    return known


def narrowed(entries: Sequence[Entry], by: Narrowing, cited: Mapping[str, int]) -> list[Entry]:
    """The entries that are asked for, in the order that is asked for."""
    words = _folded(by.q).split()
    found = [e for e in entries if _passes(e, by) and all(word in e.words for word in words)]
    if by.sort == "newest":
        found.sort(key=lambda e: -(e.view.year or 0))
    elif by.sort == "statements":
        found.sort(key=lambda e: -e.statements)
    elif by.sort == "cited":
        found.sort(key=lambda e: -cited.get(e.id, 0))
    return found


def choices(entries: Sequence[Entry], by: Narrowing) -> dict[str, tuple[Choice, ...]]:
    """What the list can be narrowed to, by field, with counts over the whole library."""
    fields = {"kind": by.kind, "status": by.status, "country": by.country}
    return {field: _choices(entries, field, chosen) for field, chosen in fields.items()}


def _choices(entries: Sequence[Entry], field: str, chosen: str) -> tuple[Choice, ...]:
    counts = Counter(_value(entry, field) for entry in entries)
    return tuple(
        Choice(value, value.capitalize() if field == "status" else value, count, value == chosen)
        for value, count in sorted(counts.items())
    )


def _passes(entry: Entry, by: Narrowing) -> bool:
    return all(
        not wanted or _value(entry, field) == wanted
        for field, wanted in (("kind", by.kind), ("status", by.status), ("country", by.country))
    )


def _value(entry: Entry, field: str) -> str:
    return getattr(entry.view, field) or "Unknown"


def _folded(text: str) -> str:
    """Without case and accents, so that "Sjogren" finds "Sjögren"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))
