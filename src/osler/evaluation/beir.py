"""A test collection in the BEIR layout: documents, queries and judgments.

`corpus` and `queries` are JSON Lines, plain or gzipped, with `_id`, `title`, `text`; `qrels` is
a table with a header and three tab-separated columns: query, document, score (0 = not relevant).
Of a document's other fields only those in `HEADINGS` are text to search.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from osler.domain.errors import UsageError

TEXT = "text"
HEADINGS = ("question", "heading", "section")
_LAYOUT = "Expected is the BEIR layout: see osler evaluate retrieval --help."


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document to be found."""

    id: str
    title: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries by id, and each query's judged documents with their scores."""

    documents: tuple[CorpusDocument, ...]
    queries: dict[str, str]
    grades: dict[str, dict[str, int]]


def read_collection(
    corpora: Sequence[Path], queries: Path, qrels: Path | None, *, field: str = TEXT
) -> Collection:
    """Read the files. Raises UsageError, with the line, for one that is not as it should be.

    `field` is that of the queries which is asked; a query without it is left out. Without
    `qrels` each query is about the document of its own id, before which it may have a `q`.

    Judgments on documents outside the corpus are kept: a relevant document that cannot be
    found lowers the score, as it should.
    """
    documents: dict[str, CorpusDocument] = {}
    for where, row in chain.from_iterable(map(json_rows, corpora)):
        document = CorpusDocument(
            id=text_field(row, "_id", where),
            title=text_field(row, "title", where, default=""),
            headings=tuple(row[name] for name in HEADINGS if isinstance(row.get(name), str)),
            text=text_field(row, "text", where),
        )
        if document.id in documents:
            raise UsageError(f"{where}: the document {document.id!r} stands here twice")
        documents[document.id] = document
    named = {
        text_field(row, "_id", where): _asked(row, field, where)
        for where, row in json_rows(queries)
    }
    asked = {query: text for query, text in named.items() if text}
    if not documents or not asked:
        empty = queries if documents else corpora[0]
        raise UsageError(f"{empty}: nothing in it", help=_LAYOUT)
    if qrels is None:
        grades = {query: {query.removeprefix("q"): 1} for query in asked}
    else:
        grades = {q: judged for q, judged in _grades(qrels, named).items() if q in asked}
    return Collection(tuple(documents.values()), asked, grades)


def _asked(row: dict[str, Any], field: str, where: str) -> str:
    """What a query asks; nothing where it lacks a field that not every one has."""
    if field != TEXT and row.get(field) is None:
        return ""
    return text_field(row, field, where)


def _grades(path: Path, asked: dict[str, str]) -> dict[str, dict[str, int]]:
    lines = _text(path).splitlines()
    grades: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        columns = line.split("\t")
        if len(columns) != 3:
            raise UsageError(f"{where}: {len(columns)} columns, not 3", help=_LAYOUT)
        query, document, score = columns
        if query not in asked:
            raise UsageError(f"{where}: there is no query {query!r}")
        try:
            grades.setdefault(query, {})[document] = int(score)
        except ValueError as error:
            raise UsageError(f"{where}: the score {score!r} is no whole number") from error
    if not grades:
        raise UsageError(f"{path}: no judgments in it", help=_LAYOUT)
    return grades


def json_rows(path: Path, layout: str = _LAYOUT) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a JSON Lines file, plain or gzipped, with where it stands.

    Raises UsageError, with `layout` as help, for what is not JSON or no object.
    """
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{where}: not JSON ({error.msg})", help=layout) from error
        if not isinstance(row, dict):
            raise UsageError(f"{where}: not a JSON object", help=layout)
        yield where, row


def text_field(
    row: dict[str, Any], name: str, where: str, default: str | None = None, layout: str = _LAYOUT
) -> str:
    """A field that must hold text. Raises UsageError, with `layout` as help, where it does not."""
    value = row.get(name, default)
    if not isinstance(value, str):
        raise UsageError(f"{where}: no text in the field {name!r}", help=layout)
    return value


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as file:
                data = file.read()
        return data.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read {path}: not UTF-8 text") from error
