"""Whether a library has any word for what is to be treated."""

from __future__ import annotations

import re
from collections.abc import Callable

from osler.answering.understanding.emergencies import EMERGENCY
from osler.answering.understanding.question_scope import subjects_of
from osler.domain import Question, Term
from osler.library.terms import terms
from osler.statements.vocabulary.conditions import (
    broader_names,
    condition_synonyms,
    narrower_names,
)
from osler.statements.vocabulary.substances import belongs_to

GENERIC = frozenset(t for w in ("disease", "syndrome", "disorder", "acute") for t in terms(w))
_AGAINST_INFECTION = ("antibiotic", "antifungal")
# Bacteria and where they go, beside the infection of an organ: doses for these are for sepsis too.
_NOT_OF_AN_ORGAN = frozenset(
    {
        "staphylococcal infection",
        "meticillin-resistant staphylococcus aureus infection",
        "pseudomonas infection",
        "enterococcal infection",
        "e. coli infection",
        "bacteraemia",
    }
)
# "Loading dose: sepsis, weight 82 kg": told among what is told of the patient.
_BY_ITSELF = re.compile(r"(?:^|[,;:.]|\s[-–—])\s*sepsis\s*(?:[,;.]|$)", re.IGNORECASE)


def is_unheard_of(question: Question, frequency_of: Callable[[str], int]) -> bool:
    """Whether no word for any of the conditions to be treated stands in the library."""
    wanted = _to_be_treated(question)
    names = [name for t in wanted for name in (t.name, t.text, *t.synonyms)]
    for t in wanted:
        if not EMERGENCY.search(t.name):
            names += [n for b in broader_names(t.name) for n in (b, *condition_synonyms(b))]
        names += [n for k in narrower_names(t.name) for n in (k, *condition_synonyms(k))]
    return bool(wanted) and not any(_is_heard_of(name, frequency_of) for name in names)


def how_ill(question: Question) -> tuple[str, ...]:
    """What only tells how ill a patient is with an infection that is not named, where something
    against infection is asked for: "vancomycin loading dose, septic", "sepsis, 82 kg"."""
    wanted, drugs = _to_be_treated(question), subjects_of(question)
    told = [t.name for t in wanted if t.name == "sepsis" and _is_told(t, question)]
    against = all(any(belongs_to(d.name, c) for c in _AGAINST_INFECTION) for d in drugs)
    return tuple(told) if drugs and against and len(told) == len(wanted) else ()


def _is_told(sepsis: Term, question: Question) -> bool:
    """Whether sepsis is said of the patient, and is not what the drug is for."""
    return sepsis.text.lower() == "septic" or _BY_ITSELF.search(question.understood) is not None


def is_of_an_organ(setting: frozenset[str]) -> bool:
    """Whether a setting names an illness that is no infection of any place: "cystitis"."""
    return bool(setting - _NOT_OF_AN_ORGAN)


def _to_be_treated(question: Question) -> list[Term]:
    return [
        t
        for t in question.terms
        if t.kind == "condition"
        and t.name not in question.background
        and t.name not in question.patient.absent_conditions
    ]


def _is_heard_of(name: str, frequency_of: Callable[[str], int]) -> bool:
    telling = [word for word in name.split() if not GENERIC.issuperset(terms(word))]
    return bool(telling) and all(map(frequency_of, telling))
