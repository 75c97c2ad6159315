"""Tables of any format, with merged cells, written as rows under their headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from osler.domain import Span
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.titles import is_title
from osler.reading.suspicions.normalise import LINE_BREAK, normalise

_MOST_COLUMNS = 200
_HEADING = 60  # characters: what is longer names no column
_NAMES_DOSES = re.compile(
    r"(?:(?:total|usual|recommended|initial|starting|maintenance|loading|maximum|daily|single|adult|"
    r"oral|intravenous)\s+)*(?:dos(?:e|es|age|ing)|regimens?|dosage regimen|strengths?)"
    r"(?:\s*[(\[,/].{0,20})?",
    re.I,
)
_NAMES_SUBJECT = re.compile(
    r"(?:generic\s+|drug\s+|brand\s+)?(?:drug|medicine|medication|agent|name|product|preparation)"
    r"(?:\s+name)?\s*:?",
    re.I,
)
_YEARS = r"(?:years?|yrs?|months?|weeks?|days?|kg)"
_BAND = re.compile(  # "1–5 years", "20 kg and over"
    rf"\d[\d.]*\s*{_YEARS}?\s*(?:(?:[-–—]|to|up to|and)\s*<?\s*\d[\d.]*\s*)?{_YEARS}"
    r"(?:\s*(?:old|and (?:over|above|older)|or (?:over|more)))?",
    re.I,
)
# A column that tells of a course one thing of several: what is merged over such says it once.
_NAMES_PART = re.compile(
    r"(?:(?:total|usual|initial|starting|maintenance|loading|daily|single|other|special)\s+)*"
    r"(?:(?:dos(?:es?|age|ing)|regimens?|strengths?|frequency|intervals?|routes?|duration|timing|"
    r"amounts?|quantity|units?|notes?|comments?|remarks?|instructions?|monitoring|forms?|"
    r"formulations?|max(?:imum)?(?: dose)?|administration|action)(?:\s+(?:of|and|or|/)\s+)?)+"
    r"(?:\s*[(\[,/].{0,20})?",
    re.I,
)
_LABELLED = re.compile(r"(?!then\b|and\b|or\b)[^:;\d][^:;]{1,40}:\s.*\d|\d[^:;]{1,40}:\s.*\d", re.I)
_AMOUNT = re.compile(r"\d\s*(?:[mµμ]?c?g|m?L|units?|IU|tab(?:let)?s?|drops?|puffs?)\b", re.I)
_STATES = re.compile(r"\d|\b(?:avoid|contra-?indicated|not|never|none|nil|stop)\b", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its format gives it, before merged cells are laid out."""

    text: str
    header: bool = False
    columns: int = 1
    rows: int = 1
    notes: tuple[str, ...] = ()
    under: bool = False  # the label of a row that goes on about the last one that is not


@dataclass(slots=True)
class _Slot:
    """A place in the grid; `first` marks the column where a merged cell begins."""

    cell: Cell
    first: bool = True


@dataclass(slots=True)
class Table:
    """Rows of cells; `header_rows` counts those above the body."""

    rows: list[list[Cell]] = field(default_factory=list)
    header_rows: int | None = None  # None: as many as hold header cells only
    caption: str = ""
    caption_notes: tuple[str, ...] = ()
    footnotes: list[tuple[str, str]] = field(default_factory=list)  # marker, text


def write_table(builder: DocumentBuilder, table: Table) -> None:
    """Write a table: caption, one header row (several are joined, "Dose: adult"), rows, notes.

    A cell merged over rows is repeated in each, so that every row can be read by itself, and one
    merged over columns of several drugs or groups in each of these; over the parts of one course
    ("Dose", "Route") it is written once. A body row that spans the whole table is a caption for
    the rows under it. A table of one column and no header is layout, and written as paragraphs.
    """
    grid = _grid(table.rows)
    width = max((len(row) for row in grid), default=0)
    if width == 0:
        return
    if width > 1 and len(grid) > 2:
        _take_title(table, grid)
    heads = _header_rows(table, grid)
    if width == 1 and heads == 0:
        for row in grid:
            builder.paragraph(row[0].cell.text, notes=row[0].cell.notes)
        return
    builder.begin_table(table.caption, notes=table.caption_notes)
    header, names = _write_header(builder, grid[:heads], width)
    low = len(grid) > heads and _is_unlabelled(grid[heads])
    spanning: tuple[Span, ...] = ()
    subject: tuple[Span, ...] = ()
    parent: tuple[Span, ...] = ()  # the label of the row that those under it go on about
    for place, row in enumerate(grid[heads:], start=heads + 1):
        shown = [(column, slot) for column, slot in enumerate(row) if slot.first]
        notes = [note for _, slot in shown for note in slot.cell.notes]
        leads = not low or not all(_is_unlabelled(below) for below in grid[place : place + 1])
        if width > 1 and _spans(row) and leads:
            span = builder.caption(row[0].cell.text, notes=notes)
            spanning = (span,) if span is not None else ()
            continue
        filled = _filled(row, names)
        heads_shown = [header[column] for column, _ in filled]
        for texts in _parallel([slot.cell.text for _, slot in shown]):
            cells = [texts[of] for _, of in filled]
            above = parent if row[0].cell.under else ()
            context = (*subject, *spanning, *above)
            spans = builder.row(cells, heads_shown, context=context, notes=notes)
            if not row[0].cell.under:
                parent = tuple(spans[:1]) if normalise(cells[0]) else ()
            if heads == 0 and len(spans) == 2 and _NAMES_SUBJECT.fullmatch(normalise(cells[0])):
                subject = spans[1:]
    builder.end_table()
    for marker, text in table.footnotes:
        builder.footnote(text, marker)


def _filled(row: Sequence[_Slot], names: Sequence[str]) -> list[tuple[int, int]]:
    """The columns of a row that are written, each with the number of the cell that fills it.

    "Contraindicated" over the columns of four drugs is said of each of the four.
    """
    found: list[tuple[int, int]] = []
    cell = -1
    for column, slot in enumerate(row):
        cell += slot.first
        begun = found and found[-1][1] == cell
        before = names[found[-1][0]] if begun else ""
        if slot.first or (
            slot.cell.text.strip()
            and names[column] not in ("", before)
            and before
            and found[-1][0] > 0  # not the column of the row's own label
            and not any(map(_is_part, (before, names[column])))
        ):
            found.append((column, cell))
    return found


def _is_part(name: str) -> bool:
    """Whether a column is on a part of a course; of "Dose: Adult" the last words tell."""
    return _NAMES_PART.fullmatch(name.rpartition(": ")[2]) is not None


def _is_unlabelled(row: Sequence[_Slot]) -> bool:
    return has_no_label([slot.cell.text for slot in row])


def _spans(row: Sequence[_Slot]) -> bool:
    """Whether a row is one cell over the whole table, or a first cell with blank ones beside it.

    "Neonates" is; "500 mg" beside blank cells is a dose.
    """
    first = row[0].cell.text.strip()
    if not first or any(slot.cell is not row[0].cell and slot.cell.text.strip() for slot in row):
        return False
    if not row[-1].first:
        return True
    return is_title(first)


def _take_title(table: Table, grid: list[list[_Slot]]) -> None:
    """Make a first row that spans the table its caption, where a header stands under it."""
    heads = table.header_rows or 0
    headed = heads > 1 or all(s.cell.header or not s.cell.text.strip() for s in grid[1])
    if headed and not _spans(grid[1]) and _spans(grid[0]) and not table.caption.strip():
        table.caption, table.caption_notes = grid[0][0].cell.text, grid[0][0].cell.notes
        del grid[0], table.rows[0]
        if heads:
            table.header_rows = heads - 1


def has_no_label(cells: Sequence[str]) -> bool:
    """Whether a row states something and its first cell is blank.

    Where the first row under the headers is such a one, the labels stand level with the last
    lines of their cells, or under them: none is of the rows that follow it.
    """
    return not cells[0].strip() and any(map(_STATES.search, cells[1:]))


def merged_down(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of a table that cannot merge cells, a blank first cell being that of the row above.

    "Diabetes | fasting | ≥ 7.0" is followed by " | 2 hours after 75 g | ≥ 11.1". What stands in
    the header row is not repeated, and a row that is blank but for one cell is left as it is.
    So are all where the first has no label.
    """
    found = [list(row) for row in rows]
    if len(found) > 1 and found[1] and has_no_label([cell.text for cell in found[1]]):
        return found
    above: list[Cell] | None = None
    for row in found[1:]:
        filled = [cell for cell in row if cell.text.strip()]
        if not row or row[0].text.strip():
            above = row
        elif above is not None and len(filled) > 1:
            above[0] = replace(above[0], rows=above[0].rows + 1)
            del row[0]
    return found


def _parallel(cells: list[str]) -> list[list[str]]:
    """The row, or one row a line where several cells hold lists of one length side by side.

    "Amoxicillin / Cefalexin | 500 mg / 250 mg" are two rows, parted by lines or by semicolons.
    Lines that were broken for looks are told by their beginnings: each line of a list opens with
    a capital or a digit, and those of one list at least all hold a number. The first list names
    what they are for: drugs without a number, or ages and weights.
    """
    parted = LINE_BREAK if any(LINE_BREAK in cell for cell in cells) else ";"
    lists = [[line.strip() for line in cell.split(parted) if line.strip()] for cell in cells]
    many = [lines for lines in lists if len(lines) > 1]
    if len(many) == 1 and all(_LABELLED.match(line) for line in many[0]):
        return [  # "20 kg or less: 10 mg / over 20 kg: 20 mg"
            [line if lines is many[0] else " ".join(lines) for lines in lists] for line in many[0]
        ]
    if len(many) < 2 or len({len(lines) for lines in many}) > 1:
        return [cells]
    names, *others = many
    if (
        not all(line[0].isupper() or line[0].isdigit() for lines in many for line in lines)
        or not any(all(any(map(str.isdigit, line)) for line in lines) for lines in others)
        or not (
            all(map(_BAND.fullmatch, names))
            or not any(any(map(str.isdigit, line)) for line in names)
        )
    ):
        return [cells]
    return [
        [lines[number] if len(lines) > 1 else (lines or [""])[0] for lines in lists]
        for number in range(len(names))
    ]


def _header_rows(table: Table, grid: Sequence[Sequence[_Slot]]) -> int:
    if table.header_rows:
        return min(table.header_rows, len(table.rows))
    count = 0
    for row, slots in zip(table.rows, grid, strict=True):
        if not row or not all(cell.header or not cell.text.strip() for cell in row):
            break
        if count and _spans(slots):
            break  # "Neonates", over the rows of neonates
        count += 1
    if count == 0 and table.header_rows is None and _names_columns(table.rows):
        return 1
    return count if count < len(table.rows) else min(count, 1)


def _names_columns(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row of a table without a marked header names the columns all the same.

    "Weight | Dose" does, over rows that state doses where it states none.
    """
    if not rows:
        return False
    first, *others = ([normalise(cell.text) for cell in row] for row in rows)
    return (
        len(first) > 1
        and all(text and len(text) <= _HEADING for text in first)
        and any(map(_NAMES_DOSES.fullmatch, first))
        and not any(map(_AMOUNT.search, first))
        and any(_AMOUNT.search(text) for row in others for text in row)
    )


def _write_header(
    builder: DocumentBuilder, rows: Sequence[Sequence[_Slot]], width: int
) -> tuple[list[Span | None], list[str]]:
    """Write the header as one row; return the header span and the words over each column."""
    header: list[Span | None] = [None] * width
    names = [""] * width
    labels: list[str] = []
    starts: list[int] = []
    notes: list[str] = []
    for column in range(width):
        parts: list[str] = []
        repeated = len(rows) > 0
        for row in rows:
            if column >= len(row):
                continue
            slot = row[column]
            text = normalise(slot.cell.text)
            if text and text not in parts:
                parts.append(text)
            repeated = repeated and not slot.first
            notes.extend(slot.cell.notes)
        if not repeated or not starts:
            labels.append(": ".join(parts))
            starts.append(column)
    spans = builder.row(labels, notes=dict.fromkeys(notes)) if rows else ()
    for index, span in enumerate(spans):
        end = starts[index + 1] if index + 1 < len(starts) else width
        for column in range(starts[index], end):
            header[column] = span if span.end > span.start else None
            names[column] = labels[index]
    return header, names


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[_Slot]]:
    """Lay merged cells out; a place that nothing fills gets an empty cell."""
    grid: list[list[_Slot]] = []
    hanging: dict[int, tuple[int, _Slot]] = {}  # column -> rows left, what hangs into them
    for cells in rows:
        row: list[_Slot] = []
        below: dict[int, tuple[int, _Slot]] = {}
        waiting = iter(cells)
        cell = next(waiting, None)
        while len(row) < _MOST_COLUMNS:
            column = len(row)
            if column in hanging:
                left, slot = hanging.pop(column)
                row.append(slot)
                if left > 1:
                    below[column] = (left - 1, slot)
            elif cell is not None:
                for offset in range(min(max(cell.columns, 1), _MOST_COLUMNS - column)):
                    slot = _Slot(cell, first=offset == 0)
                    row.append(slot)
                    if cell.rows > 1:
                        below[column + offset] = (cell.rows - 1, slot)
                cell = next(waiting, None)
            elif hanging:
                row.append(_Slot(Cell("")))
            else:
                break
        hanging = below
        grid.append(row)
    width = max((len(row) for row in grid), default=0)
    for row in grid:
        row.extend(_Slot(Cell("")) for _ in range(width - len(row)))
    return grid
