"""Fluids that a drug is given in: "10 g in 1 litre of sodium chloride 0.9%" is no dose of salt."""

from __future__ import annotations

import re

from osler.patterns import lazy
from osler.statements.words.lexicon import Found

_FLUIDS = frozenset({"sodium chloride", "glucose", "ringer's lactate"})
_GIVEN_IN = lazy(
    r"\b(?:in|with|into|to)\s+(?:(?:an?|the|each|every)\s+)?"
    r"(?:[\d.,–-]+\s*(?:to\s*\d+\s*)?(?:m[lL]|[lL]|lit(?:re|er)s?|millilit(?:re|er)s?)"
    r"(?:\s*/\s*kg)?\s+(?:of\s+)?|(?:half\s+)?(?:(?:an?|one|two)\s+)?(?:lit(?:re|er)s?|bags?)\s+of\s+)?(?:[\d.]+\s?%\s*)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
# "A saline flush" only carries in what was given before it.
_FLUSH = lazy(r"[\s-]+flush", re.IGNORECASE)


def is_diluent(text: str, found: Found) -> bool:
    """Say whether a substance is named as the fluid in which another is given."""
    if found.name not in _FLUIDS:
        return False
    flushes = _FLUSH.match(text, found.end) is not None
    return flushes or _GIVEN_IN.search(text, max(0, found.start - 60), found.start) is not None
