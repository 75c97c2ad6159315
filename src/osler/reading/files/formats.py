"""What a file is: by its content first, by its ending second."""

from __future__ import annotations

import json
import re
from enum import StrEnum

from osler.reading.files.archive import is_office
from osler.reading.files.raw import RawFile

_HEAD = 4096
_PROLOGUE = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.S | re.I
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)([^>]*)")
_BY_ENDING = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".nxml": "jats",
    ".cnxml": "cnxml",
}
_JATS_ROOTS = frozenset({"article", "pmc-articleset"})
_PUBMED_ROOTS = frozenset({"PubmedArticleSet", "PubmedArticle"})


class Format(StrEnum):
    """The formats that Osler reads, by the name that `Source.format` gives them."""

    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JATS = "jats"
    PUBMED = "pubmed"
    EUROPE_PMC = "europepmc"
    OPENFDA = "openfda"
    SPL = "spl"
    CNXML = "cnxml"
    MEDQUAD = "medquad"
    JSON_LINES = "json lines"
    JSON = "json"
    TEXT = "text"
    UNKNOWN = "unknown"


def detect(raw: RawFile) -> Format:
    """The format of a file; `UNKNOWN` where neither content nor ending tells."""
    data = raw.data
    by_ending = Format(_BY_ENDING.get(raw.suffix, "unknown"))
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data[:2] == b"PK":
        is_docx = by_ending is Format.DOCX or b"word/" in data
        return Format.DOCX if is_office(data) and is_docx else Format.UNKNOWN
    head = _head(data)
    if head is None:
        return by_ending  # binary: its reader will say what is wrong
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _markup(start) or by_ending
    if start.startswith(("{", "[")) and by_ending is not Format.MARKDOWN:
        return _json(data, start, by_ending)
    if start.startswith("---\n") and re.search(r"^\w+:", start, re.M):
        return Format.MARKDOWN
    return by_ending


def _head(data: bytes) -> str | None:
    """The beginning as text, good enough to see its format; None for binary data."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return None
    return head.decode("utf-8", "replace").replace("\r\n", "\n")


def _markup(start: str) -> Format | None:
    if re.match(r"<!doctype html", start, re.I):
        return Format.HTML
    prologue = _PROLOGUE.match(start)
    root = _ROOT.match(start, prologue.end() if prologue else 0)
    if root is None:
        return Format.UNKNOWN if start.startswith("<?xml") else None
    name, attributes = root[1], root[2]
    if name.lower() in ("html", "head", "body"):
        return Format.HTML
    if name in _PUBMED_ROOTS:
        return Format.PUBMED
    if name in _JATS_ROOTS and ("jats" in start.lower() or "<front" in start or name != "article"):
        return Format.JATS
    if name == "document":
        if "hl7-org" in attributes:
            return Format.SPL
        if "cnxml" in attributes:
            return Format.CNXML
    if name in ("Document", "DiseaseFile") and (
        "<QAPair" in start or "<Focus" in start or "qaid" in start.lower()
    ):
        return Format.MEDQUAD
    if name == "article" and "<?xml" not in start and "dtd-version" not in attributes:
        return Format.HTML  # an HTML fragment; JATS articles have their front matter
    if start.startswith("<?xml"):
        return Format.UNKNOWN
    return None


def _json(data: bytes, start: str, by_ending: Format) -> Format:
    """JSON, JSON Lines, or neither: FHIR and CDS Hooks speak to machines."""
    lines = [line for line in data[: _HEAD * 16].split(b"\n", 3)[:3] if line.strip()]
    if start.startswith("{") and len(lines) > 1 and _is_object(lines[0]):
        return Format.JSON_LINES
    if by_ending in (Format.JSON, Format.JSON_LINES) or re.match(r'[{\[]\s*["{\[}\]]', start):
        if re.search(r'"resourceType"\s*:', start) or re.match(r'\{\s*"(?:cards|hook)"', start):
            return Format.UNKNOWN
        if by_ending is not Format.JSON_LINES and start.startswith("{"):
            return _service(data) or Format.JSON
        return by_ending if by_ending is Format.JSON_LINES else Format.JSON
    return by_ending


def _service(data: bytes) -> Format | None:
    """The public service that a JSON record is from, by the keys that only it gives."""
    if b'"effective_time"' in data and b'"set_id"' in data:
        return Format.OPENFDA
    if b'"source"' in data and (b'"pubTypeList"' in data or b'"abstractText"' in data):
        return Format.EUROPE_PMC
    return None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
