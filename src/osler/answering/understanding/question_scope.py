"""How wide a question is, and the single things that it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.answering.candidates.subject import relation
from osler.domain import Aspect, Patient, Phase, Question, Term
from osler.statements.vocabulary.substances import base_of


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing asked: an aspect, for doses the phase, and of several drugs which one."""

    aspect: Aspect
    phase: Phase | None = None
    drug: Term | None = None  # None where one drug is asked about, or none


def subjects_of(question: Question) -> tuple[Term, ...]:
    """The drugs asked about, without what another of them is a form or a class of.

    "Cyanocobalamin (vitamin B12)" asks for one; so does "statin: which atorvastatin dose".
    """
    subjects = tuple(t for t in question.terms if t.kind == "substance")
    bases = {base_of(s.name) for s in subjects if base_of(s.name) != s.name}
    return tuple(s for s in subjects if s.name not in bases)


# What is told for each of several drugs.
_BY_DRUG = frozenset(
    {Aspect.DOSE, Aspect.MONITORING, Aspect.DURATION, Aspect.INTERVAL, Aspect.RATE}
)


def facets_of(question: Question) -> tuple[Facet, ...]:
    """Each aspect that is asked; doses first, once for each phase and each of several drugs.

    A line that states a dose often states its interval and duration too.
    """
    subjects = [
        s
        for s in subjects_of(question)
        if not any(relation(s.name, t.name) for t in subjects_of(question) if t is not s)
    ]
    whole = _asks_beyond_phases(question)
    drugs: list[Term | None] = [*subjects] if len(subjects) > 1 else [None]
    facets: list[Facet] = []
    for aspect in sorted(question.aspects, key=lambda a: a is not Aspect.DOSE):
        if aspect not in _BY_DRUG:
            facets.append(Facet(aspect))
        elif aspect is not Aspect.DOSE:
            facets += [Facet(aspect, drug=drug) for drug in drugs]
        elif question.phases and len(drugs) == 1:
            facets += [Facet(aspect)] * whole
            facets += [Facet(aspect, phase) for phase in question.phases]
        else:
            facets += [Facet(aspect, drug=drug) for drug in drugs]
    return tuple(facets)


_DOSE = re.compile(r"\b(?:dos(?:e|es|age|ing)|how much|regimen)\b", re.IGNORECASE)
_OF_A_PHASE = re.compile(
    r"\b(?:start\w*|initial|first|loading|maintenance|max\w*|titrat\w*|prophyla\w*|usual)\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)


def _asks_beyond_phases(question: Question) -> bool:
    """Whether a dose is asked for beside that of a phase: "dose, max per day, gap"."""
    text = question.understood
    return any(
        not _OF_A_PHASE.search(text, 0, found.start()) and _LISTED.match(text, found.end())
        for found in _DOSE.finditer(text)
    )


_LISTED = re.compile(r"\s*(?:,|;|and|\+|&|/|plus)\s*(?:the\s+)?\w")


def is_general(question: Question) -> bool:
    """Whether no patient, condition or other drug narrows the question down."""
    return question.patient == Patient() and not any(
        term.kind != "substance" for term in question.terms
    )


def times_tests(question: Question) -> bool:
    """Whether the intervals asked for are of tests and not of doses: "what bloods, how often?" """
    asked = set(question.aspects)
    return {Aspect.MONITORING, Aspect.INTERVAL} <= asked and Aspect.DOSE not in asked
