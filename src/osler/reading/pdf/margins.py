"""What is printed on a page but is not its text: running heads and feet, page and line numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from osler.reading.pdf.words import Line, Row

_EDGE_LINES = 3  # a running head or foot is among so many lines from the page's edge
_COLUMN = 12.0  # points: line numbers are set in one narrow column
_EDGE = 0.12  # and within so much of the page's height
_APART = 1.7  # of the usual distance of lines, or of the type's size: a line stands apart
_LEAST_PAGES = 4  # that must have such a line
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?)?\s*[-–|]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–|]?", re.I
)
_LEADING_NUMBER = re.compile(r"(\d{1,5})\s+(?=\S)")
_NUMERAL = re.compile(r"\d+")


def without_line_numbers(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """The pages without the numbers that a draft prints beside each line.

    They are what stands leftmost (or rightmost) on most lines of a page and counts up by one
    (or by a fixed step) from line to line.
    """
    return [_unnumbered(rows) for rows in pages]


def _unnumbered(rows: list[Row]) -> list[Row]:
    for side in (0, -1):
        found = [(i, row[side]) for i, row in enumerate(rows) if _is_number(row[side])]
        edge = median(line.x1 for _, line in found) if found else 0.0
        numbered = [(i, int(line.text)) for i, line in found if abs(line.x1 - edge) <= _COLUMN]
        if len(numbered) < 5 or not _is_count([number for _, number in numbered]):
            continue
        where = {i for i, _ in numbered}
        dense = len(where) * 5 >= len(rows) * 3
        if not dense and not _is_outside(rows, where, side):
            continue
        kept = (
            (row[1:] if side == 0 else row[:-1]) if i in where else row
            for i, row in enumerate(rows)
        )
        return [row for row in kept if row]
    return rows


def _is_number(line: Line) -> bool:
    return line.words == 1 and line.text.isdigit() and len(line.text) <= 5


def _is_count(numbers: list[int]) -> bool:
    """Whether nearly every number is the one before it plus one step (a page number may not be)."""
    steps = Counter(after - before for before, after in pairwise(numbers))
    step, times = steps.most_common(1)[0]
    return step > 0 and times >= 0.8 * (len(numbers) - 1) and step in (1, 2, 5, 10)


def _is_outside(rows: list[Row], where: set[int], side: int) -> bool:
    """Whether the numbers stand outside all other text, as a table's or list's do not."""
    others = [
        line
        for i, row in enumerate(rows)
        for j, line in enumerate(row)
        if not (i in where and j in (side, len(row) + side))
    ]
    if not others:
        return False
    if side == 0:
        return max(rows[i][0].x1 for i in where) <= min(line.x0 for line in others)
    return min(rows[i][-1].x0 for i in where) >= max(line.x1 for line in others)


def without_running_lines(pages: Sequence[list[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """The pages without heads and feet that repeat, and without page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for rows, height in zip(pages, heights, strict=True):
        seen.update({_key(row, height) for row in _edges(rows, height)})
    needed = max(3, min(len(pages) // 5, 20))
    apart = _apart(pages, heights)
    kept = []
    for rows, height in zip(pages, heights, strict=True):
        running = [
            row
            for row in _edges(rows, height)
            if (len(pages) >= 3 and seen[_key(row, height)] >= needed)
            or _is_page_number(row)
            or any(row is each for each in apart)
        ]
        kept.append([row for row in rows if not any(row is other for other in running)])
    return kept


def _apart(pages: Sequence[list[Row]], heights: Sequence[float]) -> list[Row]:
    """Heads and feet whose words change from page to page, such as the chapter's title.

    They stand at one height on most pages, set apart from the text by a gap, in type no larger
    than the text's: a title on every slide is larger.
    """
    sizes = [line.size for rows in pages for row in rows for line in row for _ in range(line.words)]
    gaps = [abs(a[0].y - b[0].y) for rows in pages for a, b in pairwise(rows)]
    if not gaps:
        return []
    body, usual = median(sizes), median(gaps)
    found: dict[tuple[int, int], list[Row]] = {}
    for rows, height in zip(pages, heights, strict=True):
        if len(rows) < 3:
            continue
        for row, beside in ((rows[0], rows[1]), (rows[-1], rows[-2])):
            at_edge = any(row is each for each in _edges(rows, height))
            gap = abs(row[0].y - beside[0].y)
            if at_edge and row[0].size <= 1.02 * body and gap > _APART * max(body, usual):
                found.setdefault((round(row[0].y / 3), round(row[0].size)), []).append(row)
    needed = max(_LEAST_PAGES, 0.6 * sum(1 for rows in pages if rows))
    return [row for same in found.values() if len(same) >= needed for row in same]


def _edges(rows: list[Row], height: float) -> list[Row]:
    top = [row for row in rows[:_EDGE_LINES] if row[0].y > (1 - _EDGE) * height]
    bottom = [row for row in rows[-_EDGE_LINES:] if row[0].y < _EDGE * height]
    return top + [row for row in bottom if not any(row is other for other in top)]


def _key(row: Row, height: float) -> tuple[str, int]:
    """Same words (but for numerals) at the same height: the same running line."""
    text = " ".join(line.text for line in row)
    return _NUMERAL.sub("#", text).strip().lower(), round(row[0].y / height * 50)


def _is_page_number(row: Row) -> bool:
    text = " ".join(line.text for line in row).strip()
    return len(row) == 1 and _PAGE_NUMBER.fullmatch(text) is not None
