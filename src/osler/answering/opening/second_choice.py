"""What is for when the first choice cannot be had, which opens no answer unless it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.composing.compose import Composed
from osler.answering.judging.scored import ON_THE_SUBJECT
from osler.domain import Question
from osler.statements.vocabulary.substances import find_substances

_SECOND_CHOICE = re.compile(
    r"\b(?:is|are|as) (?:an? |the )?(?:\w+ )?alternatives?\b|\bsecond[- ](?:line|choice)|"
    r"\b(?:if|when|where)\b[^.;]{0,60}\b(?:not|un)[ -]?(?:be )?available|\balternatively\b|"
    r"\binstead of\b|\balternatives?\b(?=.*\?)",
    re.IGNORECASE,
)
# "(If there is no iloprost)": an alternative by what is lacking, told in a label or a cell.
_LACKING = re.compile(
    r"\b(?:if|when|where) (?:(?:there|you|we) (?:is|are|have) )?no\b|"
    r"\b(?:if|when|where)\b[^.;:]{0,60}\bcan(?:not| not|'t) be (?:had|obtained|got|found)\b|"
    r"\b(?:if|when|where)\b[^.;:]{0,40}\b(?:has|have) failed\b",
    re.IGNORECASE,
)
LONGEST_LACK = 60  # characters in which what is lacking is named
_ASKS_INSTEAD = re.compile(
    r"\binstead\b|\b(?:un|not )(?:available|obtainable)\b|\b(?:out of|not in) stock\b|"
    r"\bran? out\b|\bfailed\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:no|without|lack\w*|(?:haven't|don't have|can't get)(?: any)?)\s+$", re.I)


def asks_second_choice(question: Question) -> bool:
    """Whether what is given in place of the first choice is asked for."""
    return _SECOND_CHOICE.search(question.text) is not None


def is_second_choice(item: Composed) -> bool:
    """Whether it is for when the first choice cannot be had, and doses no other before that."""
    return _is_behind(_SECOND_CHOICE, item)


def is_for_want_of_the_drug(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether it is for where the drug asked about is lacking or has failed, which the question
    does not say, and another line doses that drug: "Misoprostol (if there is no oxytocin)"."""
    if _lacks_a_drug(question) or not item.claim.dosages:
        return False
    wanted = {t.name for t in question.terms if t.kind == "substance"}
    return not wanted.isdisjoint(_drugs_lacking(item)) and any(
        c.claim.dosages
        and c.scored.relevance.subject >= ON_THE_SUBJECT
        and wanted.isdisjoint(_drugs_lacking(c))
        for c in all_
    )


def _drugs_lacking(item: Composed) -> frozenset[str]:
    """The drugs for want of which all of its doses are."""
    text = item.claim.text
    return frozenset(
        drug.name
        for found in _LACKING.finditer(text)
        if all(d.start > found.start() for d in item.claim.dosages)
        for drug in find_substances(text[found.start() : found.start() + LONGEST_LACK])
    )


def _is_behind(words: re.Pattern[str], item: Composed) -> bool:
    found = words.search(item.claim.text)
    return found is not None and all(d.start > found.start() for d in item.claim.dosages)


def _lacks_a_drug(question: Question) -> bool:
    text = question.text
    return _ASKS_INSTEAD.search(text) is not None or any(
        _NO.search(text, 0, drug.start) and not text[drug.end :].lstrip(" -").startswith("allerg")
        for drug in find_substances(text)
    )
