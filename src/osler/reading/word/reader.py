"""Word documents: headings by style, lists by numbering, tables, footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from osler.domain import Document
from osler.domain.errors import DocumentTooLarge, MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.tables import Cell, Table, write_table
from osler.reading.files.limits import LIMITS
from osler.reading.files.raw import RawFile
from osler.reading.markup.xml import Element, local
from osler.reading.suspicions.beside import STRUCK
from osler.reading.suspicions.normalise import LINE_BREAK
from osler.reading.word.numbering import Numbering
from osler.reading.word.runs import HiddenStyles, Runs, W, runs_of, value

_HEADING = re.compile(r"(?:heading|überschrift|titre)\s*(\d)", re.I)
_LIST_STYLE = re.compile(r"List (?:Bullet|Number)?\s*(\d)?$")
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    OSError,
    etree.XMLSyntaxError,
)


def read_docx(raw: RawFile) -> Document:
    """A Word document (.docx); hidden, struck and deleted text is left out and listed.

    Raises `MalformedDocument` for what is no Word document, `DocumentTooLarge` for a bomb.
    """
    word = _open(raw)
    writer = _Writer(word)
    for element in word.element.body:
        writer.write(element)
    for marker, text in _footnotes(word):
        writer.builder.footnote(text, marker)
    _tell_what_is_beside(writer.builder, word)
    if not writer.builder.headed:
        raise MalformedDocument(f"cannot read {raw.path}: it holds no text")
    return writer.builder.build(raw, "docx", title=word.core_properties.title or "")


def _open(raw: RawFile) -> WordDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            parts = [info for info in archive.infolist() if info.filename.endswith(".xml")]
            size = sum(info.file_size for info in parts)
        if size > 4 * LIMITS.document:
            raise DocumentTooLarge(f"cannot read {raw.path}: it unpacks to {size // 1_000_000} MB")
        LIMITS.check_ratio(raw.path, len(raw.data), size)
        return docx.Document(io.BytesIO(raw.data))
    except _BROKEN as error:
        raise MalformedDocument(
            f"cannot read {raw.path}: it is not a Word document ({error})"
        ) from error


class _Writer:
    """Writes the body of a document in order."""

    def __init__(self, word: WordDocument) -> None:
        self.builder = DocumentBuilder()
        self._hidden = HiddenStyles.of(word.styles.element)
        self._style_names = {
            style.get(f"{W}styleId", ""): value(style, "name") or ""
            for style in word.styles.element.iter(f"{W}style")
        }
        self._style_lists = _lists_of_styles(word)
        self._numbering = Numbering.of(word)

    def write(self, element: Element) -> None:
        """A paragraph or table, or what wraps some."""
        name = local(element)
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            write_table(self.builder, self._table(element))
        elif name in ("sdt", "sdtContent", "ins", "smartTag"):
            for child in element:
                self.write(child)

    def _runs(self, element: Element) -> Runs:
        runs = runs_of(element, self._hidden)
        if runs.unseen:
            self.builder.left_out(runs.unseen)
        if runs.struck:
            self.builder.left_out(runs.struck, STRUCK)
        return runs

    def _paragraph(self, element: Element) -> None:
        runs = self._runs(element)
        text, notes = runs.text, runs.notes
        if not text.strip():
            return
        style_id = value(element, "pPr", "pStyle") or ""
        style = self._style_names.get(style_id, "")
        if style.lower() == "title":
            self.builder.heading(text, 1, notes=notes)
        elif heading := _HEADING.match(style):
            self.builder.heading(text, int(heading[1]), notes=notes)
        elif style.lower() == "caption":
            self.builder.caption(text, notes=notes)
        elif (place := self._place(element, style_id, style)) is not None:
            list_id, depth = place
            self.builder.item(text, depth, mark=self._numbering.mark(list_id, depth), notes=notes)
        else:
            self.builder.paragraph(text, notes=notes)

    def _place(self, element: Element, style_id: str, style: str) -> tuple[str, int] | None:
        """The list that an item stands in, and its depth from 0; None for no item."""
        number = value(element, "pPr", "numPr", "numId")
        if number == "0":
            return None
        if number is not None:
            return number, int(value(element, "pPr", "numPr", "ilvl") or 0)
        named = _LIST_STYLE.match(style)
        if style_id not in self._style_lists and named is None:
            return None
        list_id, depth = self._style_lists.get(style_id, ("", 0))
        # "List Bullet 2" is a list of its own at depth 0, shown one deeper than "List Bullet".
        return list_id, max(depth, int(named[1] or 1) - 1 if named else 0)

    def _table(self, element: Element) -> Table:
        """A table; its first row is the header, further ones where Word says that they repeat."""
        rows: list[list[Cell]] = []
        anchors: dict[int, tuple[int, int]] = {}
        marked = 0
        for row in element.iter(f"{W}tr"):
            cells: list[Cell] = []
            column = 0
            for cell in row.iterchildren(f"{W}tc"):
                columns = int(value(cell, "tcPr", "gridSpan") or 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart" and column in anchors:
                    above, index = anchors[column]
                    old = rows[above][index]
                    rows[above][index] = Cell(
                        old.text, old.header, old.columns, old.rows + 1, old.notes
                    )
                else:
                    parts = [self._runs(each) for each in cell.iter(f"{W}p")]
                    text = LINE_BREAK.join(part.text for part in parts if part.text.strip())
                    notes = tuple(note for part in parts for note in part.notes)
                    if merge is not None:
                        anchors[column] = (len(rows), len(cells))
                    else:
                        anchors.pop(column, None)
                    cells.append(Cell(text, columns=columns, notes=notes))
                column += columns
            if row.find(f"{W}trPr/{W}tblHeader") is not None:
                marked += 1
            rows.append(cells)
        headed = marked or (1 if len(rows) > 1 and len(rows[0]) > 1 else 0)
        return Table(rows, header_rows=headed)


def _lists_of_styles(word: WordDocument) -> dict[str, tuple[str, int]]:
    """Paragraph styles that make list items by themselves: the list and the depth of each."""
    found = {}
    for style in word.styles.element.iter(f"{W}style"):
        number = value(style, "pPr", "numPr", "numId")
        if number is not None and number != "0":
            depth = int(value(style, "pPr", "numPr", "ilvl") or 0)
            found[style.get(f"{W}styleId", "")] = (number, depth)
    return found


def _tell_what_is_beside(builder: DocumentBuilder, word: WordDocument) -> None:
    """Comments, field codes, descriptions of pictures and the file's own properties."""
    for each in word.element.body.iter(f"{W}instrText"):
        builder.beside(each.text or "", "a field's code")
    for each in word.element.body.iter("{*}docPr"):
        for attribute in ("descr", "title"):
            builder.beside(each.get(attribute, ""), "the description of a picture")
    for part in word.part.package.iter_parts():
        if str(part.partname) == "/word/comments.xml":
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            for comment in etree.fromstring(part.blob, parser).iter(f"{W}comment"):
                builder.beside(" ".join(t.text or "" for t in comment.iter(f"{W}t")), "a comment")
    properties = word.core_properties
    for name in ("subject", "comments", "keywords", "category"):
        builder.beside(str(getattr(properties, name) or ""), f"the property “{name}”")


def _footnotes(word: WordDocument) -> Iterator[tuple[str, str]]:
    hidden = HiddenStyles.of(word.styles.element)
    parts: Any = word.part.package.iter_parts()
    for part in parts:
        for kind in ("footnote", "endnote"):
            if str(part.partname) == f"/word/{kind}s.xml":
                parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
                for note in etree.fromstring(part.blob, parser).iter(f"{W}{kind}"):
                    text = " ".join(runs_of(each, hidden).text for each in note.iter(f"{W}p"))
                    yield f"{kind}:{note.get(f'{W}id')}", text
