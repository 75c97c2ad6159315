"""Drugs that a text says are not tolerated: "if ramipril is not tolerated", "can't tolerate it"."""

from __future__ import annotations

import re

from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances

_AFTER = lazy(  # the drug stands before
    r"[\s-]*(?:\w+\s+){0,2}?(?:(?:is|are|was|were|has been|have been)\s+)?(?:"
    r"(?:not|poorly|badly)\s+(?:been\s+)?tolerated|(?:cannot|can ?not|can['’]t|could not)\s+be\s+"
    r"tolerated|intoleran(?:t|ce))\b",
    re.IGNORECASE,
)
_BEFORE = lazy(  # the drug stands after
    r"(?:\b(?:cannot|can ?not|can['’]t|could ?n[o'’]t|unable to|do(?:es)? ?n[o'’]t|did ?n[o'’]t|"
    r"not)\s+(?:tolerate|stomach)|"
    r"\b(?:cannot|can ?not|can['’]t)\s+(?:take|be given|be on)|"
    r"\bintoleran(?:t|ce)\s+(?:of|to))\s+(?:(?:an?|the|any|her|his|my|other)\s+)?$",
    re.IGNORECASE,
)


def find_intolerances(text: str) -> list[tuple[int, int, str]]:
    """Find drugs that are not tolerated, by their names, each with the words that say so."""
    found = []
    for drug in find_substances(text):
        after = _AFTER.match(text, drug.end)
        before = _BEFORE.search(text, max(0, drug.start - 40), drug.start)
        if after is not None:
            found.append((drug.start, after.end(), drug.name))
        elif before is not None:
            found.append((before.start(), drug.end, drug.name))
    return found
