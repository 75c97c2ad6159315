"""Tables that plain text parts with signs: "drug,dose,route" and "Drug | Adult | Child"."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from osler.reading.blocks.tables import Cell, Table, merged_down
from osler.reading.blocks.unit_columns import with_units_beside
from osler.reading.text.columns import Row
from osler.reading.text.grids import Grid

# The sign, how many cells of a row it must part at least, and where it may not stand in a row of
# headers: prose has a space behind its commas and semicolons.
_SIGNS = (("|", 2, None), (",", 4, re.compile(r",\s")), (";", 3, re.compile(r";\s")))
_FEWEST = 3  # rows, the headers included
_TITLES = 3  # lines among which the first row is looked for
_LONGEST_NAME = 45  # characters of a header
_AMOUNT = re.compile(r"\d\s*(?:[mµμ]?c?g|m?L|units?|IU)\b", re.I)


def delimited_of(lines: Sequence[str], rows: Sequence[Row]) -> dict[int, Grid]:
    """The tables of a text by their first lines.

    A paragraph has one if a sign parts each of its lines, from some line on, into as many cells,
    and the first of these names columns.
    """
    found: dict[int, Grid] = {}
    at = 0
    while at < len(rows):
        stop = at
        while stop < len(rows) and not rows[stop].blank:
            stop += 1
        for sign, fewest, prose in _SIGNS:
            start = next(
                (
                    place
                    for place in range(at, min(at + _TITLES, stop))
                    if lines[place].count(sign) >= fewest - 1
                    and not (prose and prose.search(lines[place]))
                ),
                stop,
            )
            cells = _cells(lines[start:stop], sign)
            if _is_table(cells):
                found[start] = Grid(_table(cells), stop)
                break
        at = max(stop, at + 1)
    return found


def _cells(lines: Sequence[str], sign: str) -> list[list[str]]:
    parted = csv.reader(lines, delimiter=sign, skipinitialspace=True)
    try:
        return [[cell.strip() for cell in row] for row in parted]
    except csv.Error:
        return [[]]


def _is_table(cells: Sequence[Sequence[str]]) -> bool:
    return (
        len(cells) >= _FEWEST
        and len({len(row) for row in cells}) == 1
        and all(name and len(name) <= _LONGEST_NAME for name in cells[0])
        and not any(map(_AMOUNT.search, cells[0]))
        and all(any(row) for row in cells)
    )


def _table(cells: Sequence[Sequence[str]]) -> Table:
    written = [[Cell(text) for text in row] for row in cells]
    return Table(merged_down([written[0], *with_units_beside(written[1:])]), header_rows=1)
