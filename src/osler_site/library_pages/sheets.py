"""What the reader of a source shows: one sheet, the outline, and where what was looked for is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.utils.datastructures import MultiValueDict

from osler.library import Library
from osler_site.library_pages.marking import LONGEST_SEARCH, MOST_HITS, Marks, found
from osler_site.library_pages.passages import parse_spans, within
from osler_site.library_pages.reading import Group, groups_of
from osler_site.library_pages.structure import Heading, Structure, structure_of
from osler_site.library_pages.versions import link

_LONGEST_OUTLINE = 500  # entries; a longer one has the deepest headings of this sheet only
_AROUND = 60  # characters of a hit's surroundings


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the outline."""

    title: str
    level: int
    href: str
    here: bool  # on this sheet


@dataclass(frozen=True, slots=True)
class HitView:
    """A place where what was looked for stands."""

    number: int
    before: str
    words: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet of a source."""

    number: int  # from 1
    count: int
    groups: tuple[Group, ...]
    outline: tuple[Entry, ...]
    hits: tuple[HitView, ...]
    find: str
    more_hits: bool
    previous: str  # addresses; empty where there is none
    next: str
    characters: int


def sheet_view(library: Library, source_id: str, query: MultiValueDict[str, str]) -> SheetView:
    """The sheet that an address asks for: by `at`, by `sheet`, else where `find` first stands.

    Raises SourceNotFound, StaleCitation, ValueError.
    """
    structure = structure_of(library, source_id)
    asked = query.get("at", "")
    at = parse_spans(asked) if asked else ()
    within(structure, at)
    find = " ".join(query.get("find", "").split())[:LONGEST_SEARCH]
    hits = found(structure.text, find)
    number = _asked_for(structure, at, query.get("sheet", ""), hits)
    keeping = {"version": query.get("version", ""), "find": find}

    def address(sheet: int, fragment: str = "") -> str:
        if not 0 <= sheet < len(structure.sheets):
            return ""
        shown = sheet + 1 if len(structure.sheets) > 1 else ""
        return link("source", source_id, fragment=fragment, sheet=shown, **keeping)

    addresses = tuple(
        address(structure.sheet_at(start), f"hit-{n}") for n, (start, _) in enumerate(hits, start=1)
    )
    marks = Marks(at, hits, addresses)
    return SheetView(
        number=number + 1,
        count=len(structure.sheets),
        groups=groups_of(library, structure, number, marks) if structure.sheets else (),
        outline=tuple(
            Entry(
                h.title,
                h.level,
                f"#h{h.start}" if h.sheet == number else address(h.sheet, f"h{h.start}"),
                h.sheet == number,
            )
            for h in _outline(structure, number)
        ),
        hits=tuple(
            HitView(
                n,
                structure.text[max(0, start - _AROUND) : start],
                structure.text[start:end],
                structure.text[end : end + _AROUND],
                addresses[n - 1],
            )
            for n, (start, end) in enumerate(hits, start=1)
        ),
        find=find,
        more_hits=len(hits) == MOST_HITS,
        previous=address(number - 1),
        next=address(number + 1),
        characters=len(structure.text),
    )


def _asked_for(
    structure: Structure,
    at: tuple[tuple[int, int], ...],
    sheet: str,
    hits: tuple[tuple[int, int], ...],
) -> int:
    if at:
        return structure.sheet_at(at[0][0])
    if sheet:
        if not (sheet.isascii() and sheet.isdecimal()) or len(sheet) > 6:
            raise ValueError("no such part of the source")
        if not 1 <= int(sheet) <= max(1, len(structure.sheets)):
            raise ValueError("no such part of the source")
        return int(sheet) - 1
    return structure.sheet_at(hits[0][0]) if hits else 0


def _outline(structure: Structure, sheet: int) -> Iterator[Heading]:
    """The headings down to the deepest level that is not too much, and all of this sheet."""
    counts = Counter(h.level for h in structure.headings)
    levels = sorted(counts)
    totals = accumulate(counts[level] for level in levels)
    shown = [lv for lv, total in zip(levels, totals, strict=True) if total <= _LONGEST_OUTLINE]
    deepest = shown[-1] if shown else (levels[0] if levels else 0)
    return (h for h in structure.headings if h.level <= deepest or h.sheet == sheet)
