"""JSON Lines, one document a line: `_id`, `title`, `text` and what else is known (BEIR)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from osler.domain import Document
from osler.domain.errors import MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.metadata import known_fields
from osler.reading.files.encoding import decode
from osler.reading.files.raw import RawFile
from osler.reading.text.reader import write_text

_TEXTS = ("text", "abstract", "contents", "content", "body")
_KNOWN_ELSEWHERE = frozenset({"title", *_TEXTS})


def read_json_lines(raw: RawFile) -> Iterator[Document]:
    """The documents of the lines, in order; a line without text gives none.

    `_id` (or `id`) stays in the source's `extra` under that name; `source` is its organization
    where no `organization` is given.

    Raises `MalformedDocument` with the line that is not a JSON object.
    """
    text, _ = decode(raw)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise MalformedDocument(f"cannot read {raw.path}, line {number}: {error}") from error
        if not isinstance(record, dict):
            raise MalformedDocument(f"cannot read {raw.path}, line {number}: it is no JSON object")
        document = read_record(raw, record)
        if document is not None:
            yield document


def read_record(raw: RawFile, record: dict[str, Any]) -> Document | None:
    """The document of one record, or None when it holds no text."""
    text = next((record[key] for key in _TEXTS if isinstance(record.get(key), str)), "")
    if not text.strip():
        return None
    builder = DocumentBuilder()
    title = record.get("title")
    title = title if isinstance(title, str) else ""
    builder.heading(title, 1)
    write_text(builder, text, title=False)
    fields = known_fields(
        {key: value for key, value in record.items() if key not in _KNOWN_ELSEWHERE}
    )
    source = record.get("source")
    if isinstance(source, str) and "organization" not in fields:
        fields["organization"] = source
        fields["extra"].pop("source", None)
    identifier = record.get("_id", record.get("id"))
    return builder.build(raw, "json lines", title=title or str(identifier or ""), **fields)
