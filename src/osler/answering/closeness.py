"""Of what answers, that which stands close to the best, and what belongs to it in its list."""

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
    BlockKind,
)

MARGIN = 1.3  # how far below the best of its source a candidate may score and still answer
SOURCE_MARGIN = 2.8  # how far below the best of all a source's best may score
FITTING_MARGIN = 4.0  # the same for a source that fits drug, phase and condition
MOST_SIBLINGS = 4  # further lines of the list that an answering line stands in


def close_to_best(answering: list[Scored], widen: float) -> list[Scored]:
    """Those close to the best of their source, of sources close to the best of all.

    Every source that answers has its say: a second position is not crowded out by the
    first one's details.
    """
    best = answering[0].relevance.score
    best_of: dict[str, Scored] = {}
    for scored in answering:
        best_of.setdefault(scored.candidate.source.id, scored)

    # What is for this patient comes first, and does not crowd out what is for every patient.
    floor_of = {
        source: first.relevance.score - max(first.relevance.fit, 0.0)
        for source, first in best_of.items()
    }

    def is_close(scored: Scored) -> bool:
        first = best_of[scored.candidate.source.id]
        margin = FITTING_MARGIN if _fits(first) else SOURCE_MARGIN
        return (
            first.relevance.score >= best - margin - widen
            and scored.relevance.score >= floor_of[scored.candidate.source.id] - MARGIN - widen
        )

    return [scored for scored in answering if is_close(scored)]


def each_source_in_turn(close: list[Scored], limit: int) -> list[Scored]:
    """The best of each source, then the second of each: none crowds out the others."""
    rank: dict[str, int] = {}
    placed = []
    for scored in close:
        source = scored.candidate.source.id
        rank[source] = rank.get(source, -1) + 1
        placed.append((rank[source], scored.key, scored))
    kept = sorted(placed, key=lambda entry: entry[:2])[:limit]
    return sorted((scored for _, _, scored in kept), key=lambda s: s.key)


def of_it_alone(answering: list[Scored], asked: Asked) -> list[Scored]:
    """Without doses of several drugs together, where others are of what is asked alone."""
    return [s for s in answering if not doses_another(s.candidate, asked)] or answering


def _fits(scored: Scored) -> bool:
    relevance = scored.relevance
    return relevance.subject >= 0.9 and relevance.condition >= 0.5 and relevance.phase_match is True


def siblings(close: list[Scored], answering: list[Scored]) -> list[Scored]:
    """Further answering lines of the list that the best line stands in: a schedule is shown
    with all its steps."""
    if not close or not close[0].candidate.lead:
        return []
    best = close[0].candidate
    return [
        s
        for s in answering
        if s not in close
        and s.candidate.source.id == best.source.id
        and s.candidate.lead == best.lead
    ][:MOST_SIBLINGS]


def of_lists_begun(core: list[Scored], judged: list[Scored]) -> list[Scored]:
    """The other items of a list whose lead-in picks out this patient: they belong together."""
    leads = {
        (s.candidate.source.id, s.candidate.lead)
        for s in core
        if s.candidate.lead
        and s.candidate.statement.block is BlockKind.ITEM
        and measures(s)
        and s.relevance.applicability.applies is Applies.YES
    }
    return [
        s
        for s in judged
        if (s.candidate.source.id, s.candidate.lead) in leads
        and s.relevance.applicability.applies is Applies.YES
    ][:MOST_SIBLINGS]


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
