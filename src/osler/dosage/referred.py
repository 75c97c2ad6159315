"""Routes, phases and timings that a text only refers to, and does not give a dose by.

"as effective as intramuscular", "after the intravenous loading phase", "unable to take oral
drugs" and "with oral fluids" say nothing of how the dose beside them is given.
"""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from typing import Any

from osler.domain.dosage import Duration, Frequency, Phase
from osler.dosage.spans import Found
from osler.patterns import lazy

_LEAD = 60
_BREAK = lazy(r"[.,;:|()\n]")
_WORDS = r"(?:[\s-]+[A-Za-z-]+)"
_COMPARED = lazy(
    r"\b(?:(?<!often )(?<!frequently )(?<!sooner )(?<!earlier )than|rather\s+than|instead\s+of|compared\s+(?:with|to)|as\s+(?!(?:often|frequently|much|little)\b)(?:[a-z]+\s+)?[a-z]+\s+as|versus|vs\.?|unlike|alternatives?\s+to|in\s+place\s+of|replac(?:e|es|ing)"
    rf"|(?:superior|inferior|equivalent|preferable|preferred|similar|comparable)\s+to|(?:switch|convert|chang|transition)\w*\s+from){_WORDS}{{0,2}}\s+$",
    re.I,
)
_DENIED = lazy(
    r"\b(?:not|never|avoid(?:ing)?|without|unable|inability|cannot|can[’']t|unsuitable|intoleran(?:t|ce)|contraindicat\w+|failure|fail(?:s|ed)?|refus\w+|unresponsive|refractory)"
    rf"{_WORDS}{{0,4}}\s+$",
    re.I,
)
_BEFOREHAND = lazy(
    r"(?<!\bthe )\b(?:after|following|since|before|until|once\s+(?:the|on|an?|\w+ing)|complet(?:ion\s+of|ing)|stopping|if|when|where|unless|as\s+soon\s+as)"
    r"(?:\s+(?:the|an?|initial|first|last|early|successful|completion\s+of|completing|stopping|starting|of|high-dose|is|been|intravenous|intramuscular|oral|parenteral|having|had|received|receiving))*\s+$",
    re.I,
)
_COURSE = lazy(
    r"(?:\s+[a-z]+){0,2}\s+(?:loading|phase|therapy|treatment|course|induction|antibiotics?|administration|iron|intake|feeding|fluids?|medication|drugs?|(?:loading\s+)?(?:doses?|injections?|infusions?|bolus(?:es)?))\b",
    re.I,
)
_CONDITION = lazy(
    r"(?:\s+[a-z]+){0,2}\s+(?:is|are|was|has|have|fails?|failed|not|cannot|becomes?|tolerated|possible|unavailable|impossible|contraindicated)\b",
    re.I,
)
_LIKE_IF = lazy(r"\b(?:if|when|where|unless|until|once)\b", re.I)
_BESIDES = lazy(
    r"\b(?:plus|with|and|added\s+to|add)\s+(?:(?:an?|other|another|any|concomitant)\s+)*$", re.I
)
_ADJECTIVE = lazy(r"[a-z-]+(?<!ly)$")
_SHORT = lazy(r"(?:[a-z]{1,2}|[a-z]\.[a-z]\.?)$", re.I)
_OF_ITS_OWN = lazy(
    r"\s+(?!(?:and|or|for|in|at|on|once|twice|daily|weekly|monthly|every|each|as|to|by|over|with|route|use|administration|injections?|infusions?|bolus|tablets?|capsules?|solution"
    r"|suspension|drops?|doses?|dosing|dosage|push|drip|slowly|then|three|four|two|spray|syrup|ointment|cream|gel|patch|suppositor\w+|pessar\w+|formulation|preparation|if|when|until|only|is)\b)[a-z]{4,}",
    re.I,
)
_BESIDE = lazy(
    r"(?:\s+(?!(?:give|given|then|start|switch|continue|use|administer|reduce|increase|therapy|treatment|route|phase|intake|fluids|drugs|medication)\b)[A-Za-z-]+){0,3}\s*(?:of\s+)?",
    re.I,
)


def is_referred(text: str, q: Found[Any]) -> bool:
    """Whether the words at q only mention their route, phase or timing."""
    lead = text[max(0, q.start - _LEAD) : q.start]
    lead = _BREAK.split(lead)[-1]
    if " " not in lead:
        return False
    if isinstance(q.value, Frequency | Duration | tuple):
        return _COMPARED.search(lead) is not None
    if _COMPARED.search(lead) or (isinstance(q.value, str) and _DENIED.search(lead)):
        return True
    before = _BEFOREHAND.search(lead)
    if before:
        if _COURSE.match(text, q.end) or isinstance(q.value, Phase):
            return True
        if _LIKE_IF.search(before.group()) and _CONDITION.match(text, q.end):
            return True
    return _is_of_another(text, q, lead)


def stands_beside(text: str, end: int, amount: int) -> bool:
    """Whether what is mentioned up to `end` is said of the amount at `amount` after all."""
    return _BESIDE.fullmatch(text, end, amount) is not None


def _is_of_another(text: str, q: Found[Any], lead: str) -> bool:
    """ "with oral fluids", "and intravenous hydration": an adjective of something else."""
    if isinstance(q.value, Phase) or not _BESIDES.search(lead):
        return False
    word = text[q.start : q.end].lower()
    return (
        _ADJECTIVE.match(word) is not None
        and _SHORT.match(word) is None
        and " " not in word
        and _OF_ITS_OWN.match(text, q.end) is not None
    )
