"""Tables of a page: those drawn with rules, and those whose cells merely line up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from osler.reading.pdf.agreement import states_dose
from osler.reading.pdf.words import Line, Row
from osler.reading.text.headings import OPEN_END

_LEAST_ROWS = 3
_ALIGNED = 3.0  # points: cells this close start at the same place


@dataclass(slots=True)
class Table:
    """Cells by row and column, from the top; `top` and `bottom` on the page, in points."""

    x0: float
    x1: float
    top: float
    bottom: float
    rows: list[list[list[Line]]]  # the lines of each cell


def ruled_tables(oxide: Any, index: int, rows: Sequence[Row]) -> list[Table]:
    """The tables whose rules pdf-oxide finds; looked for only where something is drawn."""
    if len(oxide.extract_lines(index)) + len(oxide.extract_rects(index)) < 4:
        return []
    tables = []
    for found in oxide.extract_tables(index):
        if found["col_count"] < 2 or found["row_count"] < 2:
            continue
        grid = [[cell["bbox"] for cell in row["cells"]] for row in found["rows"]]
        table = _filled(grid, rows)
        if table is not None:
            tables.append(table)
    return tables


def _filled(grid: list[list[Any]], rows: Sequence[Row]) -> Table | None:
    """The grid with the lines in it; None if text runs across its rules: those are no cells."""
    boxes = [box for row in grid for box in row if box]
    if not boxes:
        return None
    x0, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, top = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    cells: list[list[list[Line]]] = [[[] for _ in row] for row in grid]
    for line in (line for row in rows for line in row):
        middle = line.y + 0.3 * line.size
        if not (bottom <= middle <= top and line.x1 > x0 and line.x0 < x1):
            continue
        home = next(
            (
                cells[i][j]
                for i, row in enumerate(grid)
                for j, box in enumerate(row)
                if box
                and box[1] - 1 <= middle <= box[1] + box[3] + 1
                and box[0] - 2 <= line.x0
                and line.x1 <= box[0] + box[2] + 2
            ),
            None,
        )
        if home is None:
            return None
        home.append(line)
    filled = [row for row in cells if any(row)]
    if len(filled) < 2 or max(sum(1 for cell in row if cell) for row in filled) < 2:
        return None
    width = max(len(row) for row in filled)
    return Table(x0, x1, top, bottom, [row + [[]] * (width - len(row)) for row in filled])


def aligned_tables(rows: Sequence[Row]) -> list[tuple[int, int, Table]]:
    """Runs `start:stop` of rows of one column of text that form a table without rules."""
    tables = []
    start = 0
    while start < len(rows):
        stop = start
        while stop < len(rows) and _continues(rows[start:stop], rows[stop]):
            stop += 1
        full = sum(1 for row in rows[start:stop] if len(row) >= 2)
        if full >= _LEAST_ROWS:
            tables.append((start, stop, _aligned(rows[start:stop])))
            start = stop
        else:
            start += 1
    return tables


def _continues(run: Sequence[Row], row: Row) -> bool:
    """Whether `row` goes on with the table: cells at its columns, or the rest of a cell."""
    if not run:
        return len(row) >= 2
    starts = _columns(run)
    lines_up = [any(abs(line.x0 - x) <= _ALIGNED for x in starts) for line in row]
    gap = run[-1][0].y - row[0].y
    if gap > 3.2 * run[-1][0].size:
        return False
    if len(row) == 1:
        return lines_up[0] and abs(row[0].x0 - starts[0]) > _ALIGNED
    return sum(lines_up) >= 2 or (len(run) == 1 and len(row) == len(run[0]))


def _columns(run: Sequence[Row]) -> list[float]:
    starts: list[float] = []
    for line in sorted((line for row in run for line in row), key=lambda ln: ln.x0):
        if not starts or line.x0 - starts[-1] > _ALIGNED:
            starts.append(line.x0)
    return starts


def _aligned(run: Sequence[Row]) -> Table:
    columns = _bands(run)
    rows: list[list[list[Line]]] = []
    for row in run:
        cells: list[list[Line]] = [[] for _ in columns]
        for line in row:
            cells[_column_of(line, columns)].append(line)
        if rows and not cells[0] and _is_whole(rows[-1], cells):  # the first cell is that above
            rows.append([rows[-1][0], *cells[1:]])
        elif rows and not cells[0]:  # the rest of the cells above
            for above, cell in zip(rows[-1], cells, strict=True):
                above += cell
        else:
            rows.append(cells)
    lines = [line for row in run for line in row]
    return Table(
        x0=min(line.x0 for line in lines),
        x1=max(line.x1 for line in lines),
        top=lines[0].y + lines[0].size,
        bottom=lines[-1].y,
        rows=rows,
    )


def _is_whole(above: list[list[Line]], cells: list[list[Line]]) -> bool:
    """Whether cells without a first one are a row by themselves: " | 6–12 years | 250 mg".

    Each opens as a cell does, below one that is filled and not left open, and one states a
    dose where the row above states one too.
    """
    pairs = [(a[-1].text, c[0].text) for a, c in zip(above, cells, strict=True) if a and c]
    return (
        len(pairs) > 1
        and len(pairs) == sum(map(bool, cells))
        and all(text[0].isdigit() or text[0].isupper() for _, text in pairs)
        and not any(OPEN_END.search(text[-12:]) for text, _ in pairs)
        and any(states_dose(over) and states_dose(text) for over, text in pairs)
    )


def continued(rows: Sequence[Row], table: Table) -> tuple[int, Table] | None:
    """How many rows, from the first, go on with a table that ended the page before; and they.

    Each of their cells starts where those of one of its columns do.
    """
    columns = zip(*table.rows, strict=True)
    starts = [min((ln.x0 for cell in column for ln in cell), default=None) for column in columns]
    found: list[list[list[Line]]] = []
    for row in rows:
        cells: list[list[Line]] = [[] for _ in starts]
        for line in row:
            home = next(
                (i for i, x in enumerate(starts) if x is not None and abs(line.x0 - x) <= _ALIGNED),
                None,
            )
            if home is None:
                break
            cells[home].append(line)
        if sum(map(bool, cells)) < 2 or not cells[0] or sum(map(len, cells)) < len(row):
            break
        found.append(cells)
    if not found:
        return None
    lines = [line for row in found for cell in row for line in cell]
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = lines[0].y + lines[0].size, lines[-1].y
    return len(found), Table(x0, x1, top, bottom, found)


def _bands(run: Sequence[Row]) -> list[tuple[float, float]]:
    """The columns as the stretches that cells cover, overlapping ones being one."""
    bands: list[tuple[float, float]] = []
    for line in sorted((line for row in run for line in row), key=lambda ln: ln.x0):
        if bands and line.x0 < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], line.x1))
        else:
            bands.append((line.x0, line.x1))
    return bands


def _column_of(line: Line, columns: Sequence[tuple[float, float]]) -> int:
    return next(i for i, (x0, x1) in enumerate(columns) if x0 <= line.x0 < x1 or line.x0 == x0)
