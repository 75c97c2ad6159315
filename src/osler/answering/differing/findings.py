"""What became of the sources that a stored answer cites, as the library holds them now."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from osler.answering.differing.shown import shown
from osler.domain import Citation, Context, NoticeKind, Source, SourceStatus, errors
from osler.library import Library

_LONGEST = 120  # characters of a quote in a summary


class Finding(StrEnum):
    """What is no longer as it was when the answer was composed."""

    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    REMOVED = "removed"
    CONCERN = "expression of concern"
    CORRECTED = "correction"
    NEWER = "newer edition"  # published, and not in the library
    MOVED = "quote not at its place"
    REREAD = "read differently"  # the words are there, and no longer one statement


@dataclass(frozen=True, slots=True)
class CitationFinding:
    """One thing that a reader of the stored answer must know of a source.

    `claims` are the texts that rest on it; `replaced_by` is the id of what superseded it.
    `statement_id` and `quote` are set where one citation is meant and not the whole source.
    """

    finding: Finding
    source_id: str
    title: str
    summary: str
    claims: tuple[str, ...]
    replaced_by: str | None = None
    statement_id: str | None = None
    quote: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "finding": self.finding.value,
            "source_id": self.source_id,
            "title": self.title,
            "summary": self.summary,
            "claims": list(self.claims),
            "replaced_by": self.replaced_by,
            "statement_id": self.statement_id,
            "quote": self.quote,
        }


def citation_findings(body: Mapping[str, Any], library: Library) -> tuple[CitationFinding, ...]:
    """Hold every citation of a stored answer (the contract's JSON) against a library.

    What was so when the answer was composed (a source that it shows as superseded) is no
    finding. Sources come in the order of their references.
    """
    references = {r["source_id"]: r for r in body.get("references") or ()}
    cited: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for item in shown(body):
        rules = [d["rule"] for d in item.claim.get("derivations") or ()]
        for citation in (*(item.claim.get("citations") or ()), *rules):
            cited.setdefault(citation["source_id"], []).append((item.text, citation))
    ordered = sorted(cited, key=lambda s: references.get(s, {}).get("number") or len(cited) + 1)
    replacing = _replacements(library)
    found: list[CitationFinding] = []
    for source_id in ordered:
        known = references.get(source_id, {})
        found += _of_source(source_id, known, cited[source_id], library, replacing)
    return tuple(found)


def _replacements(library: Library) -> dict[str, Source]:
    """The source that replaces each, by the id of what it replaces."""
    found: dict[str, Source] = {}
    for source in library.sources():
        if source.supersedes:
            try:
                found[library.source(source.supersedes).id] = source
            except errors.SourceNotFound:
                continue
    return found


def _of_source(
    source_id: str,
    known: Mapping[str, Any],
    cited: list[tuple[str, Mapping[str, Any]]],
    library: Library,
    replacing: Mapping[str, Source],
) -> Iterator[CitationFinding]:
    claims = tuple(dict.fromkeys(text for text, _ in cited))
    try:
        source = library.source(source_id)
    except errors.SourceNotFound:
        title = known.get("title") or source_id
        summary = f"No longer in the library: {title}"
        yield CitationFinding(Finding.REMOVED, source_id, title, summary, claims)
        return
    is_news = source.status.value != (known.get("status") or "current")
    if is_news and (finding := _of_status(source, replacing.get(source.id), claims)):
        yield finding
    yield from _of_notices(source, known, claims)
    seen = set()
    for _, citation in cited:
        place = (citation["statement_id"], citation["start"], citation["end"])
        if place in seen:
            continue
        seen.add(place)
        resting = tuple(
            dict.fromkeys(text for text, c in cited if c is citation or _same(c, place))
        )
        if finding := _of_citation(citation, source, resting, library):
            yield finding


def _same(citation: Mapping[str, Any], place: tuple[str, int, int]) -> bool:
    return (citation["statement_id"], citation["start"], citation["end"]) == place


def _of_status(
    source: Source, newer: Source | None, claims: tuple[str, ...]
) -> CitationFinding | None:
    if source.status is SourceStatus.RETRACTED:
        summary = f"Retracted: {source.title}"
        return CitationFinding(Finding.RETRACTED, source.id, source.title, summary, claims)
    if source.status is SourceStatus.SUPERSEDED:
        by = f" by {newer.title}{f' ({newer.year})' if newer.year else ''}" if newer else ""
        return CitationFinding(
            Finding.SUPERSEDED,
            source.id,
            source.title,
            f"Superseded{by}: {source.title}",
            claims,
            replaced_by=newer.id if newer else None,
        )
    return None


_NOTICED = {
    NoticeKind.CONCERN: (Finding.CONCERN, "Expression of concern"),
    NoticeKind.CORRECTION: (Finding.CORRECTED, "Corrected"),
    NoticeKind.NEWER: (Finding.NEWER, "Newer edition published"),
}  # a retraction is a source's status


def _of_notices(
    source: Source, known: Mapping[str, Any], claims: tuple[str, ...]
) -> Iterator[CitationFinding]:
    told = {(n["kind"], n["reference"] or "", n["pmid"]) for n in known.get("notices") or ()}
    for notice in source.notices:
        is_news = (notice.kind.value, notice.reference, notice.pmid) not in told
        if is_news and notice.kind in _NOTICED:
            finding, said = _NOTICED[notice.kind]
            where = f" ({notice.reference})" if notice.reference else ""
            summary = f"{said}: {source.title}{where}"
            yield CitationFinding(finding, source.id, source.title, summary, claims)


def _of_citation(
    held: Mapping[str, Any], source: Source, claims: tuple[str, ...], library: Library
) -> CitationFinding | None:
    citation = Citation(
        statement_id=held["statement_id"],
        source_id=held["source_id"],
        start=held["start"],
        end=held["end"],
        quote=held["quote"],
        context=tuple(
            Context(c["start"], c["end"], c["quote"], c.get("role") or "lead-in")
            for c in held.get("context") or ()
        ),
    )
    quote = textwrap.shorten(citation.quote, _LONGEST, placeholder=" …")
    try:
        library.resolve(citation)
        library.statement(citation.statement_id)
        return None
    except errors.StaleCitation:
        finding, said = Finding.MOVED, "Not at its place in the source any more"
    except errors.StatementNotFound:
        finding, said = Finding.REREAD, "Read differently now"
    return CitationFinding(
        finding,
        source.id,
        source.title,
        f"{said}: “{quote}” ({source.title})",
        claims,
        statement_id=citation.statement_id,
        quote=citation.quote,
    )
