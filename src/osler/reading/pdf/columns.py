"""Reading order: the columns of a page one after the other, tables left whole.

Running text in columns and a table both have a white gap down the page. They differ in what
stands beside the gap: lines of prose that fill their column, or cells of a few words.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from statistics import median

from osler.reading.pdf.words import Row

_LEAST_LINES = 6  # on both sides of a gap for it to part columns
_LEAST_WORDS = 3.0  # in the median line of a column of prose
_LEAST_FILL = 0.6  # of the column's width, by its median line
_STEP = 4  # points between the places where a gap is looked for


def in_reading_order(rows: list[Row]) -> list[list[Row]]:
    """The rows parted into runs that are read one after the other, each of one column.

    A line across the whole page (a title, a figure) ends the columns above it.
    """
    gap = _gap(rows)
    if gap is None:
        return [rows] if rows else []
    runs: list[list[Row]] = []
    for crosses, band in groupby(rows, key=lambda row: any(ln.x0 < gap < ln.x1 for ln in row)):
        lines = list(band)
        if crosses:
            runs.append(lines)
            continue
        for side in (_side(lines, gap, left=True), _side(lines, gap, left=False)):
            runs += in_reading_order(side)
    return runs


def _side(rows: Iterable[Row], gap: float, *, left: bool) -> list[Row]:
    parts = ([line for line in row if (line.x1 <= gap) is left] for row in rows)
    return [row for row in parts if row]


def _gap(rows: list[Row]) -> float | None:
    """Where the widest-reaching gap between two columns of prose is, if there is one."""
    pairs = [(a, b) for row in rows for a, b in pairwise(row)]
    if len(pairs) < _LEAST_LINES:
        return None
    x0 = min(row[0].x0 for row in rows)
    x1 = max(row[-1].x1 for row in rows)
    best, most = None, _LEAST_LINES - 1
    for place in range(int(x0) + 40, int(x1) - 40, _STEP):
        beside = sum(1 for a, b in pairs if a.x1 <= place <= b.x0)
        if beside > most:
            best, most = float(place), beside
    if best is None or not _is_prose(rows, best, x0, x1):
        return None
    return best


def _is_prose(rows: list[Row], gap: float, x0: float, x1: float) -> bool:
    for left in (True, False):
        lines = [
            line
            for row in rows
            if not any(ln.x0 < gap < ln.x1 for ln in row)
            for line in row
            if (line.x1 <= gap) is left
        ]
        if len(lines) < _LEAST_LINES:
            return False
        start = min(line.x0 for line in lines)
        end = max(line.x1 for line in lines)
        if end - start < 0.15 * (x1 - x0):
            return False
        if median(line.words for line in lines) < _LEAST_WORDS:
            return False
        # A column may itself hold columns: then its lines fill only their own part of it.
        if median(line.width for line in lines) < _LEAST_FILL * (end - start) and not any(
            a.x1 <= b.x0
            for row in rows
            for a, b in pairwise(row)
            if (a.x1 <= gap) is left and (b.x1 <= gap) is left
        ):
            return False
    return True
