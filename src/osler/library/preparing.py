"""A file's bytes to rows ready for the tables. Runs in worker processes."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from osler.domain import Document, Source, Statement, errors
from osler.library import doses, ranking, vocabulary
from osler.library.codec import encode
from osler.library.doses import DoseRow
from osler.library.packing import id_number, pack
from osler.library.passages import Draft, passages
from osler.library.terms import terms
from osler.library.vocabulary import NameRow
from osler.statements.vocabulary.namings import namings

if TYPE_CHECKING:
    from osler.reading import RawFile

TextTerms = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PreparedPassage:
    """One row of `passages` and one of `contents`; `section` counts within the source."""

    section: int
    length: int
    terms: str
    start: int
    end: int
    page: int | None
    text: str
    statements: bytes | None
    statement_ids: tuple[int, ...]
    held: bool
    doses: tuple[DoseRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedSource:
    """A document, ready to be inserted."""

    source: Source
    facts: str
    text: bytes
    characters: int
    checksum: bytes
    suspicions: str
    sections: tuple[TextTerms, ...]  # path as JSON, weighted terms
    passages: tuple[PreparedPassage, ...]
    frequencies: dict[str, int]  # term: in how many of the passages it stands
    names: tuple[NameRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """What became of one file: its documents, or why there are none."""

    path: str
    name: str
    hash: bytes
    size: int
    sources: tuple[PreparedSource, ...] = ()
    error: errors.OslerError | None = None


def prepare_files(files: Sequence[tuple[bytes, RawFile]]) -> list[PreparedFile]:
    """Read and prepare files, each with its SHA-256; an error of one does not stop the rest."""
    return [prepare_file(digest, file) for digest, file in files]


def prepare_file(digest: bytes, file: RawFile) -> PreparedFile:
    """Read one file, whose format may hold many documents, and prepare them."""
    from osler.reading import read
    from osler.statements import extract

    sources: tuple[PreparedSource, ...] = ()
    error: errors.OslerError | None = None
    try:
        sources = tuple(prepare(document, extract(document)) for document in read(file))
    except errors.ReadingError as raised:
        error = raised
    except Exception as defect:  # noqa: BLE001  a defect of a reader costs one file, not the rest
        error = errors.ReadingError(
            f"cannot read {file.path}: {type(defect).__name__}: {defect}",
            help="This is a defect of Osler's: please report it, with the file if you may.",
        )
    return PreparedFile(file.path, file.name, digest, len(file.data), sources, error)


def prepare(document: Document, statements: Sequence[Statement]) -> PreparedSource:
    """The rows of one document."""
    source, text = document.source, document.text
    title = terms(source.title) * ranking.TITLE_WEIGHT
    sections: dict[tuple[str, ...], int] = {}
    headings: list[TextTerms] = []
    prepared: list[PreparedPassage] = []
    frequencies: Counter[str] = Counter()
    for draft in passages(document, statements):
        number = sections.setdefault(draft.section, len(sections))
        if number == len(headings):
            above = terms(" ".join(draft.section)) * ranking.HEADING_WEIGHT
            path = json.dumps(draft.section, ensure_ascii=False)
            headings.append((path, ranking.joined(title + above)))
        heading = headings[number][1]
        body = _body(text, draft)
        above_terms = heading.split()
        frequencies.update({*body, *above_terms})
        prepared.append(
            PreparedPassage(
                section=number,
                length=len(body) + len(above_terms),
                terms=ranking.joined(body),
                start=draft.start,
                end=draft.end,
                page=draft.page,
                text=text[draft.start : draft.end],
                statements=pack(
                    draft.statements, start=draft.start, section=draft.section, page=draft.page
                ),
                statement_ids=tuple(
                    n for s in draft.statements if (n := id_number(s.id)) is not None
                ),
                held=any(s.held for s in draft.statements),
                doses=doses.rows(draft.statements),
            )
        )
    encoded = text.encode()
    return PreparedSource(
        source=source,
        facts=json.dumps(encode(source), ensure_ascii=False, default=str),
        text=zlib.compress(encoded, 6),
        characters=len(text),
        checksum=hashlib.sha256(encoded).digest(),
        suspicions=json.dumps([encode(s) for s in document.suspicions], ensure_ascii=False),
        sections=tuple(headings),
        passages=tuple(prepared),
        frequencies=dict(frequencies),
        names=vocabulary.rows(namings(source, text, chain.from_iterable(sections))),
    )


def _body(text: str, draft: Draft) -> list[str]:
    """The passage's terms, then those of what stands beside it (lead-in, caption, header)."""
    found = terms(text[draft.start : draft.end])
    for start, end in draft.beside:
        found += terms(text[start:end])
    return found
