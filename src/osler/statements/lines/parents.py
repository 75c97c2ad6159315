"""What an item stands under, cut to the drug where the item above doses it for other people."""

from __future__ import annotations

from dataclasses import replace

from osler.domain import Block, BlockKind, Span
from osler.dosage import may_state_dosage, parse_dosages
from osler.statements.groups.reading import read_group
from osler.statements.vocabulary.substances import find_substances

_PEOPLE = frozenset({"age", "life stage", "weight"})


def without_doses_for_others(block: Block, text: str) -> Block:
    """A block that stands under "Erythromycin: Adult: 500 mg" and is itself for children, under
    "Erythromycin" alone."""
    if block.kind is not BlockKind.ITEM or not block.context:
        return block
    cut = tuple(_cut(span, text) for span in block.context)
    if cut == block.context or not _people_of(text[block.start : block.end]):
        return block
    return replace(block, context=cut)


def _cut(span: Span, text: str) -> Span:
    """The label of an item that goes on with people and their dose; else the whole of it."""
    above = text[span.start : span.end]
    label, colon, rest = above.partition(":")
    if not colon or not may_state_dosage(rest) or may_state_dosage(label):
        return span
    if _people_of(label) or not find_substances(label) or not _people_of(rest):
        return span
    return replace(span, end=span.start + len(label)) if parse_dosages(rest) else span


def _people_of(text: str) -> bool:
    return any(c.attribute in _PEOPLE for c in read_group(text).criteria)
