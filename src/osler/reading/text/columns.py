"""Columns of plain text: words that runs of spaces set apart at a place that lines have in common.

"Load       15 mg/kg" above "Then       10 mg/kg" are two rows of a label and its value. Gaps that
justify prose, or that stand after its full stops, are told from columns by where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_SENTENCE_END = re.compile(r"(?<!\d)[.?!][\"”’')\]]*$")
_MARK = re.compile(
    r"(?:\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?|[-–—*+•●▪■◦○·o>]|[-=]+>)"
)
_NUMBER = re.compile(r"\d{1,2}")
_RULE = re.compile(r"\s*[-=_~*─━═]{2,}(?:\s+[-=_~*─━═]{2,})*\s*")
_NEAR = 3  # lines on either side among which a column is looked for
_BESIDE = 2  # lines on either side of one whose label is longer than theirs
_SAME = 1  # characters: cells this close start at one place
_WIDE = 3  # spaces that no typing slip makes
_LONE = 4  # spaces that part a label from its value on one line alone
_LONGEST_LABEL = 60
_JUSTIFIED = 50  # characters: the shortest line of a justified paragraph


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line without a gap; `start` is the column of the first letter, from 0."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The column behind the last letter."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Row:
    """A line as its cells: one for a line without columns, none for a blank one or a rule."""

    cells: list[Segment] = field(default_factory=list)
    rule: bool = False
    justified: bool = False
    marked: bool = False  # opens with a bullet
    parts: list[Segment] = field(default_factory=list)  # what any gap parts

    @property
    def blank(self) -> bool:
        """Whether nothing is written on the line, be it a rule or blank."""
        return not self.cells

    @property
    def indent(self) -> int:
        """The column of the first word."""
        return self.cells[0].start if self.cells else 0


def rows_of(lines: Sequence[str]) -> list[Row]:
    """Each line as a row: its cells where it has columns, else all of it as one cell."""
    rows = [_parted(line) for line in lines]
    if not any(len(row.parts) > 1 for row in rows):
        return rows
    _mark_justified(lines, rows)
    written = [row for row in rows if row.parts]
    common = [_common_cells(written, at) for at in range(len(written))]
    for row, cells in zip(written, common, strict=True):
        row.cells = cells
    for at, row in enumerate(written):
        if len(row.cells) == 1 and len(row.parts) > 1 and not (row.justified or row.marked):
            around = written[max(at - _BESIDE, 0) : at + 1 + _BESIDE]
            if _overflows(row, around) or _stands_alone(row):
                row.cells = _split(row.parts, {1})
    return rows


def parts_of(line: str) -> list[Segment]:
    """The words of a line between its gaps of two spaces and more."""
    return [Segment(each.start(), each[0]) for each in _SEGMENT.finditer(line)]


def _parted(line: str) -> Row:
    if _RULE.fullmatch(line):
        return Row(rule=bool(line.strip()))
    parts = parts_of(line)
    if not parts:
        return Row()
    marked = False
    first = parts[0].text
    if len(parts) > 1 and (_MARK.fullmatch(first) or _numbers_a_head(parts)):
        parts[:2] = [_joined(parts[:2])]
    if not first[0].isalnum() and first[0] not in "(<>≤≥\"'“":
        marked = True
    joined = parts[:1]
    for part in parts[1:]:
        gap = part.start - joined[-1].end
        if gap == 2 and _SENTENCE_END.search(joined[-1].text):
            joined[-1] = _joined([joined[-1], part])
        else:
            joined.append(part)
    return Row([_joined(joined)], marked=marked, parts=joined)


def _numbers_a_head(parts: Sequence[Segment]) -> bool:
    """Whether a number stands before one title: "4   CONTRAINDICATIONS", and opens no row."""
    return (
        len(parts) == 2
        and _NUMBER.fullmatch(parts[0].text) is not None
        and parts[1].text[0].isupper()
    )


def _joined(parts: Sequence[Segment]) -> Segment:
    return Segment(parts[0].start, " ".join(part.text for part in parts))


def _split(parts: Sequence[Segment], at: Iterable[int]) -> list[Segment]:
    """The parts joined into cells, a new one at each of the places."""
    starts = [0, *sorted(at)]
    ends = [*starts[1:], len(parts)]
    return [_joined(parts[start:end]) for start, end in zip(starts, ends, strict=True)]


def _mark_justified(lines: Sequence[str], rows: Sequence[Row]) -> None:
    """Tell the lines of paragraphs whose gaps fill their lines up to one right edge."""
    at = 0
    while at < len(rows):
        stop = at
        end = len(lines[at].rstrip())
        while stop < len(rows) and rows[stop].parts and len(lines[stop].rstrip()) == end:
            stop += 1
        if end >= _JUSTIFIED and stop - at > 1:
            gaps = [gap for row in rows[at:stop] for gap in _gaps(row)]
            if gaps and max(gaps) <= _WIDE:
                for row in rows[at : stop + 1]:
                    row.justified = True
        at = max(stop, at + 1)


def _gaps(row: Row) -> list[int]:
    return [b.start - a.end for a, b in zip(row.parts, row.parts[1:], strict=False)]


def _common_cells(rows: Sequence[Row], at: int) -> list[Segment]:
    """The cells of a line: a gap parts two where other lines near it have the same column."""
    row = rows[at]
    if len(row.parts) == 1 or row.justified or row.marked:
        return row.cells
    near = [*rows[max(at - _NEAR, 0) : at], *rows[at + 1 : at + 1 + _NEAR]]
    found = set()
    for place, gap in enumerate(_gaps(row), start=1):
        if any(_shares(row.parts[place], gap, other) for other in near if not other.justified):
            found.add(place)
    return _split(row.parts, found) if found else row.cells


def _shares(part: Segment, gap: int, other: Row) -> bool:
    """Whether another line has words at the same column as a part that stands behind a gap."""
    first = other.parts[0]
    if abs(first.start - part.start) <= _SAME and not other.marked:
        return True  # the line goes on with the cell
    if other.marked:
        return False
    for there, its_gap in zip(other.parts[1:], _gaps(other), strict=True):
        if max(gap, its_gap) < _WIDE:
            continue
        if abs(there.start - part.start) <= _SAME:
            return True
        if there.end == part.end and there.text[0].isdigit() and part.text[0].isdigit():
            return True
    return False


def _overflows(row: Row, around: Iterable[Row]) -> bool:
    """Whether a label reaches beyond the column at which the lines around have their values."""
    label = row.parts[0]
    return len(row.parts) == 2 and any(
        len(other.cells) > 1
        and abs(other.indent - label.start) <= _SAME
        and label.start < other.cells[1].start < row.parts[1].start
        for other in around
        if other is not row
    )


def _stands_alone(row: Row) -> bool:
    """Whether a line shows by itself that it is a label and its value: by a wide gap."""
    label, value = row.parts[:2]
    gap = value.start - label.end
    name = label.text
    if len(name) > _LONGEST_LABEL or name[0].islower() or name[-1] in ".,;" or value.text[0] == "(":
        return False
    return gap >= _LONE or (gap >= _WIDE and name.isupper() and len(name) > _WIDE)
