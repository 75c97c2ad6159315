"""Doses that are not plausible: whose claims carry the reason."""

from __future__ import annotations

from dataclasses import replace

from osler.answering.compose import Composed
from osler.domain import Statement
from osler.library import Library
from osler.library.suspecting import UNLIKE_OTHERS


def is_doubtful(library: Library, statement: Statement) -> bool:
    """Whether a statement gives a dose that is not plausible (see `Library.suspicion`)."""
    return bool(statement.dosages) and library.suspicion(statement) is not None


def with_warning(library: Library, item: Composed) -> Composed:
    """A claim with a warning where none of its statements gives a plausible dose."""
    if not item.claim.dosages:
        return item
    doubts = [library.suspicion(statement) for statement in item.claim.statements]
    if not all(doubts) or doubts[0] is None:
        return item
    # What only other sources make doubtful is still what this one says: shown, and marked.
    disputed = all(doubt.reason == UNLIKE_OTHERS for doubt in doubts if doubt)
    return replace(item, claim=replace(item.claim, warning=doubts[0].detail), disputed=disputed)
