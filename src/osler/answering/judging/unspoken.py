"""Conditions that a drug is asked about in, and of which nothing on the drug says a word.

Silence on cirrhosis is no leave in cirrhosis; what is barred in pregnancy does not answer for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.subject import subject_of
from osler.answering.judging.relevance import Asked, joins_drugs, names_co_drug, names_condition
from osler.answering.judging.scored import ON_THE_SUBJECT, Scored, bars
from osler.answering.understanding.lived_with import lived_with, told_before_leave
from osler.domain import Applies
from osler.library.terms import terms
from osler.statements.vocabulary.conditions import (
    broader_names,
    condition_synonyms,
)

# Words that many illnesses share: "failure" alone does not speak of the heart's.
_OF_MANY = (
    "disease syndrome disorder acute chronic severe failure impairment insufficiency impaired "
    "dysfunction function poor reduced low high infection injury attack primary secondary type "
    "blood pressure pain clot deep venous problem the of in"
)
_SHARED = frozenset(terms(_OF_MANY))
# What speaks of an organ without naming it.
_MEASURED_BY = {
    "liver hepatic": "pugh transaminases ALT bilirubin",
    "kidney renal": "creatinine clearance eGFR CrCl GFR dialysis haemodialysis",
    "thyroid": "TSH thyroxine",
    "heart cardiac": "ejection LVEF",
}
_SHORT = 5  # letters: "ALT" does not begin "alternative"
_OF_THE_ILL = frozenset({"condition", "age", "life stage", "sex"})


def unspoken(candidates: Iterable[Candidate], asked: Asked) -> tuple[str, ...]:
    """The conditions that the drug is to be given in and that no candidate on it speaks of, be it
    by a kind of it, by what it is a kind of, or by one word of its own for any of these."""
    wanted = (*lived_with(asked.question), *told_before_leave(asked.question))
    if not (wanted and asked.subjects):
        return ()
    on_it = _on_the_drug(candidates, asked)
    return tuple(t.name for t in wanted if not any(_speaks_of(c, t.name, t.text) for c in on_it))


def _on_the_drug(candidates: Iterable[Candidate], asked: Asked) -> list[Candidate]:
    return [c for c in candidates if subject_of(c, asked.subjects) >= ON_THE_SUBJECT]


def is_leave_asked_in(
    names: tuple[str, ...], candidates: Iterable[Candidate], asked: Asked
) -> bool:
    """Whether leave is asked, and in no other conditions than these but for what the drug is dosed
    for: "AF and cirrhosis. Is apixaban ok?" asks for leave in cirrhosis."""
    if not (names and OF_LEAVE & set(asked.question.aspects)):
        return False
    told = (*lived_with(asked.question), *told_before_leave(asked.question))
    within = {term.name for term in told} - set(names)
    dosed = [c for c in _on_the_drug(candidates, asked) if c.dosages] if within else []
    return all(any(names_condition(c, name) for c in dosed) for name in within)


def is_of_the_rest(scored: Scored, asked: Asked) -> bool:
    """Whether it answers for something else of this patient: it bars the drug, it is on another
    drug that is taken, or it is for who has more in common than the illness and the age."""
    candidate = scored.candidate
    if bars(scored, asked.question) or joins_drugs(candidate, asked):
        return True
    if names_co_drug(candidate, asked):
        return True
    relevance = scored.relevance
    beside = relevance.group.attributes - _OF_THE_ILL
    return bool(beside) and relevance.applicability.applies is Applies.YES


def _speaks_of(candidate: Candidate, condition: str, typed: str) -> bool:
    if names_condition(candidate, condition):
        return True
    return any(
        stem in candidate.terms if len(stem) < _SHORT else f" {stem}" in candidate.term_line
        for stem in _stems(condition, typed)
    )


@lru_cache(maxsize=1024)
def _stems(condition: str, typed: str) -> frozenset[str]:
    """How the telling words of a condition begin, by its names and those of what it is a kind of,
    with what its organ is measured by."""
    related = (condition, typed, *broader_names(condition))
    names = [name for each in related for name in (each, *condition_synonyms(each))]
    words = {t for name in names for t in terms(name)} - _SHARED
    for organ, measures in _MEASURED_BY.items():
        if words & set(terms(organ)):
            words |= set(terms(measures))
    return frozenset(w[: max(5, len(w) - 2)] for w in words if len(w) > 2)
