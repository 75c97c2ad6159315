"""A sheet of a source as blocks to be shown: headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from osler.domain import BlockKind, Statement
from osler.library import Library
from osler_site.library_pages.marking import Marks, Run
from osler_site.library_pages.structure import Line, Structure

_BULLET = re.compile(r"(?:[-•*◦▪‣–]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])\s+")
_PLAIN_BULLETS = "-•*◦▪‣–"
_SEPARATOR = re.compile(r"^\| | \| | \|$")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell. The separators of the text stay in it, hidden from the eye."""

    runs: tuple[Run, ...]
    separator: tuple[Run, ...]
    heads: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item or a row."""

    kind: str  # "heading", "paragraph", "item", "row", "caption", "footnote"
    start: int
    runs: tuple[Run, ...] = ()
    level: int = 0  # of a heading in HTML, from 3; of an item: its depth
    mark: str = ""  # an item's number, where it has one
    cells: tuple[Cell, ...] = ()
    page: int | None = None  # where a new page begins


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks of one sort: "list", "table", or a block by itself."""

    kind: str
    blocks: tuple[Block, ...]
    columns: int = 0


def groups_of(
    library: Library, structure: Structure, sheet: int, marks: Marks
) -> tuple[Group, ...]:
    """What a sheet shows, in reading order."""
    blocks = _Sheet(library, structure, sheet, marks).blocks()
    gathered = {"item": "list", "row": "table"}
    found = []
    for kind, run in groupby(blocks, key=lambda b: gathered.get(b.kind, f"{b.kind}{b.start}")):
        together = tuple(run)
        name = kind if kind in ("list", "table") else together[0].kind
        found.append(Group(name, together, max(len(b.cells) for b in together)))
    return tuple(found)


class _Sheet:
    """One sheet, with the statements that stand on it."""

    def __init__(self, library: Library, structure: Structure, sheet: int, marks: Marks) -> None:
        self._text = structure.text
        self._lines = structure.lines_of(sheet)
        self._marks = marks
        numbers = sorted({line.passage for line in self._lines if line.passage is not None})
        self._statements: list[Statement] = [
            s for n in numbers for s in library.statements_in(structure.passages[n])
        ]
        self._starts = [s.start for s in self._statements]
        self._headers = sorted(
            {(c.start, c.end) for s in self._statements for c in s.context if c.role == "header"}
        )

    def blocks(self) -> Iterator[Block]:
        page: int | None = None
        for line in self._lines:
            new = line.page if line.page != page else None
            page = line.page if line.page is not None else page
            yield self._block(line, new)

    def _block(self, line: Line, page: int | None) -> Block:
        kind = self._kind(line)
        if kind is BlockKind.HEADING:
            level = min(_DEEPEST, (line.level or 1) + 2)
            return Block("heading", line.start, self._runs(line.start, line.end), level, page=page)
        if kind is BlockKind.ROW:
            return Block("row", line.start, cells=self._cells(line), page=page)
        if kind is BlockKind.ITEM:
            return self._item(line, page)
        return Block(kind.value, line.start, self._runs(line.start, line.end), page=page)

    def _kind(self, line: Line) -> BlockKind:
        if line.level:
            return BlockKind.HEADING
        at = bisect_left(self._starts, line.start)
        if at < len(self._starts) and self._starts[at] < line.end:
            return self._statements[at].block
        if _within(self._headers, line) or " | " in self._text[line.start : line.end]:
            return BlockKind.ROW
        if _BULLET.match(self._text, line.start, line.end):
            return BlockKind.ITEM
        return BlockKind.PARAGRAPH

    def _item(self, line: Line, page: int | None) -> Block:
        before = self._text.rfind("\n", 0, line.start) + 1
        depth = (line.start - before) // 2
        bullet = _BULLET.match(self._text, line.start, line.end)
        start = bullet.end() if bullet else line.start
        mark = self._text[line.start : start].strip()
        shown = "" if mark in _PLAIN_BULLETS else mark
        return Block("item", line.start, self._runs(start, line.end), depth, shown, page=page)

    def _cells(self, line: Line) -> tuple[Cell, ...]:
        cells = []
        start = line.start
        said = self._text[line.start : line.end]
        cuts = [(start + m.start(), start + m.end()) for m in _SEPARATOR.finditer(said)]
        for cut, after in [*cuts, (line.end, line.end)]:
            heads = any(s < cut and e > start for s, e in self._headers)
            cells.append(Cell(self._runs(start, cut), self._runs(cut, after), heads))
            start = after
        return tuple(cells)

    def _runs(self, start: int, end: int) -> tuple[Run, ...]:
        return self._marks.runs(self._text, start, end)


def _within(spans: Sequence[tuple[int, int]], line: Line) -> bool:
    at = bisect_right(spans, (line.start, -1))
    return at < len(spans) and spans[at][0] < line.end
