"""Table rows as statements: readable text, and the group that the first cell names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from osler.domain import Block, BlockKind, Criterion, Group, Phase, Statement
from osler.patterns import lazy
from osler.statements.groups.ages import is_time_label
from osler.statements.groups.kidneys import names_dialysis
from osler.statements.groups.reading import read_group
from osler.statements.sentences.cues import phase_of
from osler.statements.tables.allergy_cells import as_an_allergy
from osler.statements.tables.bare_amounts import is_bare, with_unit
from osler.statements.tables.cell_times import with_time
from osler.statements.tables.column_units import (
    is_unit_column,
    may_hold_doses,
    unit_in_header,
    unit_in_label,
    unit_over_table,
)
from osler.statements.tables.limit_rows import as_limit
from osler.statements.words.wording import readable

_UNIT_IN_HEADER = lazy(
    r"^(?P<name>[^()]*?)\s*[(\[](?P<unit>(?!\d)[^()\[\]]+)[)\]]\s*$|"
    r"^(?P<n2>[^,]+),\s*(?P<u2>[^,\s]{1,16})$|"
    r"^(?P<n3>.+?)\s+in\s+(?P<u3>years|months|weeks|days|kg|mL/min)$",
    re.IGNORECASE,
)
_MEASURE = lazy(r"(?:(?P<age>years|months)|(?P<kg>kg))(?:\s+old)?$", re.IGNORECASE)
_WEIGHT = lazy(
    r"(?:(?:\w+\s+)?body\s+|actual\s+|(?:patient|child)(?:'s|’s)?\s+)?(?:weight|wt)(?:\s+band)?"
    r"(?:\s*[(\[,]?\s*(?:in\s+)?kg\s*[)\]]?)?",
    re.IGNORECASE,
)
_POINT = lazy(r"(?P<n>\d+(?:\.\d+)?)\s*(?:kg)?", re.IGNORECASE)
_WHO_HEADER = lazy(
    r"\b(?:age|weight|e?gfr|cr\s?cl|clearance|creatinine|bmi|group|population|patients?|"
    r"who|renal|kidney|"
    r"risk|category|pregnan|trimester|condition|severity|band)",
    re.IGNORECASE,
)
_WEIGHT_IN = lazy(r"(?:[(\[]|,\s?|\bin )(?P<unit>kg)[)\]]?$")
_LAST_NUMBER = lazy(r"\d(?!.*\d)")
_DIGIT = lazy(r"\d")


EVERYONE = Group()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row with the header over it, both readable; offsets into the source's text."""

    header: str
    text: str
    start: int
    end: int
    group: Group = EVERYONE  # who the header and cell name, where they name anyone
    said: str = ""  # its words with what its numbers count, where that stands elsewhere


def row_cells(text: str, block: Block) -> tuple[Cell, ...]:
    """Give the cells of a row that hold something."""
    cells = []
    for span, over in zip(block.cells, block.header, strict=False):
        words = readable(text[span.start : span.end])
        if words:
            header = readable(text[over.start : over.end]) if over is not None else ""
            cells.append(Cell(header, words, span.start, span.end))
    cells = _with_limit(cells)
    if not any(_DIGIT.search(cell.text) for cell in cells):
        return tuple(cells)
    label = cells[0].text
    units = [c.text for c in cells[1:] if is_unit_column(c.header, c.text)]
    shared = units[0] if units else unit_in_label(label)
    if not shared and (around := (*block.headings[-1:], *block.context)):
        above = " ; ".join(text[span.start : span.end] for span in around)
        shared = unit_over_table(above, label)
    return tuple(
        replace(cell, said=_complete(cell, shared if index else ""))
        for index, cell in enumerate(cells)
    )


def _with_limit(cells: list[Cell]) -> list[Cell]:
    """The cells of a row whose label is a limit, the label before the one value that closes it."""
    if len(cells) < 2:
        return cells
    label, *others = cells
    limits = {i: said for i, cell in enumerate(others) if (said := as_limit(label.text, cell.text))}
    if len(limits) != 1:
        return cells
    return [replace(c, text=limits[i]) if i in limits else c for i, c in enumerate(others)]


def row_text(cells: Sequence[Cell]) -> str:
    """Write a row out: "header: cell; header: cell", each number with what it counts."""
    return "; ".join(
        f"{cell.header}: {cell.said or cell.text}" if cell.header else cell.said or cell.text
        for cell in cells
    )


def row_label(cells: Sequence[Cell]) -> str:
    """Write a row out without its headers: "Age 80 years or more"."""
    return " ".join(cell.said or cell.text for cell in cells)


def _complete(cell: Cell, shared: str) -> str:
    """Give a cell's words; `shared` is the unit of the row or table, "" where there is none."""
    if not _DIGIT.search(cell.text):
        return cell.text
    weight = _WEIGHT_IN.search(cell.header)
    if weight is not None:
        return f"{cell.text} {weight['unit']}" if is_bare(cell.text) else cell.text
    unit = unit_in_header(cell.header)
    if not unit and shared and may_hold_doses(cell.header):
        unit = shared
    text = with_unit(cell.text, unit) if unit else cell.text
    return with_time(cell.header, text)


def labelled(cell: Cell) -> str:
    """Write header and cell with the header's unit after the number: "Age: 1–4 years"."""
    match = _UNIT_IN_HEADER.match(cell.header)
    alone = _MEASURE.match(cell.header)
    if not _DIGIT.search(cell.text) or (match is None and alone is None):
        return f"{cell.header}: {cell.text}" if cell.header else cell.text
    if match is not None:
        name = match["name"] or match["n2"] or match["n3"]
        unit = match["unit"] or match["u2"] or match["u3"]
    else:  # "Months: 6 to 11"
        name, unit = ("Weight" if alone is not None and alone["kg"] else "Age"), cell.header
    if unit.lower() in cell.text.lower():
        return f"{name}: {cell.text}"
    bounded = _LAST_NUMBER.sub(lambda found: f"{found.group()} {unit}", cell.text, count=1)
    return f"{name}: {bounded}"


def row_phase(cells: Sequence[Cell]) -> Phase | None:
    """Give the phase of a row, where its columns do not tell several apart."""
    phases = {phase for cell in cells if (phase := phase_of(cell.header))}
    if len(phases) > 1 or (phases and len(cells) > 2):
        return phase_of(cells[0].text)
    return phase_of(row_text(cells))


def row_group(cells: Sequence[Cell]) -> Group:
    """Read who a row is about: its first cell, and any column that is about people."""
    criteria = []
    texts = []
    first = None
    for index, cell in enumerate(cells):
        if index and not (_WHO_HEADER.search(cell.header) and not read_group(cell.header).criteria):
            # A column that is itself about a group ("45–65 kg") is for a reader to choose.
            group = _group_of_label(cell.text)
        else:
            group = _group_of(cell)
        if group.criteria:
            first = first or group
            criteria += [c for c in group.criteria if c not in criteria]
            texts.append(cell.text)
    if first is None:
        return Group()
    if len(texts) == 1:
        return replace(first, text=texts[0])
    return Group(tuple(criteria), text="; ".join(texts))


_LABEL = lazy(r"(?P<label>[^:;.]{1,40}):\s")


def _group_of_label(text: str) -> Group:
    """Read who the one label of a cell is about: "Adult: 500 mg"."""
    labels = [found["label"] for found in _LABEL.finditer(text)]
    return read_group(labels[0]) if len(labels) == 1 and _LABEL.match(text) else EVERYONE


def _group_of(cell: Cell) -> Group:
    """Read who a cell is about; what it states itself its header only asks for."""
    group = read_group(as_an_allergy(cell.header, cell.text) or labelled(cell))
    if not group.criteria and cell.header:  # "Renal function (eGFR, mL/min)": 30–59
        group = read_group(f"{cell.header}: {cell.text}")
    if not group.criteria and _WEIGHT.fullmatch(cell.header) and _DIGIT.search(cell.text):
        group = _of_a_weight(cell)
    timed = is_time_label(cell.header)  # then an age in the cell alone is none
    alone = EVERYONE if timed else read_group(cell.text)
    if len(_measured(alone)) > len(_measured(group)):
        group = alone  # "Result on treatment": "sodium below 125 mmol/L, or eGFR below 30"
    if not group.criteria:
        group = _of_kidneys(cell, alone)
    topics, stated = _TOPICS.split(cell.header), _TOPICS.split(cell.text)
    if len(topics) == len(stated) > 1:  # "INR and bleeding": "above 8.0, no bleeding"
        each = [
            read_group(f"{topic}: {part}").criteria
            for topic, part in zip(topics, stated, strict=True)
        ]
        told = {c.attribute for c in group.criteria}
        more = tuple(c for found in each for c in found if c.attribute not in told)
        group = replace(group, criteria=(*group.criteria, *more), text=group.text or cell.text)
    own = {(c.attribute, c.value) for c in alone.criteria}
    asked = {c for c in read_group(cell.header).criteria if (c.attribute, c.value) in own}
    return replace(group, criteria=tuple(c for c in group.criteria if c not in asked))


def _of_a_weight(cell: Cell) -> Group:
    """Read a weight without a unit, or one that is no bound: "16" under "Weight (kg)" is 16 kg."""
    point = _POINT.fullmatch(cell.text)
    if point is None:
        return read_group(f"Weight: {cell.text} kg")
    weight = Decimal(point["n"])
    return Group((Criterion("weight", low=weight, high=weight, text=cell.text),), text=cell.text)


def _of_kidneys(cell: Cell, alone: Group) -> Group:
    """Read of whose kidneys a cell tells: "Normal" under "Renal function"; "Haemodialysis", which
    stands among bands of clearance and under any header.
    """
    if _KIDNEYS.search(cell.header) and _NORMAL.fullmatch(cell.text):
        return replace(read_group("normal renal function"), text=cell.text)
    return alone if any(map(names_dialysis, alone.criteria)) else EVERYONE


_KIDNEYS = lazy(r"\b(?:renal|kidneys?|e?gfr|cr\s?cl|creatinine)\b", re.IGNORECASE)
_NORMAL = lazy(r"normal(?: (?:renal |kidney )?function)?", re.IGNORECASE)


def _measured(group: Group) -> list[Criterion]:
    return [c for c in group.criteria if c.low is not None or c.high is not None]


_TOPICS = lazy(r"\s*(?:,|/|&|\band\b)\s*", re.IGNORECASE)


def cells(statement: Statement, text: str, block: Block) -> tuple[Cell, ...]:
    """Give the cells of a row's statement, each with the group that its header names.

    `text` is the source's normalised text and `block` the row's block.
    """
    if statement.block is not BlockKind.ROW:
        return ()
    return tuple(replace(cell, group=read_group(cell.header)) for cell in row_cells(text, block))


@lru_cache(maxsize=4096)
def header_and_cell(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Give (header, cell) pairs of a row's statement from its own header context and text.

    For readers of a library, which keeps statements and not blocks.
    """
    if statement.block is not BlockKind.ROW:
        return ()
    headers = [readable(c.quote) for c in statement.context if c.role == "header"]
    marks = []
    at = 0
    for header in headers:
        found = statement.text.find(f"{header}: ", at)
        if found >= 0:
            marks.append((header, found, found + len(header) + 2))
            at = found + len(header) + 2
    if not marks:
        return ()  # a table without headers
    ends = [start for _, start, _ in marks[1:]] + [len(statement.text)]
    first = statement.text[: marks[0][1]].rstrip("; ") if marks else ""
    if first.endswith(":"):  # the heading that its row is worded with: "Contraindications: ..."
        header, begin, end = marks[0]
        marks[0], first = (f"{first} {header}", begin, end), ""
    corner = (("", first),) if first else ()  # what stands under an empty corner of the table
    return corner + tuple(
        (header, statement.text[begin:end].rstrip("; "))
        for (header, _, begin), end in zip(marks, ends, strict=True)
    )
