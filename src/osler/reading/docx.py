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
from osler.reading.builder import DocumentBuilder
from osler.reading.limits import LIMITS
from osler.reading.normalise import superscript
from osler.reading.raw import RawFile
from osler.reading.tables import Cell, Table, write_table
from osler.reading.xml import Element, local

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|überschrift|titre)\s*(\d)", re.I)
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    OSError,
    etree.XMLSyntaxError,
)


def read_docx(raw: RawFile) -> Document:
    """A Word document (.docx).

    Raises `MalformedDocument` for what is no Word document, `DocumentTooLarge` for a bomb.
    """
    word = _open(raw)
    builder = DocumentBuilder()
    numbering = _numbering(word)
    for element in word.element.body:
        _write(builder, word, element, numbering)
    for marker, text in _footnotes(word):
        builder.footnote(text, marker)
    if not builder.headed:
        raise MalformedDocument(f"cannot read {raw.path}: it holds no text")
    properties = word.core_properties
    title = properties.title or ""
    return builder.build(raw, "docx", title=title)


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


def _write(
    builder: DocumentBuilder, word: WordDocument, element: Element, numbering: dict[str, set[int]]
) -> None:
    name = local(element)
    if name == "p":
        _write_paragraph(builder, word, element, numbering)
    elif name == "tbl":
        _write_table(builder, element)
    elif name in ("sdt", "sdtContent", "ins", "smartTag"):
        for child in element:
            _write(builder, word, child, numbering)


def _write_paragraph(
    builder: DocumentBuilder, word: WordDocument, element: Element, numbering: dict[str, set[int]]
) -> None:
    text, notes = _text(element)
    if not text.strip():
        return
    style_id = element.findtext(f"{_W}pPr/{_W}pStyle") or _value(element, "pPr", "pStyle")
    style = _style_name(word, style_id)
    if style.lower() == "title":
        builder.heading(text, 1, notes=notes)
    elif heading := _HEADING.match(style):
        builder.heading(text, int(heading[1]), notes=notes)
    elif style.lower() == "caption":
        builder.caption(text, notes=notes)
    elif (depth := _depth(element, style, numbering)) is not None:
        builder.item(text, depth, notes=notes)
    else:
        builder.paragraph(text, notes=notes)


def _depth(element: Element, style: str, numbering: dict[str, set[int]]) -> int | None:
    """The depth of a list item, by its numbering or by a list style; None for no item."""
    if _value(element, "pPr", "numPr", "numId") not in (None, "0"):
        return int(_value(element, "pPr", "numPr", "ilvl") or 0)
    if found := re.match(r"List (?:Bullet|Number|Paragraph)?\s*(\d)?", style):
        if style == "List Paragraph" or style.startswith("List Continue"):
            return None
        return int(found[1] or 1) - 1
    return 0 if style in numbering else None


def _numbering(word: WordDocument) -> dict[str, set[int]]:
    """Paragraph styles that number by themselves."""
    found: dict[str, set[int]] = {}
    for style in word.styles.element.iter(f"{_W}style"):
        number = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        name = style.find(f"{_W}name")
        if number is not None and name is not None:
            found[name.get(f"{_W}val", "")] = {0}
    return found


def _style_name(word: WordDocument, style_id: str | None) -> str:
    if not style_id:
        return ""
    for style in word.styles.element.iter(f"{_W}style"):
        if style.get(f"{_W}styleId") == style_id:
            name = style.find(f"{_W}name")
            return str(name.get(f"{_W}val", "")) if name is not None else ""
    return ""


def _value(element: Element, *path: str) -> str | None:
    found = element.find("/".join(f"{_W}{name}" for name in path))
    return None if found is None else found.get(f"{_W}val")


def _text(element: Element) -> tuple[str, tuple[str, ...]]:
    """The text of a paragraph's runs; deleted and hidden text is left out."""
    out: list[str] = []
    notes: list[str] = []
    for run in element.iter(f"{_W}r"):
        parent = run.getparent()
        if parent is not None and local(parent) == "del":
            continue
        properties = run.find(f"{_W}rPr")
        hidden = properties is not None and properties.find(f"{_W}vanish") is not None
        raised = _value(run, "rPr", "vertAlign") == "superscript"
        for child in run:
            name = local(child)
            if name == "t" and not hidden:
                text = child.text or ""
                if raised:
                    text, found = superscript("".join(out[-3:]), text)
                    notes.extend(found)
                out.append(text)
            elif name in ("tab", "br", "cr"):
                out.append(" ")
            elif name == "noBreakHyphen":
                out.append("-")
            elif name in ("footnoteReference", "endnoteReference"):
                notes.append(f"{name[:-9]}:{child.get(f'{_W}id')}")
            elif name == "sym":
                out.append(_symbol(child))
    return "".join(out), tuple(notes)


def _symbol(element: Element) -> str:
    """A character of the Symbol font, where μ, ≤ and ≥ like to hide (private use, U+F0xx)."""
    code = int(element.get(f"{_W}char", "0"), 16) & 0xFF
    if element.get(f"{_W}font", "").lower() != "symbol":
        return "\ufffd"
    return _SYMBOL.get(code, "\ufffd")


_SYMBOL = {
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x44: "Δ", 0xA3: "≤", 0xB3: "≥",
    0xB1: "±", 0xB0: "°", 0xB4: "×", 0xB7: "•", 0xAE: "→", 0xAD: "↑", 0xAF: "↓", 0xBB: "≈",
}  # fmt: skip


def _write_table(builder: DocumentBuilder, element: Element) -> None:
    """A table; its first row is the header, further ones where Word says that they repeat."""
    rows: list[list[Cell]] = []
    anchors: dict[int, tuple[int, int]] = {}
    marked = 0
    for row in element.iter(f"{_W}tr"):
        cells: list[Cell] = []
        column = 0
        for cell in row.iterchildren(f"{_W}tc"):
            columns = int(_value(cell, "tcPr", "gridSpan") or 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in anchors:
                above, index = anchors[column]
                old = rows[above][index]
                rows[above][index] = Cell(
                    old.text, old.header, old.columns, old.rows + 1, old.notes
                )
            else:
                parts = [_text(each) for each in cell.iter(f"{_W}p")]
                text = " ".join(part for part, _ in parts if part.strip())
                notes = tuple(note for _, found in parts for note in found)
                if merge is not None:
                    anchors[column] = (len(rows), len(cells))
                else:
                    anchors.pop(column, None)
                cells.append(Cell(text, columns=columns, notes=notes))
            column += columns
        if row.find(f"{_W}trPr/{_W}tblHeader") is not None:
            marked += 1
        rows.append(cells)
    headed = marked or (1 if len(rows) > 1 and len(rows[0]) > 1 else 0)
    write_table(builder, Table(rows, header_rows=headed))


def _footnotes(word: WordDocument) -> Iterator[tuple[str, str]]:
    parts: Any = word.part.package.iter_parts()
    for part in parts:
        for kind in ("footnote", "endnote"):
            if str(part.partname) == f"/word/{kind}s.xml":
                parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
                for note in etree.fromstring(part.blob, parser).iter(f"{_W}{kind}"):
                    text = " ".join(_text(each)[0] for each in note.iter(f"{_W}p"))
                    yield f"{kind}:{note.get(f'{_W}id')}", text
