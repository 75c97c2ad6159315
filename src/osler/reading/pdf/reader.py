"""Read a PDF: one text in reading order, with pages, headings, lists, tables and notes.

pdf-oxide gives the words, for it says how each is drawn; PDFium reads every page a second time,
and what the two do not agree on in a line that holds a dose is marked as a suspicion
(`osler.reading.pdf.agreement`). PDFium is not thread-safe: read PDFs in one thread, or in
several processes.
"""

from __future__ import annotations

import re
from typing import Any

import pdf_oxide
import pypdfium2 as pdfium

from osler.domain import Document
from osler.domain.errors import (
    EncryptedDocument,
    MalformedDocument,
    NoTextLayer,
    UnsupportedFormat,
)
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.files.raw import RawFile
from osler.reading.pdf.agreement import find_doubts
from osler.reading.pdf.blocks import (
    Draft,
    body_style,
    drafts_of,
    heading_levels,
    joined,
    letters,
    with_marks_joined,
)
from osler.reading.pdf.columns import in_reading_order
from osler.reading.pdf.joining import carried_over, with_depths
from osler.reading.pdf.margins import without_line_numbers, without_running_lines
from osler.reading.pdf.objects import notes_on
from osler.reading.pdf.tables import Table, aligned_tables, continued, ruled_tables
from osler.reading.pdf.words import Line, PageReader, Row
from osler.reading.pdf.writing import Unseen, Writer

_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
_CREATED = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"^(untitled|\(?anonymous\)?|microsoft (word|powerpoint)\b.*|.*\.(docx?|pdf|indd|tex|qxd))$",
    re.I,
)
_SCANNED = 0.9  # of the pages without text: the document as a whole is a scan


def read_pdf(raw: RawFile) -> Document:
    """The document of a PDF file.

    Pages without a text layer are named in the source's `extra["warnings"]`; where nearly all
    are, nothing is given. Raises `EncryptedDocument`, `MalformedDocument` (truncated, damaged, a
    PDF by its name alone) and `NoTextLayer`.
    """
    with _opened(raw) as document:
        oxide = _second(raw)
        if oxide.page_count() != len(document):
            raise MalformedDocument(f"{raw.path}: its pages cannot be counted (a damaged file?)")
        bookmarks = _bookmarks(document)
        metadata = document.get_metadata_dict(skip_empty=True)
        pages, heights, tables, unseen = _pages(document, oxide)
    empty = [i + 1 for i, rows in enumerate(pages) if not rows]
    if not pages or len(empty) >= _SCANNED * len(pages):
        raise NoTextLayer(f"{raw.path}: {_named(empty)} no text layer (a scan?)")
    drafts = _drafts(pages, heights, tables, bookmarks)
    builder = DocumentBuilder()
    Writer(builder, pages, unseen).write(drafts)
    return _finished(builder, raw, drafts, metadata, empty, len(pages))


def _opened(raw: RawFile) -> pdfium.PdfDocument:
    if b"%PDF-" not in raw.data[:1024]:  # the ending alone says that it is one
        raise MalformedDocument(
            f"cannot read {raw.path}: it is named as a PDF and is not one",
            help=UnsupportedFormat.help,
        )
    if b"%%EOF" not in raw.data[-8192:]:
        raise MalformedDocument(f"{raw.path}: the end of the file is missing")
    try:
        return pdfium.PdfDocument(raw.data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise EncryptedDocument(f"{raw.path}: needs a password") from error
        raise MalformedDocument(f"{raw.path}: not a readable PDF ({error})") from error


def _second(raw: RawFile) -> Any:
    try:
        return pdf_oxide.PdfDocument.from_bytes(raw.data)
    except (OSError, RuntimeError, ValueError) as error:
        raise MalformedDocument(f"{raw.path}: not a readable PDF ({error})") from error


def _pages(
    document: pdfium.PdfDocument, oxide: Any
) -> tuple[list[list[Row]], list[float], list[list[Table]], dict[int, Unseen]]:
    """Lines, height and tables of each page; what is not seen, by page from 1."""
    pages, heights, tables, unseen = [], [], [], {}
    for index in range(len(document)):
        page = document[index]
        reader = PageReader(page, oxide, index)
        rows = reader.rows()
        find_doubts([line for row in rows for line in row], reader)
        pages.append(rows)
        heights.append(reader.height)
        tables.append(ruled_tables(oxide, index, pages[-1]))
        beside = [*reader.outside, *notes_on(page)]
        if reader.unseen or beside or reader.layered:
            unseen[index + 1] = Unseen(reader.unseen, beside, reader.layered)
        reader.close()
        page.close()
    return pages, heights, tables, unseen


def _drafts(
    pages: list[list[Row]],
    heights: list[float],
    tables: list[list[Table]],
    bookmarks: dict[tuple[int, str], int],
) -> list[Draft]:
    text = without_running_lines(without_line_numbers(pages), heights)
    style = body_style(text, bookmarks)
    parts: list[list[Draft]] = []
    last: Table | None = None  # that ends a page, and may go on in the next
    for index, (rows, height, ruled) in enumerate(zip(text, heights, tables, strict=True)):
        runs = _runs(rows, ruled, last)
        parts += [drafts_of(run, index + 1, height, style) for run in runs]
        end = runs[-1][-1] if runs and runs[-1] else None
        last = end if isinstance(end, Table) else None
    drafts = carried_over(with_depths(parts))
    heading_levels(drafts)
    return drafts


def _runs(
    rows: list[Row], ruled: list[Table], before: Table | None = None
) -> list[list[Line | Table]]:
    """The columns of a page in reading order, each with its lines and tables.

    `before` is the table that ended the page before.
    """
    inside = {id(line) for t in ruled for row in t.rows for cell in row for line in cell}
    outside = [[line for line in row if id(line) not in inside] for row in rows]
    runs: list[list[Line | Table]] = []
    for run in in_reading_order(with_marks_joined(row for row in outside if row)):
        pieces: list[Line | Table] = []
        done = 0
        if before is not None and not runs and (rest := continued(run, before)) is not None:
            pieces.append(rest[1])
            run = run[rest[0] :]
        for start, stop, table in aligned_tables(run):
            pieces += [joined(row) for row in run[done:start]]
            pieces.append(table)
            done = stop
        runs.append(pieces + [joined(row) for row in run[done:]])
    for table in ruled:
        _insert(table, runs)
    return runs


def _insert(table: Table, runs: list[list[Line | Table]]) -> None:
    """Put a ruled table where it stands in the column beside it, else at the end."""
    for run in runs:
        if not any(p.x0 < table.x1 and p.x1 > table.x0 for p in run):
            continue
        below = (
            i for i, p in enumerate(run) if (p.y if isinstance(p, Line) else p.top) < table.top
        )
        run.insert(next(below, len(run)), table)
        return
    runs.append([table])


def _bookmarks(document: pdfium.PdfDocument) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for bookmark in document.get_toc(max_depth=6):
        target = bookmark.get_dest()
        index = target.get_index() if target is not None else None
        if index is not None:
            found[(index + 1, letters(bookmark.get_title()))] = bookmark.level + 1
    found.pop((0, ""), None)
    return {key: level for key, level in found.items() if key[1]}


def _finished(
    builder: DocumentBuilder,
    raw: RawFile,
    drafts: list[Draft],
    metadata: dict[str, str],
    empty: list[int],
    pages: int,
) -> Document:
    extra: dict[str, Any] = {"pages": pages}
    author = metadata.get("Author", "").strip()
    if author and not _NO_TITLE.match(author):
        extra["author"] = author
    if created := _CREATED.match(metadata.get("CreationDate", "")):
        extra["created"] = "-".join(part for part in created.groups() if part)
    if empty:
        extra["warnings"] = [f"{_named(empty)} no text layer (a scan?) and was not read"]
    title = metadata.get("Title", "").strip()
    if not title or _NO_TITLE.match(title):
        title = _largest(drafts)
    year = _YEAR.findall(title)
    # The day a file was made says little about the edition; only a title's year is taken.
    return builder.build(raw, "pdf", title=title, year=int(year[-1]) if year else None, extra=extra)


def _largest(drafts: list[Draft]) -> str:
    """The heading in the largest type on the first two pages."""
    headings = [d for d in drafts if d.kind == "heading" and d.page <= 2]
    return max(headings, key=lambda d: d.lines[0].size).text if headings else ""


def _named(pages: list[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]} has"
    shown = ", ".join(map(str, pages[:10])) + (", …" if len(pages) > 10 else "")
    return f"pages {shown} have"
