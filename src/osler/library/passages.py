"""A document's blocks and statements, gathered into passages.

A passage is a run of neighbouring blocks of one section, up to `WORDS` words. No statement is
split. A list stays with its lead-in, and the rows of a table stay together, while they fit;
where they do not, what each part needs from elsewhere (lead-in, caption, header) is indexed
with it again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from osler.domain import Block, BlockKind, Document, Statement

WORDS = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage to be: where it stands, what it holds and what to index beside its words."""

    start: int
    end: int
    section: tuple[str, ...]
    page: int | None
    statements: tuple[Statement, ...]
    beside: tuple[tuple[int, int], ...]  # spans from outside it, indexed with it


@dataclass(slots=True)
class _Unit:
    """What is never split: a block, or the part of a long one that its statements allow."""

    start: int
    end: int
    words: int
    block: Block
    lead: int  # units with the same lead belong to one list, table or paragraph


def passages(document: Document, statements: Sequence[Statement]) -> tuple[Draft, ...]:
    """The passages of `document`, in reading order; every statement is in exactly one."""
    ordered = sorted(statements, key=lambda s: (s.start, s.end))
    units = _units(document, ordered)
    starts = [s.start for s in ordered]
    drafts = []
    for run in _runs(units):
        start, end = run[0].start, run[-1].end
        first, last = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
        drafts.append(
            Draft(
                start,
                end,
                run[0].block.section,
                run[0].block.page,
                tuple(ordered[first:last]),
                _beside(run, start, end),
            )
        )
    return tuple(drafts)


def _units(document: Document, statements: Sequence[Statement]) -> list[_Unit]:
    """The body's units. A heading is one only where nothing stands under it."""
    text = document.text
    above = {(h.start, h.end) for b in document.blocks for h in b.headings}
    starts = [s.start for s in statements]
    units: list[_Unit] = []
    lead = 0
    leads: dict[tuple[int, int], int] = {}
    for block in document.blocks:
        if block.start >= block.end:
            continue
        if block.kind is BlockKind.HEADING and (block.start, block.end) in above:
            first = bisect_right(starts, block.start - 1)
            if first == len(starts) or starts[first] >= block.end:
                continue
        lead = _lead(block, leads, lead)
        for start, end in _pieces(block, statements, starts, text):
            if units and _crossed(units[-1], statements, starts, start):
                previous = units[-1]
                previous.end, previous.words = end, _words(text, previous.start, end)
            else:
                units.append(_Unit(start, end, _words(text, start, end), block, lead))
    return units


def _lead(block: Block, leads: dict[tuple[int, int], int], latest: int) -> int:
    """The number of the list, table or paragraph that a block belongs to."""
    number = latest + 1
    if block.kind is BlockKind.ITEM or block.kind is BlockKind.ROW:
        key = next(((c.start, c.end) for c in block.context), None)
        if key is None:
            key = next(((h.start, h.end) for h in block.header if h is not None), None)
        if key is not None:
            number = leads.setdefault(key, number)
    leads[block.start, block.end] = number
    return number


def _pieces(
    block: Block, statements: Sequence[Statement], starts: Sequence[int], text: str
) -> Iterator[tuple[int, int]]:
    """The block, or its parts of at most `WORDS` words where its statements allow a cut."""
    if _words(text, block.start, block.end) <= WORDS:
        yield block.start, block.end
        return
    begin, reach = block.start, block.start
    low, high = bisect_right(starts, block.start), bisect_right(starts, block.end - 1)
    for before, after in zip(statements[low - 1 : high - 1], statements[low:high], strict=True):
        reach = max(reach, before.end)
        if after.start < reach:
            continue
        if _words(text, begin, after.end) > WORDS and text[begin : after.start].strip():
            yield begin, _trimmed(text, begin, after.start)
            begin = after.start
    yield begin, block.end


def _crossed(unit: _Unit, statements: Sequence[Statement], starts: Sequence[int], cut: int) -> bool:
    """Whether a statement that begins in `unit` reaches beyond `cut`."""
    first = bisect_right(starts, unit.start - 1)
    last = bisect_right(starts, unit.end - 1)
    return any(statements[i].end > cut for i in range(first, last))


def _runs(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Units packed into passages: one section each, lists and tables whole while they fit."""
    run: list[_Unit] = []
    size = 0
    for cluster in _clusters(units):
        words = sum(unit.words for unit in cluster)
        if run and (
            run[-1].block.section != cluster[0].block.section or size + words > WORDS >= words
        ):
            yield run
            run, size = [], 0
        for unit in cluster:
            if run and size + unit.words > WORDS:
                yield run
                run, size = [], 0
            run.append(unit)
            size += unit.words
    if run:
        yield run


def _clusters(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    cluster: list[_Unit] = []
    for unit in units:
        if cluster and (
            cluster[-1].lead != unit.lead or cluster[-1].block.section != unit.block.section
        ):
            yield cluster
            cluster = []
        cluster.append(unit)
    if cluster:
        yield cluster


def _beside(run: Sequence[_Unit], start: int, end: int) -> tuple[tuple[int, int], ...]:
    spans = {
        (span.start, span.end)
        for unit in run
        for span in (*unit.block.context, *unit.block.header)
        if span is not None and not (start <= span.start and span.end <= end)
    }
    return tuple(sorted(spans))


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
