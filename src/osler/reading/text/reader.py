"""Plain text: headings, bullets, lead-ins, columns and wrapped lines, as people type them."""

from __future__ import annotations

from osler.domain import Document
from osler.domain.errors import MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.tables import Table, write_table
from osler.reading.files.encoding import decode
from osler.reading.files.raw import RawFile
from osler.reading.text.headings import with_chapters
from osler.reading.text.lines import logical_lines
from osler.reading.text.nesting import write_lines
from osler.reading.text.run_ins import with_run_ins_apart
from osler.reading.text.tables import split_tables


def read_text(raw: RawFile) -> Document:
    """A plain text file.

    Raises `MalformedDocument` for binary data and for a file without words.
    """
    text, guessed = decode(raw)
    builder = DocumentBuilder()
    write_text(builder, text)
    if builder.empty and not builder.headed:
        raise MalformedDocument(f"cannot read {raw.path}: it holds no text")
    extra = {"encoding": guessed} if guessed else {}
    return builder.build(raw, "text", extra=extra)


def write_text(builder: DocumentBuilder, text: str, *, title: bool = True, level: int = 1) -> None:
    """Write running text with its headings and lists; headings start at `level`.

    With `title`, a short first line is the heading of the whole.
    """
    for piece in split_tables(text):
        if isinstance(piece, Table):
            write_table(builder, piece)
        else:
            lines = with_chapters(with_run_ins_apart(list(logical_lines(piece))))
            write_lines(builder, lines, title=title, level=level)
        title = False
