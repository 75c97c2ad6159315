"""A document's text as atomic statements."""

from __future__ import annotations

import hashlib
from bisect import bisect_left

from osler.domain import (
    Block,
    BlockKind,
    Document,
    Dosage,
    Statement,
    StatementId,
    Suspicion,
    Target,
)
from osler.dosage import may_state_dosage, parse_dosages, parse_targets
from osler.statements.context import ContextReader, merge_groups
from osler.statements.cues import kind_of_statement, phase_of, polarity_of, strength_of
from osler.statements.groups import read_group
from osler.statements.rows import row_cells, row_group, row_text
from osler.statements.sentences import sentence_spans
from osler.statements.substances import find_substances
from osler.statements.wording import readable


def extract(document: Document) -> tuple[Statement, ...]:
    """Split a document into statements, in reading order.

    A sentence, list item or table row each gives one; a heading gives none, but travels with
    what stands under it.
    """
    surroundings = ContextReader(document)
    suspicions = sorted(document.suspicions, key=lambda s: s.start)
    statements: list[Statement] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            continue
        if block.kind is BlockKind.ROW and block.cells:
            spans = [(block.start, block.end)]
        else:
            spans = sentence_spans(document.text, block.start, block.end)
        for start, end in spans:
            if any(character.isalnum() for character in document.text[start:end]):
                held = _held(suspicions, start, end)
                statements.append(_statement(document, block, start, end, surroundings, held))
    return tuple(statements)


def statement_id(source_id: str, start: int, end: int) -> StatementId:
    """Give the id of the statement at these characters of this source."""
    return "t_" + hashlib.sha256(f"{source_id}:{start}:{end}".encode()).hexdigest()[:16]


def _statement(
    document: Document,
    block: Block,
    start: int,
    end: int,
    surroundings: ContextReader,
    held: str | None,
) -> Statement:
    quote = document.text[start:end]
    around = surroundings.of(block)
    if block.kind is BlockKind.ROW and block.cells:
        cells = row_cells(document.text, block)
        text, own_group = row_text(cells), row_group(cells)
    else:
        text = readable(quote)
        own_group = read_group(text)
    dosages, targets = _amounts(text)
    own = tuple(found.name for found in find_substances(text))
    return Statement(
        id=statement_id(document.source.id, start, end),
        source_id=document.source.id,
        start=start,
        end=end,
        quote=quote,
        text=text,
        block=block.kind,
        kind=kind_of_statement(text, dosages, targets),
        section=block.section,
        page=block.page,
        context=around.context,
        dosages=dosages,
        targets=targets,
        group=merge_groups(own_group, around.groups),
        phase=phase_of(text) or around.phase,
        polarity=polarity_of(text),
        strength=strength_of(text),
        substances=tuple(dict.fromkeys((*own, *around.substances))),
        held=held,
    )


def _amounts(text: str) -> tuple[tuple[Dosage, ...], tuple[Target, ...]]:
    if not may_state_dosage(text):
        return (), ()
    return parse_dosages(text), parse_targets(text)


def _held(suspicions: list[Suspicion], start: int, end: int) -> str | None:
    """Give the reason of the first suspicion that overlaps these characters."""
    if not suspicions:
        return None
    until = bisect_left(suspicions, end, key=lambda s: s.start)
    return next((s.reason for s in suspicions[:until] if s.end > start), None)
