"""What stands under what in plain text: by bullets and words, and by how far lines are indented.

A line with deeper lines under it is their heading or lead-in, so that its drug, route and people
travel to them; where the indent returns, it has ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from osler.reading.blocks.builder import DocumentBuilder, OpenHeadings
from osler.reading.blocks.lead_ins import ends_sentence
from osler.reading.blocks.outline import Outline, is_of_patients, opens_with_patients
from osler.reading.blocks.tables import write_table
from osler.reading.text.headings import (
    AMOUNT,
    LABEL,
    NUMBERED_HEADING,
    Line,
    heading_level,
    heads,
    is_capitals,
    sort_of,
)
from osler.reading.text.lines import CONNECTOR
from osler.reading.text.notes import mark_notes

_DEEPER = 2  # columns
_SECTION = 2  # the depth of a heading in capitals
_LONGEST_GROUP = 40
_LONGEST_PARENT = 120  # characters
_GOES_ON = re.compile(
    r"(?:(?:and|or|if (?:needed|necessary|required),?)\s+)?(?:repeat|then|thereafter|afterwards|"
    r"at most|max\b|maximum|not? more than|not to exceed|(?:may|can|to) be repeated|"
    r"(?:give )?(?:a second|a further|another|further) doses?)\b",
    re.I,
)
_SENTENCES = re.compile(r"[.!?]\s+[A-Z]")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Parent:
    """A line that those indented deeper than `indent` stand under."""

    indent: int
    level: int = 0  # of a heading that ends with its indented lines; 0 for a lead-in


@dataclass(slots=True)
class _Box:
    """A drawn box, with what stood over the line before it."""

    headings: OpenHeadings = ()
    parents: Sequence[_Parent] = ()
    series: dict[str, int] = field(default_factory=dict)
    opened: bool = False  # False: no box
    ended: bool = False
    headed: bool = False  # a heading stands in it
    doses: bool = False


def write_lines(
    builder: DocumentBuilder, lines: Sequence[Line], *, title: bool, level: int
) -> None:
    """Write logical lines as headings, paragraphs, items and rows; headings start at `level`."""
    mark_notes(lines)
    _Writer(builder, lines, title=title, level=level).write()


class _Writer:
    def __init__(
        self, builder: DocumentBuilder, lines: Sequence[Line], *, title: bool, level: int
    ) -> None:
        self._builder = builder
        self._lines = lines
        self._title = title
        self._level = level
        self._outline = Outline(builder)
        self._parents: list[_Parent] = []
        self._series: dict[str, int] = {}  # sort of mark -> depth of the headings that bear it
        self._box = _Box()
        self._label = 0  # the level of the heading that the line before was, where it only names

    def write(self) -> None:
        """Write all lines in order."""
        for position, line in enumerate(self._lines):
            following = self._lines[position + 1] if position + 1 < len(self._lines) else None
            label = self._label
            self._label = 0
            self._at_edges(position, line)
            if line.note:
                self._builder.footnote(line.text, line.note)
                self._outline.close()
                continue
            self._return_to(line)
            first = self._title and position == 0
            if line.table is not None:
                write_table(self._builder, line.table)
                self._outline.close(self._depth)
            elif line.record:
                self._outline.close(self._depth)
                self._builder.record(line.record, self._depth)
            elif self._is_marked_head(line, following):
                self._marked_head(line, following)
            elif line.mark:
                self._item(position, line)
            elif self._joins_list(position, line):
                pass
            elif (inside := self._inside(line, following)) is not None:
                self._under_item(line, inside)
            elif line.value:
                self._outline.close(self._depth)
                self._valued(line, following, first=first)
            elif depth := self._heading_depth(line, following, first=first):
                self._heading(line, depth, following, first=first)
            elif self._is_group(position, line):
                self._head(line.text, self._level + LABEL - 2)
                self._outline.close(self._depth)
            elif heads(self._lines, position) and not self._ends_block(line, following):
                self._label = max(label + 1, LABEL, self._enclosing + 1)
                self._head(line.text, self._level + self._label - 1)
                self._outline.close(self._depth)
            else:
                self._outline.close(self._depth)
                self._paragraph(line, following)

    def _at_edges(self, position: int, line: Line) -> None:
        """End the headings of a box with it, where doses stand in it under them.

        Those from before the box go on behind it, after what goes on about its last dose
        ("Repeat after 5 minutes."). A box of a title alone heads what follows it.
        """
        if line.behind_box:
            self._box.ended = True
        if self._box.ended and not _goes_on(line):
            if self._box.headed and self._box.doses:
                self._return_to_before_box()
            self._box = _Box()
        if line.opens_box and position:
            parents = [parent for parent in self._parents if parent.level]
            self._box = _Box(self._builder.headings, parents, dict(self._series), opened=True)
        self._box.doses = self._box.doses or bool(
            line.table or line.record or AMOUNT.search(f"{line.text} {line.value}")
        )

    def _return_to_before_box(self) -> None:
        self._outline.close(0)
        self._parents = list(self._box.parents)
        self._series = self._box.series
        self._builder.return_to(self._box.headings)

    def _head(self, text: str, level: int, *, notes: Iterable[str] = ()) -> None:
        self._box.headed = self._box.headed or (self._box.opened and not self._box.ended)
        self._builder.heading(text, level, notes=notes)

    @property
    def _leads(self) -> int:
        return sum(parent.level == 0 for parent in self._parents)

    @property
    def _depth(self) -> int:
        """The depth of items and rows that stand here."""
        return max(self._leads - 1, 0)

    @property
    def _enclosing(self) -> int:
        """The depth of the innermost heading that ends with its indented lines."""
        return max((parent.level for parent in self._parents), default=0)

    def _return_to(self, line: Line) -> None:
        """End the parents that the line is no more indented than."""
        while self._parents and (line.heading or line.indent < self._parents[-1].indent + _DEEPER):
            self._leave()

    def _leave(self) -> None:
        """End the innermost parent, so that it stands over nothing that follows."""
        parent = self._parents.pop()
        self._outline.close(self._depth)
        if parent.level:
            self._builder.leave(self._level + parent.level - 1)
        else:
            self._builder.close(self._leads, also_lead_in=True)

    def _write_paragraph(self, text: str, *, leads_in: bool = True, line: Line) -> None:
        depth = self._leads - 1 if self._leads else None
        if depth is not None:
            self._builder.close(depth)
        self._builder.paragraph(text, depth=depth, leads_in=leads_in, notes=line.refers_to)

    def _paragraph(self, line: Line, following: Line | None) -> None:
        owns = _is_parent(line, following)
        tells = following is not None and following.value and AMOUNT.search(line.text)
        alone = not self._parents and not tells  # what doses itself leads no labels in
        leads_in = owns or alone or line.text.endswith(":")
        self._write_paragraph(line.text, leads_in=leads_in, line=line)
        if owns:
            self._parents.append(_Parent(line.indent))

    def _heading_depth(self, line: Line, following: Line | None, *, first: bool) -> int:
        """The depth of the heading that a line is, from 1; 0 for what is none."""
        depth = heading_level(line, following, first=first)
        if not depth or not self._parents:
            return depth
        if self._ends_block(line, following):
            return 0
        plain = not (line.in_capitals or NUMBERED_HEADING.fullmatch(line.text))
        if self._leads or (plain and not _is_parent(line, following)):
            return 0
        return max(depth, self._enclosing + 1)

    def _is_group(self, position: int, line: Line) -> bool:
        """Whether a line says only for whom the names under it are: "Children" over "Labetalol"."""
        return (
            not self._parents
            and opens_with_patients(line.text)
            and len(line.text) <= _LONGEST_GROUP
            and line.text[-1] not in ".,;"
            and not AMOUNT.search(line.text)
            and position + 1 < len(self._lines)
            and heads(self._lines, position + 1)
        )

    def _ends_block(self, line: Line, following: Line | None) -> bool:
        """Whether nothing of the indented block that the line is in follows it."""
        return bool(self._parents) and (
            following is None or following.indent < line.indent - 1 or self._leads > 0
        )

    def _heading(self, line: Line, depth: int, following: Line | None, *, first: bool) -> None:
        self._head(line.text, self._level + depth - 1, notes=line.refers_to)
        self._outline.close(self._depth)
        self._forget_series(depth)
        lists = following is None or following.mark
        stays = first or lists or line.in_capitals or line.is_chapter
        if _is_parent(line, following) and not stays:
            self._parents.append(_Parent(line.indent, depth))

    def _forget_series(self, depth: int) -> None:
        self._series = {sort: its for sort, its in self._series.items() if its < depth}

    def _is_marked_head(self, line: Line, following: Line | None) -> bool:
        """Whether a lettered or numbered line heads the indented lines under it."""
        if not any(map(str.isalnum, line.mark)) or line.mark == "o":
            return False
        text = line.text
        if len(text) > _LONGEST_PARENT or text[-1] in ".,;" or AMOUNT.search(text):
            return False
        if not line.loud and is_capitals(_IN_BRACKETS.sub("", text).strip()):
            return bool(line.value) or (
                following is not None and following.indent >= line.indent + _DEEPER
            )
        return (
            _is_parent(line, following)
            and following is not None
            and bool(following.value or following.table)
        )

    def _marked_head(self, line: Line, following: Line | None) -> None:
        sort = sort_of(line.mark)
        depth = self._series.get(sort)
        if depth is None:
            depth = max([_SECTION, self._enclosing, *self._series.values()]) + 1
        else:
            self._forget_series(depth + 1)
        self._outline.close(self._depth)
        self._head(f"{line.mark} {line.text}", self._level + depth - 1, notes=line.refers_to)
        self._series[sort] = depth
        self._parents.append(_Parent(line.indent, depth))
        if line.value:
            self._value(line, following)

    def _item(self, position: int, line: Line) -> None:
        if not self._outline.open:
            self._outline.close(self._depth)
        text = f"{line.text} {line.value}" if line.value else line.text
        ahead = self._ahead(position)
        self._outline.item(text, line.mark, line.indent, *ahead, notes=line.refers_to)

    def _joins_list(self, position: int, line: Line) -> bool:
        """Write a line without a bullet that belongs to the open list by its words."""
        if not self._outline.open or line.value:
            return False
        if is_of_patients(line.text):
            self._outline.unmarked(line.text, *self._ahead(position), notes=line.refers_to)
            return True
        if _joins(line):
            self._outline.connector(line.text)
            return True
        return False

    def _ahead(self, position: int) -> tuple[str, str]:
        """The texts of the next two lines that do more than join."""
        texts = [each.text for each in self._lines[position + 1 : position + 5] if not _joins(each)]
        ahead, then, *_ = [*texts, "", ""]
        return ahead, then

    def _inside(self, line: Line, following: Line | None) -> int | None:
        """The depth of the item whose words the line goes on with, None where it has none."""
        if not self._outline.open or line.indent < _DEEPER:
            return None
        if line.after_blank and heading_level(line, following, first=False):
            return None
        return self._outline.holding(line.indent)

    def _under_item(self, line: Line, depth: int) -> None:
        if line.value:
            self._builder.labelled(line.text, line.value, depth + 1, notes=line.refers_to)
        else:
            leads_in = line.text.endswith(":")
            self._builder.paragraph(line.text, depth=depth, leads_in=leads_in, notes=line.refers_to)

    def _valued(self, line: Line, following: Line | None, *, first: bool) -> None:
        """A label with its value beside it: a row, or the parent of what stands under them."""
        owns = (
            following is not None
            and following.indent >= line.indent + _DEEPER
            and (line.value.endswith(":") or not following.after_blank)
        )
        numbered = NUMBERED_HEADING.fullmatch(line.text)
        if not (owns or numbered or first):
            self._row(line)
            return
        if first or numbered or line.in_capitals or (line.after_blank and _names_more(line)):
            title = f"{line.text} {line.value}" if _names_more(line) else line.text
            depth = 1 if first else (2 + numbered[1].count(".") if numbered else _SECTION)
            depth = max(depth, self._enclosing + 1)
            self._head(title, self._level + depth - 1, notes=line.refers_to)
            self._forget_series(depth)
            if not first:
                self._parents.append(_Parent(line.indent, depth))
            if title is not line.text:
                return
        else:
            self._write_paragraph(line.text, line=line)
            self._parents.append(_Parent(line.indent))
        self._value(line, following)

    def _value(self, line: Line, following: Line | None) -> None:
        """Write the value of a parent as the first of what stands under it.

        It leads in what follows in its own column if it states no amount itself; all that
        stands under the parent, if it ends in a colon.
        """
        colon = line.value.endswith(":")
        leads_in = colon or (
            following is not None
            and following.indent >= line.column - 1
            and line.value[-1] not in ".,;!?"
            and len(line.value) <= _LONGEST_PARENT
            and not AMOUNT.search(line.value)
        )
        self._write_paragraph(line.value, leads_in=leads_in, line=line)
        if leads_in:
            self._parents.append(_Parent(line.indent if colon else line.column - _DEEPER))

    def _row(self, line: Line) -> None:
        """A label with its value: one row, or the label over sentences, each a statement."""
        if _SENTENCES.search(line.value):
            depth = self._depth
            self._builder.item(line.text, depth, notes=line.refers_to)
            self._builder.paragraph(line.value, depth=depth, leads_in=False, notes=line.refers_to)
            self._builder.close(depth)
        else:
            self._builder.labelled(line.text, line.value, self._depth, notes=line.refers_to)


def _joins(line: Line) -> bool:
    """Whether a line only joins two others: "Or:"."""
    return not line.mark and CONNECTOR.fullmatch(line.text) is not None


def _goes_on(line: Line) -> bool:
    """Whether a line behind a box goes on about what the box doses: "Then 5 mg every hour."."""
    if line.heading or line.mark or line.value or line.table or line.record or line.opens_box:
        return False
    return _GOES_ON.match(line.text) is not None and (
        ends_sentence(line.text) or AMOUNT.search(line.text) is not None
    )


def _is_parent(line: Line, following: Line | None) -> bool:
    """Whether the lines that are indented deeper than a line stand under it."""
    if following is None or following.indent < line.indent + _DEEPER or following.note:
        return False
    return line.text.endswith(":") or (
        len(line.text) <= _LONGEST_PARENT and not ends_sentence(line.text)
    )


def _names_more(line: Line) -> bool:
    """Whether what stands beside a heading is of its name: "STEP 3  ATROPINE", "IRON  (salts)"."""
    return (not line.loud and is_capitals(line.value)) or line.value[0] == "("
