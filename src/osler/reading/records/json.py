"""Any JSON: keys become headings, texts paragraphs, lists items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from osler.domain import Document
from osler.domain.errors import MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.blocks.metadata import known_fields
from osler.reading.blocks.outline import Outline
from osler.reading.files.encoding import decode
from osler.reading.files.raw import RawFile
from osler.reading.records.jsonlines import read_record

_TITLES = ("title", "condition_name", "name", "topic", "heading")
_KNOWN = frozenset(
    {
        "organization",
        "organisation",
        "year",
        "kind",
        "url",
        "doi",
        "pmid",
        "jurisdiction",
        "licence",
        "license",
        "seen",
        "supersedes",
        "status",
        "publisher",
    }
)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")


def read_json(raw: RawFile) -> Iterator[Document]:
    """A JSON file; a list of records with `text` is a collection of documents.

    Keys that name fields of a source ("year", "organization") are read as such; `null`, empty
    values and machine names ("acute-otitis-media") are left out of the text.

    Raises `MalformedDocument` with the line.
    """
    text, _ = decode(raw)
    try:
        data = json.loads(text)
    except ValueError as error:
        raise MalformedDocument(f"cannot read {raw.path}: {error}") from error
    except RecursionError as error:
        raise MalformedDocument(f"cannot read {raw.path}: it nests too deep") from error
    if isinstance(data, list) and data and all(_is_record(each) for each in data):
        for record in data:
            document = read_record(raw, record)
            if document is not None:
                yield document
        return
    builder = DocumentBuilder()
    title = ""
    fields: dict[str, Any] = {}
    if isinstance(data, Mapping):
        key = next((key for key in _TITLES if isinstance(data.get(key), str)), "")
        title = data.get(key, "")
        builder.heading(title, 1)
        fields = known_fields({name: data[name] for name in data if name in _KNOWN})
        data = {name: data[name] for name in data if name != key and name not in _KNOWN}
        if isinstance(data.get("source"), str):
            fields["extra"]["source"] = data.pop("source")
    _write(builder, data, level=2)
    if builder.empty:
        raise MalformedDocument(f"cannot read {raw.path}: it holds no text")
    yield builder.build(raw, "json", title=title, **fields)


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("text"), str)


def _write(builder: DocumentBuilder, value: Any, *, level: int) -> None:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if not _holds_text(each):
                continue
            if _is_scalar(each):
                _write_pair(builder, str(key), each)
            else:
                builder.heading(_words(str(key)), level)
                _write(builder, each, level=level + 1)
    elif isinstance(value, list):
        if all(isinstance(each, Mapping) for each in value):
            for each in value:
                _write_record(builder, each, level=level)
        else:
            _write_items(builder, value, 0)
    elif _holds_text(value):
        builder.paragraph(_scalar(value))


def _write_pair(builder: DocumentBuilder, key: str, value: Any) -> None:
    text = _scalar(value)
    if key.endswith("slug") or (key.endswith("id") and _SLUG.fullmatch(text)):
        return
    if len(text) > 80:
        builder.heading(_words(key), 2)
        builder.paragraph(text)
    else:
        builder.paragraph(f"{_words(key)}: {text}")


def _write_record(builder: DocumentBuilder, record: Mapping[str, Any], *, level: int) -> None:
    """A record in a list: its short values on one line, its lists below as items of it."""
    scalars = {key: each for key, each in record.items() if _is_scalar(each) and _holds_text(each)}
    rest = {key: each for key, each in record.items() if not _is_scalar(each) and _holds_text(each)}
    line = "; ".join(f"{_words(str(key))}: {_scalar(each)}" for key, each in scalars.items())
    builder.item(line, 0)
    for key, each in rest.items():
        builder.item(f"{_words(str(key))}:", 1 if line else 0)
        _write_items(builder, each if isinstance(each, list) else [each], 2 if line else 1)


def _write_items(builder: DocumentBuilder, values: list[Any], depth: int) -> None:
    if all(isinstance(value, str) for value in values):
        _write_lines(builder, [value for value in values if value.strip()], depth)
        return
    for value in values:
        if isinstance(value, Mapping):
            shorts = {k: v for k, v in value.items() if _is_scalar(v) and _holds_text(v)}
            builder.item(
                "; ".join(f"{_words(str(k))}: {_scalar(v)}" for k, v in shorts.items()), depth
            )
            for key, each in value.items():
                if not _is_scalar(each) and _holds_text(each):
                    builder.item(f"{_words(str(key))}:", depth + 1)
                    _write_items(builder, each if isinstance(each, list) else [each], depth + 2)
        elif isinstance(value, list):
            _write_items(builder, value, depth + 1)
        elif _holds_text(value):
            builder.item(_scalar(value), depth)


def _write_lines(builder: DocumentBuilder, lines: list[str], depth: int) -> None:
    """A flat list of texts: "Adult: 5 mg" after the name of a drug is an item of that."""
    outline = Outline(builder, depth)
    for position, line in enumerate(lines):
        outline.item(line, "-", 0, *lines[position + 1 : position + 3])


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, Mapping | list)


def _holds_text(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_text(each) for each in value.values())
    if isinstance(value, list):
        return any(_holds_text(each) for each in value)
    return value is not None and str(value).strip() != ""


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _words(key: str) -> str:
    """A key as a person would write it: "nonDrug_treatment" is "Non drug treatment"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key.replace("_", " ")).strip()
    return spaced[:1].upper() + spaced[1:] if spaced.isupper() else spaced.capitalize()
