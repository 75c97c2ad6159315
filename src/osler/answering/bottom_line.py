"""Which claims open the answer: at most three, one for each thing asked or side taken."""

from __future__ import annotations

from osler.answering.agreement import disagree
from osler.answering.compose import Composed
from osler.answering.relevance import SPECIAL_ATTRIBUTES, SPECIAL_STAGES, phases_of
from osler.answering.select import Facet
from osler.domain import Aspect, SourceStatus

MOST_SENTENCES = 3


def choose(composed: tuple[Composed, ...], facets: tuple[Facet, ...]) -> tuple[Composed, ...]:
    """The best claim of each facet, then claims that disagree with those, then other groups.

    A claim that rests on a superseded source alone opens the answer only if nothing
    current does.
    """
    ranked = [c for c in composed if not _superseded(c)] or list(composed)
    chosen: list[Composed] = []
    for facet in facets:
        if len(chosen) == MOST_SENTENCES:
            break
        best = next((c for c in ranked if c not in chosen and _is_for(c, facet)), None)
        if best is not None:
            chosen.append(best)
    if not chosen:
        chosen = ranked[:1]
    for item in ranked:
        if len(chosen) == MOST_SENTENCES:
            break
        if item not in chosen and any(disagree(item.claim, c.claim) for c in chosen):
            chosen.append(item)
    for item in ranked:
        if len(chosen) == MOST_SENTENCES:
            break
        if item not in chosen and _speaks_for_others(item, chosen):
            chosen.append(item)
    return tuple(sorted(chosen, key=composed.index))


def _superseded(item: Composed) -> bool:
    return item.scored.candidate.source.status is SourceStatus.SUPERSEDED


def _is_for(item: Composed, facet: Facet) -> bool:
    if facet.aspect is not Aspect.ANY and facet.aspect not in item.scored.relevance.aspects:
        return False
    return facet.phase is None or facet.phase in phases_of(item.scored.candidate)


def _speaks_for_others(item: Composed, chosen: list[Composed]) -> bool:
    """Whether it gives a dose for a broad group that no chosen claim speaks of."""
    criteria = item.claim.statements[0].group.criteria
    if not item.claim.dosages or not criteria:
        return False
    if any(c.attribute in SPECIAL_ATTRIBUTES or c.value in SPECIAL_STAGES for c in criteria):
        return False
    spoken_for = {
        (c.attribute, c.value, c.negated)
        for other in chosen
        for c in other.claim.statements[0].group.criteria
    }
    return not {(c.attribute, c.value, c.negated) for c in criteria} & spoken_for
