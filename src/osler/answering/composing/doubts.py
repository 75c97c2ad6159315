"""Doses that are not plausible: whose claims carry the reason."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.composing.compose import Composed
from osler.domain import Statement
from osler.library import Library
from osler.library.suspecting import UNLIKE_OTHERS
from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances


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
    disputed = disputed and not _stands_under_another(item)
    return replace(item, claim=replace(item.claim, warning=doubts[0].detail), disputed=disputed)


_HEADS = lazy(r"(?:^|; )([^:;]{1,60}): ", re.I)


def _stands_under_another(item: Composed) -> bool:
    """Whether drugs stand in cells that other drugs head, so that it was read amiss, perhaps."""
    if len({d.substance for d in item.claim.dosages}) < 2:
        return False
    return any(find_substances(m[1]) for m in _HEADS.finditer(item.claim.text))
