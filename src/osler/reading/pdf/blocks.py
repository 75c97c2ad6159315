"""From the lines of all pages to headings, paragraphs, list items, notes and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from osler.reading.pdf.tables import Table
from osler.reading.pdf.words import Line, Row

_BULLETS = "•●○◦▪▫■□◆◇▶►➢➤✓‣⁃∙·–—*\\-"
MARK = re.compile(
    rf"(?:[{_BULLETS}\uf0b7\uf0a7\uf0d8]|o|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)])(?=\s|$)\s*"
)
_NUMBERED = re.compile(r"\(?[\da-z]")
_NOTE = re.compile(r"(\d{1,2}|[*†‡§¶#]{1,3}|[a-h](?=\s))\s*(?=[A-Z(“\"])")
_ENDED = re.compile(r"[.!?:;][\"”’')\]]*$")
_HEADING_LENGTH = 160
SAME_PLACE = 2.5  # points: what still counts as the same place across


@dataclass(slots=True)
class Draft:
    """A block in the making. `kind` is heading, paragraph, item, footnote or table."""

    kind: str
    page: int
    lines: list[Line] = field(default_factory=list)
    depth: int = 0  # of an item, or level of a heading
    mark: str = "-"
    table: Table | None = None
    left: float = 0.0  # edges of its column
    right: float = 0.0

    @property
    def text(self) -> str:
        """The lines as they stand, words still broken at their ends."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Style:
    """What body text looks like in this document, and which bookmarks name its headings."""

    size: float
    bold: bool
    leading: float  # from baseline to baseline, in sizes
    bookmarks: dict[tuple[int, str], int]  # (page from 1, letters of the title) -> level from 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one page: its edges and the usual distance of its baselines, in points."""

    left: float
    right: float
    leading: float


def body_style(pages: Iterable[list[Row]], bookmarks: dict[tuple[int, str], int]) -> Style:
    """The size, weight and line distance that most of the document's text has."""
    looks: Counter[tuple[float, bool]] = Counter()
    gaps: Counter[float] = Counter()
    for rows in pages:
        for line in (line for row in rows for line in row):
            looks[(round(line.size * 2) / 2, line.bold)] += len(line.text)
        for (a, *_), (b, *_) in pairwise(rows):
            gaps[round((a.y - b.y) / a.size, 1)] += 1
    size, bold = looks.most_common(1)[0][0] if looks else (10.0, False)
    leading = gaps.most_common(1)[0][0] if gaps.total() > 20 else 1.2
    return Style(size, bold, leading, bookmarks)


def _column(lines: Sequence[Line], style: Style) -> Column:
    gaps = [a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < 3 * a.size]
    # A line or two may stick out of the column; its edge is where several lines end.
    ends = sorted((line.x1 for line in lines), reverse=True)
    right = ends[min(len(ends) - 1, len(ends) // 8)] if ends else 0.0
    return Column(
        left=min((line.x0 for line in lines), default=0.0),
        right=right,
        leading=median(gaps) if len(gaps) > 3 else 1.2 * style.size,
    )


def with_marks_joined(rows: Iterable[Row]) -> list[Row]:
    """Rows in which a bullet or number and the item's text are one line, not two cells."""
    return [
        [joined(row[:2]), *row[2:]] if len(row) > 1 and MARK.fullmatch(row[0].text) else row
        for row in rows
    ]


def joined(row: Sequence[Line]) -> Line:
    """The lines of one row as one."""
    if len(row) == 1:
        return row[0]
    main = max(row, key=lambda line: len(line.text))
    return Line(
        x0=row[0].x0,
        x1=row[-1].x1,
        y=main.y,
        size=main.size,
        bold=main.bold,
        text=" ".join(line.text for line in row),
        raw=" ".join(line.raw for line in row),
        words=sum(line.words for line in row),
        notes=tuple(note for line in row for note in line.notes),
        doubts=[doubt for line in row for doubt in line.doubts],
    )


def drafts_of(
    pieces: Sequence[Line | Table], page: int, height: float, style: Style
) -> list[Draft]:
    """The blocks of one column of one page."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    column = _column(lines, style)
    drafts: list[Draft] = []
    for piece in pieces:
        if isinstance(piece, Table):
            drafts.append(Draft("table", page, table=piece))
        elif drafts and drafts[-1].lines and not _starts(piece, drafts[-1], column, style):
            drafts[-1].lines.append(piece)
        else:
            drafts.append(_begun(piece, page, column))
    return [_classified(draft, height, style) for draft in drafts]


def _begun(line: Line, page: int, column: Column) -> Draft:
    mark = MARK.match(line.text)
    if mark and mark.end() < len(line.text):
        sign = mark.group().strip()
        shown = sign if _NUMBERED.match(sign) else "-"
        return Draft("item", page, [line], mark=shown, left=column.left, right=column.right)
    return Draft("paragraph", page, [line], left=column.left, right=column.right)


def _starts(line: Line, draft: Draft, column: Column, style: Style) -> bool:
    """Whether `line` begins a new block rather than going on with `draft`."""
    last, first = draft.lines[-1], draft.lines[0]
    gap = last.y - line.y
    if gap < 0 or abs(line.size - last.size) > 0.08 * last.size:
        return True
    if gap > _most_gap(draft, column, style):
        return True
    goes_on = line.text[:1].islower() and not _ENDED.search(last.text)
    if line.bold != last.bold and not goes_on:
        return True
    mark = MARK.match(line.text)
    if mark and mark.end() < len(line.text):
        return not _is_wrapped_number(mark.group(), last, column.right)
    early = not goes_on and broke_early(last, line, column.right)
    if draft.kind == "item":
        if line.x0 < first.x0 - SAME_PLACE:
            return True
        hanging = len(draft.lines) > 1 and draft.lines[1].x0 > first.x0 + SAME_PLACE
        return early or (hanging and line.x0 <= first.x0 + SAME_PLACE)
    indented = column.left + 0.8 * line.size < line.x0 < column.left + 5 * line.size
    return early or (indented and last.x0 <= column.left + SAME_PLACE and not goes_on)


def _most_gap(draft: Draft, column: Column, style: Style) -> float:
    """How far below the draft's last line the next may stand and still belong to it."""
    last = draft.lines[-1]
    if len(draft.lines) > 1:
        return 1.25 * max(draft.lines[-2].y - last.y, last.size)
    if last.size > 1.1 * style.size:
        return 1.45 * last.size  # a heading's own lines stand close, whatever the text's do
    return 1.35 * max(column.leading, style.leading * last.size)


def broke_early(last: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word would have fitted on this one: a break on purpose."""
    word = line.text.split(maxsplit=1)[0]
    width = line.width * len(word) / max(len(line.text), 1)
    return last.x1 + 0.3 * last.size + width < right - 1.5 * last.size


def _is_wrapped_number(mark: str, last: Line, right: float) -> bool:
    """Whether what looks like "10." at the start of a line ends the sentence before it."""
    return mark.strip()[:1].isdigit() and last.x1 > 0.85 * right and not _ENDED.search(last.text)


def _classified(draft: Draft, height: float, style: Style) -> Draft:
    if draft.kind == "table":
        return draft
    text = draft.text
    level = style.bookmarks.get((draft.page, letters(text)))
    if level is not None:
        draft.kind, draft.depth = "heading", level
    elif _is_note(draft, height, style):
        draft.kind = "footnote"
    elif _is_heading(draft, text, style):
        draft.kind, draft.depth = "heading", 0
    return draft


def _is_note(draft: Draft, height: float, style: Style) -> bool:
    line = draft.lines[0]
    return line.size < 0.93 * style.size and line.y < 0.4 * height and bool(_NOTE.match(line.text))


def _is_heading(draft: Draft, text: str, style: Style) -> bool:
    line = draft.lines[0]
    if len(text) > _HEADING_LENGTH or len(draft.lines) > 3 or text[-1] in ".;,":
        return False
    if sum(char.isalpha() for char in text) < 3:
        return False
    if all(ln.size >= 1.12 * style.size for ln in draft.lines):
        return True
    if draft.kind == "item" and not draft.mark[:1].isdigit():
        return False
    if all(ln.bold for ln in draft.lines) and not style.bold and text[-1] != ":":
        return True
    return text.isupper() and 1 < line.words <= 8 and draft.kind == "paragraph"


def heading_levels(drafts: Iterable[Draft]) -> None:
    """Give each heading its level: larger type outermost, bold before plain."""
    headings = [d for d in drafts if d.kind == "heading" and d.depth == 0]
    styles = sorted({_look(d) for d in headings}, reverse=True)
    for draft in headings:
        draft.depth = min(styles.index(_look(draft)) + 1, 6)


def _look(draft: Draft) -> tuple[float, bool, bool]:
    line = draft.lines[0]
    return round(line.size), line.bold, draft.text.isupper()


def letters(text: str) -> str:
    """The letters and digits of a title, for comparing it with a bookmark."""
    return "".join(char for char in text.lower() if char.isalnum())


def note_marker(text: str) -> tuple[str, str]:
    """A footnote's marker and its text."""
    match = _NOTE.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)
