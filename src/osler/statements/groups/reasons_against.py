"""Reasons not to use a method: "the usual reasons not to use it are burns, endocarditis and …"."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.domain import Combinator, Criterion, Group
from osler.patterns import folded, lazy
from osler.statements.vocabulary.conditions import find_conditions, kind_of

_REASONS = lazy(
    r"\breasons?\s+(?:not\s+to|against|to\s+avoid)\b[^.;:]*?(?::|\b(?:are|is|includes?)\b)\s*|"
    r"(?P<listed>[^.;:]*?)\s+\b(?:are|is)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?reasons?\s+"
    r"(?:not\s+to|against|to\s+avoid)\b",
    re.IGNORECASE,
    "reason",
)


def reasons_against(text: str) -> str:
    """The part of a text that lists reasons not to use what it is on; empty where none does."""
    # What leads up to "are reasons against" is tried from every character: most texts hold none.
    found = _REASONS.search(text) if "reason" in folded(text) else None
    if found is None:
        return ""
    return found["listed"] or text[found.end() :].split(". ")[0]


def as_reasons(group: Group, text: str) -> Group:
    """The group of a text where it lists reasons against a method: each is one by itself, and
    one that was not read may hold for anybody."""
    listed = reasons_against(text)
    if not listed or group.combinator is not Combinator.ALL:
        return group
    other = Criterion("other", listed.strip(" ."), text=listed)
    known = {c.value for c in group.criteria}
    ill = [c for c in find_conditions(listed) if c.name not in known]
    named = (Criterion(kind_of(c.name), c.name, text=c.text) for c in ill)
    return replace(group, criteria=(*group.criteria, *named, other), combinator=Combinator.ANY)
