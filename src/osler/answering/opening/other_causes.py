"""Doses for what a drug has caused, which are not for a kin illness of no such cause."""

from __future__ import annotations

import re

from osler.answering.candidates.barred_causes import cause_told, is_told
from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.sides import treated
from osler.domain import Question
from osler.statements.vocabulary.conditions import broader_names, find_conditions, is_a
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.lexicon import Found

_DRUGS = re.compile(
    r"\b(?:drugs?|medic(?:ines?|ations?)|antipsychotics?|neuroleptics?|anti-?emetics?)\b",
    re.IGNORECASE,
)
# A heading that names a cause alone: "Drug-induced" under "Parkinsonism".
_CAUSE_ALONE = re.compile(
    r"\s*(?:(?P<by>[\w-]+)-(?:induced|related|associated)|"
    r"(?:due to|caused by|from) (?P<to>.{3,40}))\s*:?\s*",
    re.IGNORECASE,
)
# "Pain after paracetamol" and "following morphine" tell what was given before, and no cause.
_IN_TIME = re.compile(r"\s*(?:after|following|in\s+the\s+treatment)\b", re.IGNORECASE)
_LONGEST_CAUSE = 3  # words


def is_of_what_a_drug_caused(item: Composed, question: Question) -> bool:
    """Whether its dose is for a broader illness where a drug has caused it, of which the question
    says nothing: of Parkinson's disease, what is for parkinsonism due to risperidone."""
    wanted = treated(question)
    if not item.claim.dosages or not wanted:
        return False
    candidate = item.scored.candidate
    above = (*reversed(candidate.lead), *reversed(candidate.headings))
    alone = False
    for text in (candidate.statement.text, *(c.quote for c in above), candidate.source.title):
        if (named := _CAUSE_ALONE.fullmatch(text)) is not None:
            alone = alone or _is_another(named["by"] or named["to"], question)
        elif found := find_conditions(text):
            kin = [f for f in found if any(f.name in broader_names(w) for w in wanted)]
            return not any(is_a(f.name, w) for f in found for w in wanted) and any(
                alone or _is_another(_cause_of(text, f), question) for f in kin
            )
    return False


def _cause_of(text: str, found: Found) -> str:
    if _IN_TIME.match(text, found.end):
        return ""
    return " ".join(cause_told(text, found.start, found.end).split()[:_LONGEST_CAUSE])


def _is_another(cause: str, question: Question) -> bool:
    """Whether a cause is a drug, and one that the question leaves out."""
    is_a_drug = bool(_DRUGS.search(cause) or find_substances(cause))
    return is_a_drug and not is_told(cause, question.understood)
