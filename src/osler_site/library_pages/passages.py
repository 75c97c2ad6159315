"""A cited passage in its place: the quote marked, its neighbours around it."""

from __future__ import annotations

from dataclasses import dataclass

from osler.domain.errors import StaleCitation
from osler.library import Library

AROUND = 320  # characters shown on either side


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
    for part in given.split(",")[:20]:
        start, dash, end = part.partition("-")
        if not dash or not start.isdecimal() or not end.isdecimal() or len(part) > 24:
            raise ValueError(f"“{part[:24]}” is not START-END")
        spans.append((int(start), int(end)))
    return tuple(spans)


def passage(library: Library, source_id: str, start: int, end: int) -> Passage:
    """The passage at these offsets. Raises SourceNotFound, StaleCitation (no such offsets)."""
    text = library.text(source_id)
    if not 0 <= start < end <= len(text):
        raise StaleCitation(f"the source has {len(text):,} characters, not {start}-{end}")
    statement = next(
        (s for s in library.statements_of(source_id) if s.start <= start and end <= s.end), None
    )
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
