"""A document's text as atomic statements."""

from __future__ import annotations

import hashlib
from bisect import bisect_left

from osler.domain import (
    Block,
    BlockKind,
    Document,
    Dosage,
    Group,
    Statement,
    StatementId,
    StatementKind,
    Suspicion,
    Target,
)
from osler.dosage import find_frequencies, may_state_dosage, parse_dosages, parse_targets
from osler.patterns import lazy
from osler.statements.context import ContextReader, Surroundings, merge_groups
from osler.statements.cues import kind_of_statement, phase_of, polarity_of, strength_of
from osler.statements.groups import read_group
from osler.statements.rows import row_cells, row_group, row_phase, row_text
from osler.statements.sentences import sentence_spans
from osler.statements.substances import find_substances
from osler.statements.wording import readable
from osler.statements.words import words_in

_LETTER = lazy(r"[^\W_]")
# Words of which one stands in every interval.
_INTERVAL = frozenset(
    [
        "every",
        "each",
        "once",
        "twice",
        "daily",
        "hourly",
        "weekly",
        "monthly",
        "yearly",
        "times",
        "bd",
        "od",
        "tds",
        "qds",
        "q12h",
        "q24h",
        "q8h",
    ]
)


def extract(document: Document) -> tuple[Statement, ...]:
    """Split a document into statements, in reading order.

    A sentence, list item or table row each gives one; a heading gives none, but travels with
    what stands under it.
    """
    surroundings = ContextReader(document)
    header_rows = _header_rows(document)
    suspicions = sorted(document.suspicions, key=lambda s: s.start)
    statements: list[Statement] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING or block.start in header_rows:
            continue
        if block.kind is BlockKind.ROW and block.cells:
            spans = [(block.start, block.end)]
        else:
            spans = sentence_spans(document.text, block.start, block.end)
        around = surroundings.of(block)
        for start, end in spans:
            if _LETTER.search(document.text, start, end):
                held = _held(suspicions, start, end) or _held_around(suspicions, around)
                statements.append(_statement(document, block, start, end, around, held))
    return tuple(statements)


def statement_id(source_id: str, start: int, end: int) -> StatementId:
    """Give the id of the statement at these characters of this source."""
    return "t_" + hashlib.sha256(f"{source_id}:{start}:{end}".encode()).hexdigest()[:16]


def _statement(
    document: Document,
    block: Block,
    start: int,
    end: int,
    around: Surroundings,
    held: str | None,
) -> Statement:
    quote = document.text[start:end]
    if block.kind is BlockKind.ROW and block.cells:
        cells = row_cells(document.text, block)
        text, own_group, own_phase = row_text(cells), row_group(cells), row_phase(cells)
    else:
        text = readable(quote)
        own_group, own_phase = read_group(text), phase_of(text)
    dosages, targets = _amounts(text)
    kind = kind_of_statement(text, dosages, targets)
    if kind is StatementKind.OTHER:
        kind = _kind_by_context(text, around)
    group = merge_groups(own_group, around.groups)
    return Statement(
        id=statement_id(document.source.id, start, end),
        source_id=document.source.id,
        start=start,
        end=end,
        quote=quote,
        text=text,
        block=block.kind,
        kind=kind,
        section=block.section,
        page=block.page,
        context=around.context,
        dosages=dosages,
        targets=targets,
        group=group,
        phase=own_phase or around.phase,
        polarity=polarity_of(text),
        strength=strength_of(text),
        substances=_substances(text, own_group, around),
        held=held,
    )


def _kind_by_context(text: str, around: Surroundings) -> StatementKind:
    """Judge words that tell nothing alone: "every 3 months" under "Lithium level"."""
    if around.kind is not StatementKind.OTHER:
        return around.kind
    interval = not _INTERVAL.isdisjoint(words_in(text).distinct) and find_frequencies(text)
    return StatementKind.DOSE if interval and around.substances else StatementKind.OTHER


def _substances(text: str, group: Group, around: Surroundings) -> tuple[str, ...]:
    """Give the substances: own words first, but what the patient takes or cannot have last."""
    own = [found.name for found in find_substances(text)]
    others = {c.value for c in group.criteria if c.attribute in {"drug", "allergy"}}
    ordered = [name for name in own if name not in others]
    ordered += [name for name in own if name in others]
    return tuple(dict.fromkeys((*ordered, *around.substances)))


def _amounts(text: str) -> tuple[tuple[Dosage, ...], tuple[Target, ...]]:
    if not may_state_dosage(text):
        return (), ()
    return parse_dosages(text), parse_targets(text)


def _header_rows(document: Document) -> frozenset[int]:
    """Give the starts of rows that are the header of other rows."""
    headers = {s.start for block in document.blocks for s in block.header if s is not None}
    return frozenset(
        block.start
        for block in document.blocks
        if block.kind is BlockKind.ROW and any(cell.start in headers for cell in block.cells)
    )


def _held_around(suspicions: list[Suspicion], around: Surroundings) -> str | None:
    """Give the reason why a lead-in, parent item, table header or note is itself held back."""
    if not suspicions:
        return None
    needed = (c for c in around.context if c.role not in {"title", "heading"})
    return next((why for c in needed if (why := _held(suspicions, c.start, c.end))), None)


def _held(suspicions: list[Suspicion], start: int, end: int) -> str | None:
    """Give the reason of the first suspicion that overlaps these characters."""
    if not suspicions:
        return None
    until = bisect_left(suspicions, end, key=lambda s: s.start)
    return next((s.reason for s in suspicions[:until] if s.end > start), None)
