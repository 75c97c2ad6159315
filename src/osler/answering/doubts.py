"""Doses that are not plausible: whose claims carry the reason."""

from __future__ import annotations

from dataclasses import replace

from osler.answering.compose import Composed
from osler.domain import Statement
from osler.library import Library


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
    return replace(item, claim=replace(item.claim, warning=doubts[0].detail))
