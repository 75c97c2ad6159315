"""What points at something else in a claim has to point at the same in a wording.

"Macrolides are a poor choice; keep them for allergy to penicillins" is turned round by the same
words when "them" and "penicillins" change places, and "from oral to subcutaneous" by its two ways.
"""

from __future__ import annotations

import re

from osler.statements.vocabulary.substances import find_substances

_PRONOUN = re.compile(r"\b(?:it|them|they|these|those|its|their)\b", re.I)
_LABEL = re.compile(r":\s+")
_WAY = re.compile(r"\b(?P<way>from|to|into)\b:?\s+(?:an?\s+|the\s+)?(?P<what>[\w.,%-]+)", re.I)


def points_the_same(wording: str, claim: str) -> bool:
    """Whether pronouns stand among the same drugs, and "from" and "to" before the same words."""
    return _references_kept(wording, claim) and _ways_kept(wording, claim)


def _references_kept(wording: str, claim: str) -> bool:
    ours, theirs = _references(wording), _references(claim)
    if "it" not in (*ours, *theirs) or len(set(theirs) - {"it"}) < 2:
        return True
    return ours == theirs


def _references(text: str) -> list[str]:
    """The drugs and pronouns of a text in reading order, neighbours that are one once.

    A pronoun right behind a label is what the label names: "Folic acid: it may be raised".
    """
    drugs = find_substances(text)
    labelled = {f.end + len(m[0]) for f in drugs if (m := _LABEL.match(text, f.end))}
    found = [(f.start, f.name) for f in drugs]
    found += [(m.start(), "it") for m in _PRONOUN.finditer(text) if m.start() not in labelled]
    names = [name for _, name in sorted(found)]
    return [name for i, name in enumerate(names) if i == 0 or name != names[i - 1]]


def _ways_kept(wording: str, claim: str) -> bool:
    theirs = _ways(claim)
    if len({way for way, _ in theirs}) < 2:
        return True
    return _ways(wording) == theirs


def _ways(text: str) -> set[tuple[str, str]]:
    """What follows each "from" and "to", small letters, without an article."""
    return {(m["way"].lower(), m["what"].lower().rstrip(".,")) for m in _WAY.finditer(text)}
