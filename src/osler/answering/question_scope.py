"""How wide a question is, and the single things that it asks."""

from __future__ import annotations

from dataclasses import dataclass

from osler.domain import Aspect, Patient, Phase, Question


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing asked: an aspect, and for doses the phase."""

    aspect: Aspect
    phase: Phase | None = None


def facets_of(question: Question) -> tuple[Facet, ...]:
    """Each aspect that is asked; doses once for each phase."""
    facets: list[Facet] = []
    for aspect in question.aspects:
        if aspect is Aspect.DOSE and question.phases:
            facets += [Facet(aspect, phase) for phase in question.phases]
        else:
            facets.append(Facet(aspect))
    return tuple(facets)


def is_general(question: Question) -> bool:
    """Whether no patient, condition or other drug narrows the question down."""
    return question.patient == Patient() and not any(
        term.kind != "substance" for term in question.terms
    )
