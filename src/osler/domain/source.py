"""A source (a document as the library holds it) and the shape of its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SourceId = str  # "s_" + 16 hex digits of SHA-256 over the normalised text and title


class SourceKind(StrEnum):
    """What sort of document a source is; the order of trust is `TRUST`."""

    GUIDELINE = "guideline"
    GUIDELINE_SUMMARY = "guideline summary"
    FORMULARY = "formulary"
    DRUG_LABEL = "drug label"
    SYSTEMATIC_REVIEW = "systematic review"
    RANDOMISED_TRIAL = "randomised trial"
    REVIEW = "review"
    TEXTBOOK = "textbook"
    PATIENT_INFORMATION = "patient information"


class SourceStatus(StrEnum):
    """Whether a source may still carry a claim."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class NoticeKind(StrEnum):
    """What a bibliographic service says has happened to an article since it appeared."""

    RETRACTION = "retraction"
    CONCERN = "expression of concern"
    CORRECTION = "correction"
    NEWER = "newer edition"  # which need not be in the library


@dataclass(frozen=True, slots=True)
class Notice:
    """That an article was retracted, doubted, corrected or brought up to date, and where.

    `reference` is the place as the service gives it ("BMJ. 2019;1:2"), `pmid` the notice's own
    (of a newer edition: that edition's); both may be unknown. `found_at` is when the library
    learned of it, ISO 8601 in UTC; None where the article's own record came with it.
    """

    kind: NoticeKind
    reference: str = ""
    pmid: str | None = None
    service: str | None = None  # "PubMed", "Europe PMC"
    found_at: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document with what is known of it; what is not known is None and shown as unknown.

    `seen` says how it reached us (`page`, `copy`, `quoted`, `known`, `seed`, `file`, `import`).
    `path` is where it stood as added, an archive's member included; `file` its base name;
    `aliases` the base names of other copies of the same content. `notices` are what services
    have said of it since it appeared. `extra` keeps front matter keys that Osler does not know.
    """

    id: SourceId
    title: str
    file: str
    path: str
    format: str  # "markdown", "pdf", ...
    organization: str | None = None
    year: int | None = None
    kind: SourceKind | None = None
    jurisdiction: str | None = None  # ISO 3166-1 alpha-2
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    licence: str | None = None
    status: SourceStatus = SourceStatus.CURRENT
    supersedes: str | None = None
    seen: str | None = None
    summarises: str | None = None
    aliases: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of a source's normalised text."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row, heading or note of a document.

    `section` is the heading path above the block (the text of each heading, outermost first;
    for a heading: the path above it). `context` are the spans, in reading order, that the
    block needs to be understood and that are not headings: a list's lead-in, the parent
    items of a nested item, a table's caption, a footnote that the block refers to. For a row,
    `cells` are its cells and `header` the header cell over each of them (None where there
    is none); `len(header) == len(cells)`.
    """

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()
    level: int = 0  # heading level from 1, list depth from 0
    page: int | None = None  # 1-based
    context: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()  # where the headings of `section` stand in the text
    cells: tuple[Span, ...] = ()
    header: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Characters that must not carry a claim until a person has looked, and why."""

    start: int
    end: int
    reason: str  # "two extractors read a dose differently", "hidden text", ...
    detail: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file: one normalised text, and its blocks in reading order.

    Blocks do not overlap, are sorted by start, and every block's text is
    `text[block.start:block.end]` without leading or trailing white space.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    suspicions: tuple[Suspicion, ...] = ()
