"""Which claims open the answer: at most three, one for each thing asked or side taken."""

from __future__ import annotations

from osler.answering.aspects import phases_of
from osler.answering.compose import Composed
from osler.answering.conflicts import takes_another_side
from osler.answering.question_scope import Facet, facets_of, is_general
from osler.answering.relevance import is_special
from osler.answering.select import bars, measures, rules_out
from osler.answering.sides import side_of
from osler.domain import Applies, Aspect, Criterion, Question, SourceStatus

MOST_SENTENCES = 3
LONGEST = 45  # words; what is longer opens an answer only where nothing shorter does

_Key = frozenset[tuple[str, str | None, bool]]


def choose(composed: tuple[Composed, ...], question: Question) -> tuple[Composed, ...]:
    """The best claim of each facet, then claims that disagree with those, then other groups.

    A dose asked for no patient in particular opens with the broad group that most sources
    speak of and with its opposite ("with" and "without malabsorption"). A claim that rests
    on a superseded source alone opens the answer only if nothing current does; one whose dose
    is not plausible never does. What speaks against the drug for this patient comes first, and
    beside it only what is for patients picked out by the same measure.
    """
    sound = [c for c in composed if c.claim.warning is None]
    ranked = [c for c in sound if not _superseded(c)] or sound
    ranked.sort(key=lambda c: len(c.claim.text.split()) > LONGEST)  # whole rows come last
    against = [c for c in ranked if bars(c.scored, question)]
    out = [c for c in against if rules_out(c.scored)]
    if out:
        return tuple([*out, *_fitting(ranked, out)][:MOST_SENTENCES])
    chosen = against[:1]
    if is_general(question) and Aspect.DOSE in question.aspects:
        chosen = _broadest(ranked)
    for facet in facets_of(question):
        best = next((c for c in ranked if c not in chosen and _is_for(c, facet)), None)
        if best is not None and not any(_is_for(c, facet) for c in chosen):
            chosen.append(best)
    for elsewhere in (True, False):  # what another source says comes first
        for item in ranked:
            told = {c.source_id for one in chosen for c in one.claim.citations}
            new = told.isdisjoint(c.source_id for c in item.claim.citations)
            fresh = new is elsewhere and item not in chosen
            if fresh and _takes_another_side(item, chosen, question):
                chosen.append(item)
    return tuple(sorted(chosen[:MOST_SENTENCES], key=composed.index)) or tuple(ranked[:1])


def _fitting(ranked: list[Composed], against: list[Composed]) -> list[Composed]:
    by = frozenset().union(*(measures(c.scored) for c in against))
    others = [c for c in ranked if c not in against and c.claim.applies is Applies.YES]
    return [c for c in others if by & measures(c.scored)]


def _takes_another_side(item: Composed, chosen: list[Composed], question: Question) -> bool:
    return takes_another_side(side_of(item, question), [side_of(c, question) for c in chosen])


def _broadest(ranked: list[Composed]) -> list[Composed]:
    """One claim for the group that most sources dose, one for the opposite group."""
    groups: dict[_Key, list[Composed]] = {}
    for item in ranked:
        criteria = item.claim.statements[0].group.criteria
        if not any(is_special(c) for c in criteria) and item.scored.relevance.subject > 0.5:
            groups.setdefault(_key(criteria), []).append(item)
    if not groups:
        return []
    named = {key: items for key, items in groups.items() if key} or groups
    first = max(named, key=lambda key: (_sources(named[key]), -ranked.index(named[key][0])))
    chosen = [_most_cited(named[first])]
    opposite = {(attribute, value, not negated) for attribute, value, negated in first}
    for key, items in groups.items():
        if key & opposite:
            chosen.append(_most_cited(items))
            break
    return chosen


def _key(criteria: tuple[Criterion, ...]) -> _Key:
    return frozenset((c.attribute, c.value, c.negated) for c in criteria if c.value != "adult")


def _sources(items: list[Composed]) -> int:
    return len({c.source_id for item in items for c in item.claim.citations})


def _most_cited(items: list[Composed]) -> Composed:
    return max(items, key=lambda item: (len(item.claim.citations), -items.index(item)))


def _superseded(item: Composed) -> bool:
    return item.scored.candidate.source.status is SourceStatus.SUPERSEDED


def _is_for(item: Composed, facet: Facet) -> bool:
    if facet.aspect is not Aspect.ANY and facet.aspect not in item.scored.relevance.aspects:
        return False
    return facet.phase is None or facet.phase in phases_of(item.scored.candidate)
