"""Tables that plain text draws with spaces: rows of cells in columns under a row of headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from osler.reading.blocks.tables import Cell, Table, has_no_label, merged_down
from osler.reading.blocks.unit_columns import with_units_beside
from osler.reading.text.columns import Row, Segment
from osler.reading.text.rests import AMOUNT, is_of_headers, is_rest

_NAMES_ROWS = re.compile(
    r"\b(?:age|weight|wt|cr\s?cl|clearance|creatinine|e?gfr|drugs?|medicines?|agents?|antibiotics?|"
    r"indications?|conditions?|patients?|groups?|populations?|infections?|organisms?|pathogens?|"
    r"diseases?|levels?|bands?|severity|renal|kidney|function|gestation\w*|trimester|step|stage|"
    r"class|grade|score|phase|day|week|time|route|formulation|preparation|form|product|inr|"
    r"features?|risk|type|category|site|name|generic|allergy|who|regimen|setting|situation|"
    r"concentration|temperature|potassium|glucose|result|platelets?|ratio|bmi|surface)\b",
    re.I,
)
_NAMES_VALUES = re.compile(
    r"\b(?:dos(?:e|es|age|ing)|regimens?|amounts?|intervals?|frequency|rates?|routes?|volumes?|"
    r"durations?|adults?|child(?:ren)?|p(?:a)?ediatric|neonates?|infants?|maximum|max|daily|how|"
    r"often|give|treatment|strength|tablets?|course|comments?|notes?|remarks?|alternatives?|"
    r"first|second|action|adjustment|loading|maintenance|oral|intravenous|i\.?v\.?|target|mg|ml|"
    r"units?|infusion|schedule|when|length|days?)\b",
    re.I,
)
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_DIGIT = re.compile(r"\d")
_LONGEST_NAME = 45  # characters of a header
_SAME = 2  # characters: cells this close start in one column
_TITLES = 3  # rows among which the first of a table is looked for
_FEWEST_CELLS = 3  # in rows that need no header to be a table


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, and the first of the lines behind it."""

    table: Table
    stop: int


def grids_of(rows: Sequence[Row]) -> dict[int, Grid]:
    """The tables among the rows of a text, by the place of their first row."""
    found: dict[int, Grid] = {}
    at = behind = 0
    while at < len(rows):
        stop = _stop(rows, at) if len(rows[at].cells) > 1 else at + 1
        for start in range(at, min(at + _TITLES, stop - 1)):
            if len(rows[start].cells) < 2 or _is_over(rows, start, behind):
                continue
            table = _table(rows[start:stop])
            if table is None:
                continue
            top = _corner(rows, start, behind) if not table.header_rows else None
            if top is not None:
                table = _table(rows[start:stop], rows[top])
                assert table is not None
                found[top] = Grid(table, stop)
                behind = stop
                break
            topped = table.header_rows and start > behind and _tops(rows[start - 1], rows[start])
            if topped:
                _add_top(table, rows[start - 1], rows[start])
            found[start - 1 if topped else start] = Grid(table, stop)
            behind = stop
            break
        else:
            unlabelled = _under_headers(rows, at)
            if unlabelled is not None:
                found[at] = unlabelled
                behind = stop = unlabelled.stop
        at = stop
    return found


def _under_headers(rows: Sequence[Row], at: int) -> Grid | None:
    """A table whose labels stand alone under their cells: each line is a row of its own.

    Read as running text, a label would lead in the cells of the next.
    """
    header = rows[at].cells
    if len(header) < 2 or any(AMOUNT.search(cell.text) for cell in header):
        return None
    starts = [cell.start for cell in header]
    lines: list[list[str]] = []
    stop = at + 1
    while stop < len(rows) and (rows[stop].rule or not rows[stop].blank):
        cells = rows[stop].cells
        if not all(any(abs(cell.start - start) <= _SAME for start in starts) for cell in cells):
            break
        if cells:
            lines.append(_placed(rows[stop], starts, set()))
        stop += 1
    named = _NAMES_ROWS.search(header[0].text) and any(map(_spans, lines))
    if not named or not has_no_label(lines[0]):
        return None
    names = [Cell(cell.text) for cell in header]
    return Grid(Table([names, *([Cell(text) for text in line] for line in lines)], 1), stop)


def _stop(rows: Sequence[Row], start: int) -> int:
    """Where the run of rows that line up with the row at `start` ends."""
    columns = [rows[start]]
    stop = at = start + 1
    while at < len(rows):
        row = rows[at]
        if row.blank:
            if at > start + 1 and not row.rule and rows[at - 1].blank and not rows[at - 1].rule:
                return stop
            at += 1
            continue
        if len(row.cells) > 1:
            apart = rows[at - 1].blank and not rows[at - 1].rule
            if not any(_lines_up(row, each, strictly=apart) for each in (columns[-1], columns[0])):
                return stop
            columns.append(row)
        elif not _goes_on(row, columns) or rows[at - 1].blank:
            follows = at + 1 < len(rows) and len(rows[at + 1].cells) > 1
            apart = rows[at - 1].blank
            aside = abs(row.indent - columns[0].indent)
            spans = aside <= (0 if apart else _SAME) and follows and not row.marked
            if not spans or not _lines_up(rows[at + 1], columns[-1], strictly=apart):
                return stop
        at += 1
        stop = at
    return stop


def _goes_on(row: Row, columns: Sequence[Row]) -> bool:
    """Whether a line of one cell is the rest of a cell that is not the first."""
    return any(
        abs(row.indent - cell.start) <= _SAME for each in columns[-3:] for cell in each.cells[1:]
    )


def _lines_up(row: Row, other: Row, *, strictly: bool = False) -> bool:
    """Whether two rows have a column in common behind the first.

    Strictly, behind a blank line, their words must start at the same place.
    """
    return any(
        abs(a.start - b.start) <= _SAME or (not strictly and (a.end == b.end or _overlap(a, b)))
        for a in row.cells[1:]
        for b in other.cells[1:]
    ) and not (
        (abs(row.indent - other.indent) > _SAME and _is_beyond(row, other))
        or (strictly and len(row.cells) != len(other.cells))
        or _crosses(row, other)
        or _crosses(other, row)
    )


def _crosses(row: Row, other: Row) -> bool:
    """Whether a cell runs over two further columns of another row, as running text does."""
    starts = [cell.start for cell in other.cells]
    return any(
        sum(cell.start + _SAME < start < cell.end - _SAME for start in starts) > 1
        for cell in row.cells
    )


def _overlap(a: Segment, b: Segment) -> bool:
    return 2 * _shared(a, b) > min(len(a.text), len(b.text))


def _is_beyond(row: Row, other: Row) -> bool:
    """Whether the first cell of one row stands under the second of the other, or beyond.

    A row that leaves the first column empty has all of its cells in the columns of the other.
    """
    for one, two in ((row, other), (other, row)):
        columns = [cell.start for cell in two.cells[1:]]
        if all(any(abs(cell.start - start) <= 1 for start in columns) for cell in one.cells):
            return False
    return row.indent + _SAME >= other.cells[1].start or other.indent + _SAME >= row.cells[1].start


def _table(rows: Sequence[Row], top: Row | None = None) -> Table | None:
    """The rows as a table where they have a header, or where most of them have three cells.

    `top` is a row of headers over all columns but the first.
    """
    filled = [row for row in rows if len(row.cells) > 1]
    if len(filled) < 2:
        return None
    headed = top is None and _has_header(rows, filled)
    broad = sum(len(row.cells) >= _FEWEST_CELLS for row in filled)
    if not headed and (broad < 2 or 2 * broad < len(filled)):
        return None
    starts = _starts(filled)
    filled_with_figures = _figures(filled, starts)
    ruled = sum(row.rule for row in rows[1:-1]) > 1
    grid: list[list[str]] = []
    open_row = False  # between two rules of a table in which these part all rows
    low = False  # whether labels stand level with the last lines of their cells
    under: set[int] = set()  # the rows whose labels are indented under that of another
    for row in rows:
        if row.blank:
            open_row = False
            continue
        cells = _placed(row, starts, filled_with_figures)
        above = grid[-1] if grid else None
        under_headers = headed and len(grid) == 1
        low = low or (
            not ruled
            and len(grid) == int(headed)
            and has_no_label(cells)
            and not is_of_headers(cells)
        )
        if (
            above is not None
            and not low
            and ((ruled and open_row) or is_rest(cells, above, first=under_headers))
        ):
            for column, text in enumerate(cells):
                above[column] = f"{above[column]} {text}".strip()
        else:
            if len(grid) > int(headed) and _is_under(row, rows, cells):
                under.add(len(grid))
            grid.append(cells)
        open_row = True
    written = [
        [Cell(cells[0], columns=len(starts))]
        if _spans(cells) and not low
        else [Cell(text, under=at in under and not column) for column, text in enumerate(cells)]
        for at, cells in enumerate(grid)
    ]
    if top is not None:
        written.insert(0, [Cell(text) for text in _placed(top, starts, set())])
    heads = 1 if headed or top is not None else 0
    body = with_units_beside(written[heads:])
    if not heads:  # no row of headers, from which nothing is merged down
        return Table(merged_down([[], *body])[1:], header_rows=0)
    return Table(merged_down([*written[:heads], *body]), header_rows=heads)


def _is_under(row: Row, rows: Sequence[Row], cells: Sequence[str]) -> bool:
    """Whether a label in small letters is indented: "after an operation" under "Drugone"."""
    named = [each.indent for each in rows if each.cells and each.cells[0].text[0].isupper()]
    low = cells[0][:1].islower() and any(cells[1:])
    return low and bool(named) and row.indent >= min(named) + _SAME


def _corner(rows: Sequence[Row], start: int, behind: int) -> int | None:
    """The place of a row of headers that leaves the corner over the labels of its rows empty."""
    top = start - 1
    while top >= behind and rows[top].rule:
        top -= 1
    if top < behind or len(rows[top].parts) < 2 or len(rows[start].cells) < 2:
        return None
    row = rows[top]
    beside = row.parts[0].start + _SAME >= rows[start].cells[0].end
    named = not any(AMOUNT.search(part.text) for part in row.parts)
    over = all(any(_shared(part, cell) for cell in rows[start].cells[1:]) for part in row.parts)
    return top if beside and named and over else None


def _is_over(rows: Sequence[Row], at: int, behind: int) -> bool:
    """Whether a row stands over a row of headers, or is one that leaves the corner empty."""
    below = at + 1
    while below < len(rows) and rows[below].rule:
        below += 1
    if below >= len(rows) or len(rows[below].cells) < 2:
        return False
    return _tops(rows[at], rows[below]) or _corner(rows, below, behind) == at


def _tops(row: Row, header: Row) -> bool:
    """Whether a line over a row of headers opens several of them: "Treatment of" over "gout"."""
    return (
        len(row.parts) > 1
        and not any(_DIGIT.search(part.text) for part in row.parts)
        and row.parts[0].start >= header.cells[0].end
        and all(any(_shared(part, cell) for cell in header.cells[1:]) for part in row.parts)
    )


def _add_top(table: Table, row: Row, header: Row) -> None:
    """Put the words of the line over the headers before each that they stand over."""
    names = table.rows[0]
    for column, cell in enumerate(header.cells[: len(names)]):
        over = max(row.parts, key=lambda part: _shared(part, cell))
        if column and _shared(over, cell):
            names[column] = replace(names[column], text=f"{over.text} {names[column].text}")


def _shared(a: Segment, b: Segment) -> int:
    """How many columns of characters two cells share, 0 where they stand apart."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _spans(cells: Sequence[str]) -> bool:
    return bool(cells[0]) and not any(cells[1:])


def _has_header(rows: Sequence[Row], filled: Sequence[Row]) -> bool:
    """Whether the first row names what stands in the columns under it."""
    first = rows[0].cells
    names = [_IN_BRACKETS.sub("", cell.text) for cell in first]
    if any(_DIGIT.search(name) or len(name) > _LONGEST_NAME for name in names):
        return False
    if any(". " in name or name.rstrip().endswith((".", ":", ",")) for name in names):
        return False
    body = filled[1:]
    if not any(_DIGIT.search(cell.text) for row in body for cell in row.cells[1:]):
        return False
    if any(row.rule for row in rows[:3]):
        return True
    if len(body) < 2:
        return False
    if not any(map(_NAMES_VALUES.search, names[1:])):
        return False
    return bool(_NAMES_ROWS.search(names[0])) or len(first) >= _FEWEST_CELLS


def _starts(rows: Sequence[Row]) -> list[int]:
    """Where the columns start: cells that stand over one another are of one column."""
    most = max(len(row.cells) for row in rows)
    widest = [row for row in rows if len(row.cells) == most]
    starts = [min(row.cells[at].start for row in widest) for at in range(most)]
    starts[0] = min(row.indent for row in rows)
    return starts


def _figures(rows: Sequence[Row], starts: Sequence[int]) -> set[int]:
    """The starts of the columns behind the first in which half of the cells open with a figure."""
    found = set()
    for start in starts[1:]:
        cells = [cell.text for row in rows for cell in row.cells[1:] if cell.start == start]
        if cells and 2 * sum(text[0].isdigit() for text in cells) >= len(cells):
            found.add(start)
    return found


def _placed(row: Row, starts: Sequence[int], figures: set[int]) -> list[str]:
    """The texts of a row by column: each cell in the last column that starts before its middle."""
    found = [""] * len(starts)
    taken = -1
    for cell in _cells_at(row, starts, figures):
        inside = [at for at, start in enumerate(starts) if start <= cell.start + _SAME]
        middle = [at for at, start in enumerate(starts) if start <= (cell.start + cell.end) / 2]
        column = inside[-1] if inside else 0
        if cell is not row.cells[0] and column <= taken:
            column = max(middle[-1] if middle else 0, taken)
        if column == taken:
            found[column] = f"{found[column]} {cell.text}".strip()
        else:
            found[column] = cell.text
        taken = column
    return found


def _cells_at(row: Row, starts: Sequence[int], figures: set[int]) -> list[Segment]:
    """The cells of a row, parted also where a column of the whole table starts behind a gap.

    In a column of figures, one space parts a figure from a cell that fills the column before.
    """
    own = {cell.start for cell in row.cells} | figures
    found: list[Segment] = []
    for part in (each for whole in row.parts for each in _at_figures(whole, figures)):
        fresh = part.start in own or any(abs(part.start - start) <= 1 for start in starts[1:])
        if fresh or not found:
            found.append(part)
        else:
            found[-1] = Segment(found[-1].start, f"{found[-1].text} {part.text}")
    return found


def _at_figures(part: Segment, figures: set[int]) -> list[Segment]:
    for start in sorted(figures):
        at = start - part.start
        if 0 < at < len(part.text) and part.text[at - 1] == " " and part.text[at].isdigit():
            rest = Segment(start, part.text[at:])
            return [Segment(part.start, part.text[: at - 1]), *_at_figures(rest, figures)]
    return [part]
