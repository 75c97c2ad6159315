"""A cited passage in its place: the quote marked, its neighbours around it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from osler.domain import Statement
from osler.domain.errors import StaleCitation
from osler.library import Library
from osler_site.library_pages.structure import Structure, structure_of

AROUND = 320  # characters shown on either side
_MOST_SPANS = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start:end` of a source's text, with what stands before and after."""

    start: int
    end: int
    before: str
    quote: str
    after: str
    section: tuple[str, ...]
    page: int | None
    context: tuple[str, ...]  # what a row or item needs from elsewhere: header, lead-in


def parse_spans(given: str) -> tuple[tuple[int, int], ...]:
    """ "120-181,200-240" as pairs. Raises ValueError."""
    spans = []
    for part in given.split(",")[:_MOST_SPANS]:
        start, dash, end = part.partition("-")
        numbers = dash and start.isdecimal() and end.isdecimal() and part.isascii()
        if not numbers or len(part) > 24 or int(start) >= int(end):
            raise ValueError(f"“{part[:24]}” is not START-END")
        spans.append((int(start), int(end)))
    return tuple(spans)


def within(structure: Structure, spans: tuple[tuple[int, int], ...]) -> None:
    """Prove that a source has these characters. Raises StaleCitation."""
    length = len(structure.text)
    for start, end in spans:
        if end > length:
            raise StaleCitation(f"the source has {length:,} characters, not {start}-{end}")


def passage(library: Library, source_id: str, start: int, end: int) -> Passage:
    """The passage at these offsets. Raises SourceNotFound, StaleCitation (no such offsets)."""
    structure = structure_of(library, source_id)
    within(structure, ((start, end),))
    text = structure.text
    statement = _statement_at(library, structure, start, end)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Passage(
        start=start,
        end=end,
        before=before.lstrip(),
        quote=text[start:end],
        after=after.rstrip(),
        section=statement.section if statement else (),
        page=statement.page if statement else None,
        context=tuple(
            c.quote
            for c in (statement.context if statement else ())
            if c.role not in ("heading", "title")
        ),
    )


def _statement_at(library: Library, structure: Structure, start: int, end: int) -> Statement | None:
    passages = structure.passages
    at = bisect_right([p.start for p in passages], start) - 1
    if at < 0:
        return None
    statements = library.statements_in(passages[at])
    return next((s for s in statements if s.start <= start and end <= s.end), None)
