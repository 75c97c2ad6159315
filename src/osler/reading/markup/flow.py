"""Write marked-up prose (headings, paragraphs, lists, tables in any nesting) as blocks.

HTML, JATS, SPL and CNXML differ in their names for the same few things. A `Vocabulary` says
what each element of one format is; `Flow` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.led_lines import led_lines
from osler.reading.blocks.tables import Cell, Table, write_table
from osler.reading.markup.xml import (
    LINE_BREAK,
    Element,
    NoteOf,
    character_of,
    children,
    find,
    inline,
    local,
)
from osler.reading.text.lines import typed_item

Writer = Callable[["Flow", Element, "int | None"], None]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the local names of a format's elements mean.

    `special` gives elements a writer of their own: it gets the flow, the element and the depth
    of the list item it stands in (None outside lists). Elements that are nowhere named are
    transparent: as inline inside text, as containers where they hold blocks.
    """

    paragraphs: frozenset[str]
    lists: frozenset[str]
    ordered: Callable[[Element], bool]
    items: frozenset[str]
    tables: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    skip: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()
    containers: frozenset[str] = frozenset()
    headings: Mapping[str, int] = field(default_factory=dict)
    special: Mapping[str, Writer] = field(default_factory=dict)
    skipped: Callable[[Element], bool] | None = None
    note_of: NoteOf | None = None

    @property
    def blocks(self) -> frozenset[str]:
        """Every name that breaks running text."""
        return (
            self.paragraphs
            | self.lists
            | self.tables
            | self.captions
            | self.containers
            | frozenset(self.headings)
            | frozenset(self.special)
        )


class Flow:
    """Write the blocks below an element, in reading order."""

    def __init__(self, builder: DocumentBuilder, vocabulary: Vocabulary) -> None:
        self.builder = builder
        self._words = vocabulary
        self._blocks = vocabulary.blocks
        self.level = 0  # of the section that is being written: its headings are deeper

    def text(self, element: Element, line_break: str = " ") -> tuple[str, tuple[str, ...]]:
        """The element's own text and the notes it refers to."""
        return inline(
            element,
            skip=self._words.skip,
            note_of=self._words.note_of,
            line_break=line_break,
            skipped=self._words.skipped,
        )

    def write(self, element: Element, depth: int | None = None) -> None:
        """Write everything in the element: loose text becomes paragraphs."""
        loose = _Loose(self, depth)
        loose.add(element.text)
        for child in element:
            name = local(child)
            if not name:
                loose.add_entity(child)
            elif name in self._words.skip or (self._words.skipped and self._words.skipped(child)):
                pass
            elif name in self._blocks or self._holds_blocks(child):
                loose.flush()
                self._write_block(child, name, depth)
            else:
                loose.add_inline(child)
            loose.add(child.tail)
        loose.flush()

    def paragraph(self, text: str, notes: tuple[str, ...], depth: int | None) -> None:
        """A paragraph; the lines that <br> parts are their own paragraphs, or typed items.

        Below a line that only names something ("Metformin") they are items that it leads in.
        """
        if LINE_BREAK not in text:
            self.builder.paragraph(text, depth=depth, notes=notes)
            return
        for is_led, line in led_lines(_lines(text)):
            rest = typed_item(line)
            if rest is not None or is_led:
                self.builder.item(rest or line, 0 if depth is None else depth + 1, notes=notes)
            else:
                self.builder.paragraph(line, depth=depth, notes=notes)

    def _write_block(self, element: Element, name: str, depth: int | None) -> None:
        words = self._words
        if name in words.special:
            words.special[name](self, element, depth)
        elif name in words.headings:
            text, notes = self.text(element)
            self.builder.heading(text, max(words.headings[name], self.level + 1), notes=notes)
        elif name in words.lists:
            self.write_list(element, 0 if depth is None else depth + 1)
        elif name in words.tables:
            self.table(element)
        elif name in words.captions:
            text, notes = self.text(element)
            self.builder.caption(text, notes=notes)
        elif name in words.paragraphs:
            self.write_paragraph(element, depth)
        else:
            self.write(element, depth)

    def write_paragraph(self, element: Element, depth: int | None) -> None:
        """A paragraph, or the blocks that it holds against the rules."""
        if self._holds_blocks(element):
            self.write(element, depth)
        else:
            self.paragraph(*self.text(element, LINE_BREAK), depth)

    def write_list(self, element: Element, depth: int) -> None:
        """A list: its title leads it in, its items follow, nested lists one deeper."""
        ordered = self._words.ordered(element)
        number = 0
        for child in element:
            name = local(child)
            if name in self._words.items:
                number += 1
                self.item(child, depth, f"{number}." if ordered else "-")
            elif name in self._words.lists:
                self.write_list(child, depth + 1)
            elif name and name not in self._words.skip:
                text, notes = self.text(child)
                self.builder.paragraph(text, depth=depth - 1 if depth else None, notes=notes)

    def item(self, element: Element, depth: int, mark: str) -> None:
        """One item: its first text is the item, what follows in it are its children."""
        if not self._holds_blocks(element):
            text, notes = self.text(element, LINE_BREAK)
            first, *others = _lines(text) or [""]
            self.builder.item(first, depth, mark=mark, notes=notes)
            # Lines that are labelled as the first one is stand beside it, others below it.
            deeper = depth if _LABELLED.match(first) else depth + 1
            for line in others:
                self.builder.item(typed_item(line) or line, deeper, mark="-", notes=notes)
            return
        head, notes, rest = self._item_head(element)
        self.builder.item(head, depth, mark=mark, notes=notes)
        for block, tail in rest:
            name = local(block)
            if name in self._blocks or self._holds_blocks(block):
                self._write_block(block, name, depth)
            else:
                text, found = self.text(block)
                self.builder.paragraph(text, depth=depth, notes=found)
            if tail.strip():
                self.builder.paragraph(tail, depth=depth)

    def _item_head(
        self, element: Element
    ) -> tuple[str, tuple[str, ...], list[tuple[Element, str]]]:
        """The text that stands first in an item, and the blocks after it."""
        head = element.text or ""
        notes: tuple[str, ...] = ()
        blocks = list(element)
        for position, child in enumerate(blocks):
            name = local(child)
            is_block = name in self._blocks or self._holds_blocks(child)
            if not is_block and name not in self._words.skip:
                text, found = self.text(child)
                head += text + (child.tail or "")
                notes += found
            elif (
                name in self._words.paragraphs
                and not head.strip()
                and not self._holds_blocks(child)
            ):
                head, notes = self.text(child)
                rest = [(each, each.tail or "") for each in blocks[position + 1 :]]
                if (child.tail or "").strip():
                    head += " " + (child.tail or "")
                return head, notes, rest
            elif is_block:
                return head, notes, [(each, each.tail or "") for each in blocks[position:]]
        return head, notes, []

    def table(self, element: Element, caption: str = "", notes: tuple[str, ...] = ()) -> None:
        """A table, with the caption found in it unless one is given."""
        words = self._words
        table = Table(caption=caption, caption_notes=notes)
        in_head = 0
        for row in _rows(element, words.rows, words.tables):
            cells = []
            for child in children(row, *words.cells):
                text, found = self._cell(child)
                cells.append(
                    Cell(
                        text,
                        header=local(child) == "th",
                        columns=_columns(child),
                        rows=_number(child.get("rowspan"), extra=child.get("morerows")),
                        notes=found,
                    )
                )
            parent = row.getparent()
            if parent is not None and local(parent) == "thead":
                in_head += 1
            table.rows.append(cells)
        if in_head:
            table.header_rows = in_head
        if not caption:
            for child in children(element, "caption", "title"):
                table.caption, table.caption_notes = self.text(child)
                break
        write_table(self.builder, table)

    def _cell(self, element: Element) -> tuple[str, tuple[str, ...]]:
        """The text of a cell, the lines of a list or of <br> parted by `LINE_BREAK`."""
        words = self._words
        lines = [each for each in children(element) if local(each) in words.paragraphs]
        if len(lines) < 2 and (found := next(children(element, *words.lists), None)) is not None:
            lines = list(children(found, *words.items))
        outside = (element.text, *(each.tail for each in element))
        if len(lines) < 2 or any((text or "").strip() for text in outside):
            return self.text(element, LINE_BREAK)
        texts = [self.text(each) for each in lines]
        return LINE_BREAK.join(t for t, _ in texts), tuple(n for _, notes in texts for n in notes)

    def _holds_blocks(self, element: Element) -> bool:
        if len(element) == 0:
            return False
        return any(local(each) in self._blocks for each in element.iterdescendants())


def write_section(flow: Flow, element: Element, depth: int | None) -> None:
    """A `Writer` for a section or box: its title is a heading over what it holds, no more."""
    flow.level += 1
    title = find(element, "title")
    if title is not None:
        text, notes = flow.text(title)
        flow.builder.heading(text, flow.level + 1, notes=notes)
    flow.write(element)
    if title is not None:
        flow.builder.leave(flow.level + 1)
    flow.level -= 1


def write_under(flow: Flow, title: str, element: Element) -> None:
    """Write what an element holds under a title that heads it and no more."""
    outer, flow.level = flow.level, max(flow.level, flow.builder.level) + 1
    flow.builder.heading(title, flow.level)
    flow.write(element)
    flow.builder.leave(flow.level)
    flow.level = outer


def write_titled_list(title: str) -> Writer:
    """A `Writer` for a list whose child `title` leads in to its items."""

    def write(flow: Flow, element: Element, depth: int | None) -> None:
        lead_in = find(element, title)
        if lead_in is not None:
            text, notes = flow.text(lead_in)
            flow.builder.paragraph(f"{text.strip().rstrip(':')}:", depth=depth, notes=notes)
        flow.write_list(element, 0 if depth is None else depth + 1)

    return write


class _Loose:
    """Text that stands between blocks without an element of its own."""

    def __init__(self, flow: Flow, depth: int | None) -> None:
        self._flow = flow
        self._depth = depth
        self._parts: list[str] = []
        self._notes: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def add_entity(self, element: Element) -> None:
        if (element.text or "").startswith("&"):
            self.add(character_of(element))

    def add_inline(self, element: Element) -> None:
        if local(element) in ("br", "newline"):
            self._parts.append(LINE_BREAK)
            return
        text, notes = self._flow.text(element, LINE_BREAK)
        self._parts.append(text)
        self._notes.extend(notes)

    def flush(self) -> None:
        text = "".join(self._parts)
        if text.strip():
            self._flow.paragraph(text, tuple(self._notes), self._depth)
        self._parts.clear()
        self._notes.clear()


_LABELLED = re.compile(r"[^:]{1,60}:\s+\S")


def _lines(text: str) -> list[str]:
    """The lines that <br> parts; one that goes on in small letters was broken for looks."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.split(LINE_BREAK))):
        if lines and line[0].islower() and not _LABELLED.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def _rows(element: Element, rows: frozenset[str], tables: frozenset[str]) -> list[Element]:
    found = []
    for child in children(element):
        name = local(child)
        if name in rows:
            found.append(child)
        elif name not in tables:
            found.extend(_rows(child, rows, tables))
    return found


def _columns(cell: Element) -> int:
    """Columns that a cell covers: HTML's colspan, or CALS' names of the first and the last."""
    first, last = (
        "".join(filter(str.isdigit, cell.get(name, ""))) for name in ("namest", "nameend")
    )
    if first and last:
        return min(max(int(last) - int(first) + 1, 1), 1000)
    return _number(cell.get("colspan"))


def _number(text: str | None, *, extra: str | None = None) -> int:
    try:
        return min(max(int(text or "1") + int(extra or "0"), 1), 1000)
    except ValueError:
        return 1
