"""A source's text as lines and sheets, and the outline of its headings.

The library keeps the normalised text and its passages, not the blocks that they were made of. A
block is one line of the text, and every line but a heading belongs to a passage, whose section
path says at which level each heading before it stands. So the lines are found again exactly.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from osler.domain import SourceId
from osler.library import Library, Passage

LEAST = 20_000  # characters; from here on a heading opens a new sheet
MOST = 40_000  # and from here on any line does
_KEPT = 16  # sources whose structure stays in memory


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start:end` of the text, without white space around them."""

    start: int
    end: int
    level: int = 0  # of a heading, from 1
    page: int | None = None
    passage: int | None = None  # its number within the source


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline."""

    title: str
    level: int
    start: int
    sheet: int


@dataclass(frozen=True, slots=True)
class Structure:
    """All of a source that is needed to show any part of it."""

    text: str
    lines: tuple[Line, ...]
    sheets: tuple[tuple[int, int], ...]  # first line and line after the last, of each sheet
    headings: tuple[Heading, ...]
    passages: tuple[Passage, ...]

    def sheet_at(self, offset: int) -> int:
        """The number of the sheet on which a character stands, from 0."""
        starts = [self.lines[first].start for first, _ in self.sheets]
        return max(0, bisect_right(starts, offset) - 1)

    def lines_of(self, sheet: int) -> tuple[Line, ...]:
        """The lines of a sheet."""
        first, after = self.sheets[sheet]
        return self.lines[first:after]


_known: OrderedDict[tuple[Path, SourceId], Structure] = OrderedDict()
_lock = threading.Lock()


def structure_of(library: Library, source_id: SourceId) -> Structure:
    """The structure of a source; its text never changes, so it is worked out once.

    Raises SourceNotFound, LibraryCorrupt.
    """
    key = library.folder, library.source(source_id).id
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    structure = _worked_out(library, key[1])
    with _lock:
        _known[key] = structure
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return structure


def _worked_out(library: Library, source_id: SourceId) -> Structure:
    text = library.text(source_id)
    passages = library.passages_of(source_id)
    lines = tuple(_with_levels(text, list(_lines(text, passages)), passages))
    sheets = tuple(_sheets(lines))
    return Structure(text, lines, sheets, tuple(_headings(text, lines, sheets)), passages)


def _lines(text: str, passages: Sequence[Passage]) -> Iterator[Line]:
    at = number = 0
    for whole in text.split("\n"):
        start = at + len(whole) - len(whole.lstrip())
        end = at + len(whole.rstrip())
        at += len(whole) + 1
        if start >= end:
            continue
        while number < len(passages) and passages[number].end <= start:
            number += 1
        if number < len(passages) and passages[number].start < end:
            yield Line(start, end, page=passages[number].page, passage=number)
        else:
            yield Line(start, end)


def _with_levels(text: str, lines: list[Line], passages: Sequence[Passage]) -> Iterator[Line]:
    """Headings get the level at which they stand in the path of the passage that follows."""
    waiting: list[Line] = []
    for line in lines:
        if line.passage is None:
            waiting.append(line)
            continue
        passage = passages[line.passage]
        yield from _levelled(text, waiting, passage)
        waiting = []
        path = passage.section
        if path and passage.start < line.start and text[line.start : line.end] == path[-1]:
            # The same heading again, under the same headings: the passage goes on across it.
            yield Line(line.start, line.end, len(path), line.page, line.passage)
        else:
            yield line
    yield from (Line(line.start, line.end, level=1) for line in waiting)


def _levelled(text: str, waiting: list[Line], passage: Passage) -> Iterator[Line]:
    levels: list[int] = []
    below = len(passage.section)
    for line in reversed(waiting):
        title = text[line.start : line.end]
        at = next((i for i in reversed(range(below)) if passage.section[i] == title), None)
        if at is not None:
            below = at
        levels.append(1 if at is None else at + 1)
    for line, level in zip(waiting, reversed(levels), strict=True):
        yield Line(line.start, line.end, level, passage.page)


def _sheets(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    first = 0
    for n, line in enumerate(lines):
        size = line.start - lines[first].start
        after_heading = n > first and lines[n - 1].level > 0
        opens = (line.level > 0 and not after_heading and size >= LEAST) or (
            line.end - lines[first].start > MOST and not after_heading
        )
        if n > first and opens:
            yield first, n
            first = n
    if lines:
        yield first, len(lines)


def _headings(
    text: str, lines: Sequence[Line], sheets: Sequence[tuple[int, int]]
) -> Iterator[Heading]:
    for number, (first, after) in enumerate(sheets):
        for line in lines[first:after]:
            if line.level:
                yield Heading(text[line.start : line.end], line.level, line.start, number)
