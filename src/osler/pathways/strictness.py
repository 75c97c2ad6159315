"""What a sentence of a pathway may not do, though the gate of answers lets it pass.

An answer may say less than its passage; a protocol that leaves out its "until" goes on for ever.
"""

from __future__ import annotations

import re

from osler.domain import Problem, ProblemKind

_UNTIL = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)


def differences_of(claim: str, passage: str) -> tuple[Problem, ...]:
    """In what a claim differs from a passage that supports it."""
    held = _UNTIL.search(passage)
    if held and not _UNTIL.search(claim):
        return (Problem(ProblemKind.DURATION, "", held[0].lower()),)
    return ()
