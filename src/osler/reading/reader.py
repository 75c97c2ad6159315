"""One file in, its documents out: the reader that its format asks for."""

from __future__ import annotations

from collections.abc import Iterator

from osler.domain import Document
from osler.domain.errors import MalformedDocument, UnsupportedFormat
from osler.reading.files.formats import Format, detect
from osler.reading.files.limits import LIMITS, Limits
from osler.reading.files.raw import RawFile


def read(raw: RawFile, limits: Limits = LIMITS) -> Iterator[Document]:
    """The documents of one file (JSON Lines holds many), read lazily.

    Raises `UnsupportedFormat`, `MalformedDocument`, `DocumentTooLarge`, `EncryptedDocument`,
    `NoTextLayer`; whatever `walk` could not get is raised here too.
    """
    if raw.problem is not None:
        raise raw.problem
    limits.check_document(raw.path, len(raw.data))
    if not raw.data.strip():
        raise MalformedDocument(f"cannot read {raw.path}: it is empty")
    yield from _READERS[detect(raw)](raw)


def _markdown(raw: RawFile) -> Iterator[Document]:
    from osler.reading.markup.markdown import read_markdown

    yield read_markdown(raw)


def _html(raw: RawFile) -> Iterator[Document]:
    from osler.reading.markup.html import read_html

    yield read_html(raw)


def _pdf(raw: RawFile) -> Iterator[Document]:
    from osler.reading.pdf.reader import read_pdf

    yield read_pdf(raw)


def _docx(raw: RawFile) -> Iterator[Document]:
    from osler.reading.word.reader import read_docx

    yield read_docx(raw)


def _jats(raw: RawFile) -> Iterator[Document]:
    from osler.reading.markup.jats import read_jats

    yield from read_jats(raw)


def _pubmed(raw: RawFile) -> Iterator[Document]:
    from osler.reading.importers.pubmed import read_pubmed

    yield from read_pubmed(raw)


def _europe_pmc(raw: RawFile) -> Iterator[Document]:
    from osler.reading.importers.europepmc import read_europepmc

    yield read_europepmc(raw)


def _openfda(raw: RawFile) -> Iterator[Document]:
    from osler.reading.importers.openfda import read_openfda

    yield from read_openfda(raw)


def _spl(raw: RawFile) -> Iterator[Document]:
    from osler.reading.markup.spl import read_spl

    yield read_spl(raw)


def _cnxml(raw: RawFile) -> Iterator[Document]:
    from osler.reading.markup.cnxml import read_cnxml

    yield from read_cnxml(raw)


def _medquad(raw: RawFile) -> Iterator[Document]:
    from osler.reading.markup.medquad import read_medquad

    yield from read_medquad(raw)


def _json_lines(raw: RawFile) -> Iterator[Document]:
    from osler.reading.records.jsonlines import read_json_lines

    yield from read_json_lines(raw)


def _json(raw: RawFile) -> Iterator[Document]:
    from osler.reading.records.json import read_json

    yield from read_json(raw)


def _text(raw: RawFile) -> Iterator[Document]:
    from osler.reading.text.reader import read_text

    yield read_text(raw)


def _unknown(raw: RawFile) -> Iterator[Document]:
    raise UnsupportedFormat(f"cannot read {raw.path}: no reader knows this format")


# Imported when first needed: asking a question must not pay for lxml and python-docx.
_READERS = {
    Format.MARKDOWN: _markdown,
    Format.HTML: _html,
    Format.PDF: _pdf,
    Format.DOCX: _docx,
    Format.JATS: _jats,
    Format.PUBMED: _pubmed,
    Format.EUROPE_PMC: _europe_pmc,
    Format.OPENFDA: _openfda,
    Format.SPL: _spl,
    Format.CNXML: _cnxml,
    Format.MEDQUAD: _medquad,
    Format.JSON_LINES: _json_lines,
    Format.JSON: _json,
    Format.TEXT: _text,
    Format.UNKNOWN: _unknown,
}
