"""Of what answers, that which is on what is asked and nothing else."""

from __future__ import annotations

from osler.answering.eligibility import ON_TOPIC
from osler.answering.relevance import (
    Asked,
    doses_another,
)
from osler.answering.scored import (
    Scored,
    measures,
)
from osler.answering.subject import best_relation
from osler.domain import (
    Applies,
)


def of_it_alone(answering: list[Scored], asked: Asked) -> list[Scored]:
    """Without doses of several drugs together, where others are of what is asked alone."""
    return [s for s in answering if not doses_another(s.candidate, asked)] or answering


def not_of_others(answering: list[Scored]) -> list[Scored]:
    """Without the items of a list for other patients, where one item picks this one out."""
    leads = {
        (s.candidate.source.id, s.candidate.lead)
        for s in answering
        if s.candidate.lead and measures(s) and s.relevance.applicability.applies is Applies.YES
    }
    return [
        s
        for s in answering
        if s.relevance.applicability.applies is Applies.YES
        or (s.candidate.source.id, s.candidate.lead) not in leads
    ]


def to_the_point(answering: list[Scored], asked: Asked) -> list[Scored]:
    """Without documents on another drug or condition, where others are on what is asked."""
    best = max((s.relevance.condition for s in answering), default=0.0)
    if best < ON_TOPIC:
        return answering

    def is_beside(s: Scored) -> bool:
        named = [bool(best_relation(asked.subjects, (n,))) for n in s.candidate.title_substances]
        elsewhere = not all(named) or (bool(s.candidate.setting) and not any(named))
        return s.relevance.condition == 0 and bool(asked.subjects) and elsewhere

    return [s for s in answering if not is_beside(s)]
