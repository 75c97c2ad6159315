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
_NONE_OF = re.compile(
    r"\b(?:if|when|where) (?:(?:there|you|we) (?:is|are|have) )?no\s+"
    r"(?:(?:access to|(?:stocks?|supply|supplies) of|more|oral|iv|intravenous|im|injectable|"
    r"parenteral|topical|inhaled|suitable)\s+){0,2}",
    re.IGNORECASE,
)
# Behind the name of a drug that is lacking itself: not "no penicillin allergy".
_ENDS_LACK = re.compile(
    r"\s*(?:$|[,;:.)\]–—/-]|(?:tablets?|capsules?|injections?|is|are|available|at hand|to hand|"
    r"in stock|in the|here|left|or|and|nor|give|use|take|start|then)\b)",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*(?:or|and|nor|/)\s*(?:no\s+)?", re.IGNORECASE)
_LACKING = re.compile(
    r"\b(?:if|when|where)\b[^.;:]{0,60}\bcan(?:not| not|'t) be (?:had|obtained|got|found)\b|"
    r"\b(?:if|when|where)\b[^.;:]{0,40}\b(?:has|have) failed\b",
    re.IGNORECASE,
)
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
    first = min((d.start for d in item.claim.dosages), default=0)
    return drugs_lacking(item.claim.text, first)


def drugs_lacking(text: str, before: int) -> frozenset[str]:
    """The drugs that a text says are lacking or have failed, where that starts before a place."""
    named = find_substances(text)
    lacking: set[str] = set()
    for found in _NONE_OF.finditer(text, 0, before):
        end = found.end()
        for drug in named:
            joined = drug.start == end or (lacking and _OR.fullmatch(text, end, drug.start))
            if drug.start >= end and joined and _ENDS_LACK.match(text, drug.end):
                lacking.add(drug.name)
                end = drug.end
    for found in _LACKING.finditer(text):
        if found.start() < before:
            inside = (d for d in named if found.start() <= d.start and d.end <= found.end())
            lacking.update(drug.name for drug in inside)
    return frozenset(lacking)


def _is_behind(words: re.Pattern[str], item: Composed) -> bool:
    found = words.search(item.claim.text)
    return found is not None and all(d.start > found.start() for d in item.claim.dosages)


def _lacks_a_drug(question: Question) -> bool:
    text = question.text
    return _ASKS_INSTEAD.search(text) is not None or any(
        _NO.search(text, 0, drug.start) and not text[drug.end :].lstrip(" -").startswith("allerg")
        for drug in find_substances(text)
    )
