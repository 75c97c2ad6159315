"""Drugs that a text says were never taken: "opioid-naive", "never had a statin"."""

from __future__ import annotations

import re

from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances

_AFTER = lazy(  # the drug stands before
    r"[\s-]*(?:na[iï]ve\b|(?:have|has|had|were|was)\s+never\s+been\s+(?:used|taken|given|tried)\b)",
    re.IGNORECASE,
)
_SMALL = r"(?:(?:an?|the|any|other|oral|regular|strong|such)\s+)*$"
_BEFORE = lazy(  # the drug stands after
    r"(?:\b(?:never|not\s+(?:previously|yet|before|ever)|n['’]t\s+(?:ever|previously|yet))\s+"
    r"(?:(?:yet|before|previously|been|being)\s+)*"
    r"(?:had|have|has|tak(?:en|es?|ing)|took|received?|receiving|used?|using|on|given|tried|exposed\s+to|"
    r"treated\s+with|prescribed)\s+|"
    r"\b(?:no|without(?:\s+any)?)\s+(?:previous|prior|past|earlier)\s+"
    r"(?:(?:use|exposure|treatment|therapy|history)\s+(?:of|to|with)\s+)?|"
    r"\b(?:new|na[iï]ve)\s+to\s+)" + _SMALL,
    re.IGNORECASE,
)
_TOLERANT = lazy(r"[\s-]toleran(?:t|ce)\b", re.IGNORECASE)
_NOT_TOLERANT = lazy(r"\b(?:not|non)[\s-]+(?:yet\s+|already\s+)?$", re.IGNORECASE)
# "Not opioid-naive", "is she opioid-naive?" tell of nobody who never had any.
_DENIED = lazy(r"\b(?:not|non|never|n['’]t)[\s-]+(?:an?\s+)?$", re.IGNORECASE)
_CUES = re.compile(
    r"na[iï]ve|never|previous|prior|past|earlier|yet|before|ever|new to|toleran", re.I
)


def find_untreated(text: str) -> list[tuple[int, int, str]]:
    """Find drugs that were never taken, by their names, each with the words that say so."""
    if not _CUES.search(text):
        return []
    found = []
    for drug in find_substances(text):
        after = _AFTER.match(text, drug.end)
        before = _BEFORE.search(text, max(0, drug.start - 60), drug.start)
        tolerant = _TOLERANT.match(text, drug.end)
        denied = _NOT_TOLERANT.search(text, max(0, drug.start - 20), drug.start)
        if after is not None:
            if not _DENIED.search(text, max(0, drug.start - 12), drug.start):
                found.append((drug.start, after.end(), drug.name))
        elif tolerant is not None:
            if denied is not None:
                found.append((denied.start(), tolerant.end(), drug.name))
        elif before is not None:
            found.append((before.start(), drug.end, drug.name))
    return found


def without_untreated(text: str) -> str:
    """A text with the drugs that were never taken left blank, of the same length: what is said
    of "opioid-naive patients" is not on opioids."""
    for start, end, _ in find_untreated(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
