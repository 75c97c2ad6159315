"""Whether what a source says still stands: superseded, an older edition, or dated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.comparing import compare
from osler.answering.disagreeing.sides import Sides
from osler.domain import Question, Source, SourceStatus
from osler.patterns import lazy

# Ten years: NICE and SIGN check their guidelines after five at the latest, and most sources of
# that age have been through two revisions.
DATED_AFTER = 10  # years behind the newest source that answers the same question
_EDITION = lazy(
    r"\b(?:1[89]|20)\d\d\b|\b(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth)\s+edition\b|"
    r"\b(?:edition|version|updated?|revised|revision)\b(?:\s*\d+(?:\.\d+)*)?",
    re.I,
)


def keep_current(
    items: tuple[Composed, ...], question: Question
) -> tuple[tuple[Composed, ...], tuple[Composed, ...]]:
    """Claims that stand, and those that gave way to a current one; marked where they are old.

    A superseded source, and an older edition of what the same publisher has issued again, gives
    way to any current claim on the same matter; where there is none its claim is marked, as is
    a claim of dated sources only.
    """
    sources = {source.id: source for item in items for source in item.sources}
    replaced = {i: mark for i, s in sources.items() if (mark := _replaced(s, sources.values()))}
    gone: set[int] = set()
    if replaced:
        sides = Sides(question)
        items = tuple(_without(item, replaced) for item in items)
        gone = {
            rank
            for rank, item in enumerate(items)
            if _is_said_by_current(item, items, replaced, sides)
        }
    dated = {i: mark for i, s in sources.items() if (mark := _dated(s, sources.values()))}
    marked = [_marked(item, dated | replaced) for item in items]
    return (
        tuple(item for rank, item in enumerate(marked) if rank not in gone),
        tuple(item for rank, item in enumerate(marked) if rank in gone),
    )


def _replaced(source: Source, others: Iterable[Source]) -> str | None:
    if source.status is SourceStatus.SUPERSEDED:
        by = source.extra.get("superseded_by")
        newer = [s for s in others if s.supersedes in (source.id, source.title, source.file)]
        name = str(by) if by else newer[0].title if newer else ""
        return f"Superseded source{_of(source)}{f', replaced by: {name}' if name else ''}"
    newer = [s for s in others if _is_newer_edition(s, source)]
    if newer:
        latest = max(s.year or 0 for s in newer)
        return f"Older edition{_of(source)}; the same publisher's edition of {latest} is newer"
    return None


def _of(source: Source) -> str:
    return f" of {source.year}" if source.year else ""


def _is_newer_edition(newer: Source, older: Source) -> bool:
    """Whether one publisher has issued the same document again."""
    if not newer.year or not older.year or newer.year <= older.year or not older.organization:
        return False
    return newer.jurisdiction == older.jurisdiction and work_of(newer) == work_of(older)


def work_of(source: Source) -> tuple[str, str]:
    """The publisher and the title, without what tells editions and copies of it apart."""
    return _work(source.organization or "", source.title)


@lru_cache(maxsize=4096)
def _work(organization: str, title: str) -> tuple[str, str]:
    words = re.findall(r"\w+", _EDITION.sub(" ", title).casefold())
    return organization.casefold(), " ".join(words)


def _dated(source: Source, others: Iterable[Source]) -> str | None:
    newest = max((s.year or 0 for s in others), default=0)
    if not source.year or newest - source.year <= DATED_AFTER:
        return None
    return f"Dated source{_of(source)}; the newest here is of {newest}"


def _without(item: Composed, replaced: dict[str, str]) -> Composed:
    """A claim without the citations that no longer stand, where others do."""
    kept = tuple(c for c in item.claim.citations if c.source_id not in replaced)
    if not kept or len(kept) == len(item.claim.citations):
        return item
    candidates = tuple(c for c in item.candidates if c.source.id not in replaced)
    statements = tuple(s for s in item.claim.statements if s.source_id not in replaced)
    claim = replace(item.claim, citations=kept, statements=statements)
    return replace(item, claim=claim, candidates=candidates)


def _rests_on(item: Composed, marks: dict[str, str]) -> bool:
    return all(c.source_id in marks for c in item.claim.citations)


def _is_said_by_current(
    item: Composed, items: tuple[Composed, ...], replaced: dict[str, str], sides: Sides
) -> bool:
    if not _rests_on(item, replaced):
        return False
    side = sides.of(item)
    if side is None:
        return False
    for other in items:
        if _rests_on(other, replaced):
            continue
        current = sides.of(other)
        if current is not None and compare(side, current):
            return True
    return False


def _marked(item: Composed, marks: dict[str, str]) -> Composed:
    if not marks or not _rests_on(item, marks):
        return item
    said = dict.fromkeys(marks[c.source_id] for c in item.claim.citations)
    return replace(item, claim=replace(item.claim, currency="; ".join(said)))
