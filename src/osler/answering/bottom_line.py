"""Which claims open the answer: at most three, one for each thing asked or side taken."""

from __future__ import annotations

from osler.answering.agreement import same_dosages
from osler.answering.aspects import phases_of
from osler.answering.compose import Composed
from osler.answering.conflicts import takes_another_side
from osler.answering.patient_groups import is_for_named_group, is_for_the_young
from osler.answering.question_scope import Facet, facets_of, is_general
from osler.answering.relevance import is_special
from osler.answering.scored import ON_THE_SUBJECT, bars, measures, rules_out
from osler.answering.sides import side_of
from osler.answering.subject import subject_of
from osler.domain import Applies, Aspect, BlockKind, Criterion, Patient, Question, SourceStatus
from osler.statements import sentence_spans

MOST_SENTENCES = 3
OTHER_SOURCE = 1.5  # how far below another source's line a line may score to open beside it
AS_GOOD = 0.2  # how far below another line of its list a line may score to open beside it
LONGEST = 45  # words; what is longer opens an answer only where nothing shorter does

_Key = frozenset[tuple[str, str | None, bool]]


def choose(composed: tuple[Composed, ...], question: Question) -> tuple[Composed, ...]:
    """The best claim of each facet, then claims that disagree with those, then other groups.

    A dose asked for no patient in particular opens with the broad group that most sources
    speak of and with its opposite ("with" and "without malabsorption"). A claim that rests
    on a superseded source alone opens the answer only if nothing current does; one whose dose
    is not plausible never does. What speaks against the drug for this patient comes first, and
    beside it only what is for patients picked out by the same measure. What is for a special
    age that the patient is said to be of comes before what is for everyone.
    """
    patient = question.patient

    def named(item: Composed) -> bool:
        return is_for_named_group(item.claim.statements[0].group, patient)

    sound = [c for c in composed if c.claim.warning is None]
    ranked = [c for c in sound if not _superseded(c)] or sound
    # First what a measured value picks out; whole rows and groups nobody asked about come last.
    ranked.sort(
        key=lambda c: (
            len(c.claim.text.split()) > LONGEST,
            _is_for_few(c, question),
            not _picks_out(c),
            not named(c),
        )
    )
    ranked = [c for c in ranked if not _is_overruled(c, ranked)]
    ranked = [c for i, c in enumerate(ranked) if not any(_repeats(c, b) for b in ranked[:i])]
    against = [c for c in ranked if bars(c.scored, question)]
    out = [c for c in against if rules_out(c.scored)]
    if out:
        return tuple(_within_sentences([*out, *_fitting(ranked, out)]))
    chosen = against[:1]
    if is_general(question) and Aspect.DOSE in question.aspects:
        chosen = _broadest(ranked)
    facets = facets_of(question)
    for facet in facets:
        best = next((c for c in ranked if c not in chosen and _is_for(c, facet)), None)
        told = [c for c in chosen if _is_for(c, facet)]
        if best is not None and (not told or (named(best) and not any(named(c) for c in told))):
            chosen.append(best)
    if chosen:  # who is not known to be a child is answered by what is for adults
        ranked = [
            c
            for c in ranked
            if c in chosen or not is_for_the_young(c.claim.statements[0].group, patient)
        ]
    for facet in facets:  # then what another source says of the same
        for item in ranked:
            sources = {c.source_id for one in chosen for c in one.claim.citations}
            new = sources.isdisjoint(c.source_id for c in item.claim.citations)
            close = bool(chosen) and _is_close(item, chosen[0])
            if new and close and item not in chosen and _is_for(item, facet):
                chosen.append(item)
    for item in ranked:  # then the lines beside it in its list or table
        if item not in chosen and any(_stands_beside(item, c) for c in chosen):
            chosen.append(item)
    for item in ranked:
        if item not in chosen and _takes_another_side(item, chosen, question):
            chosen.append(item)
    opening = sorted(
        _within_sentences(chosen),
        key=lambda c: (not _picks_out(c), not named(c), composed.index(c)),
    )
    return tuple(opening) or tuple(ranked[:1])


def _within_sentences(chosen: list[Composed]) -> list[Composed]:
    """The first, and after it what keeps the opening to `MOST_SENTENCES`."""
    kept: list[Composed] = []
    room = MOST_SENTENCES
    for item in chosen:
        length = len(sentence_spans(item.claim.text))
        if not kept or length <= room:
            kept.append(item)
            room -= length
    return kept


def _fitting(ranked: list[Composed], against: list[Composed]) -> list[Composed]:
    by = frozenset().union(*(measures(c.scored) for c in against))
    others = [c for c in ranked if c not in against and c.claim.applies is Applies.YES]
    return [c for c in others if by & measures(c.scored)]


def _takes_another_side(item: Composed, chosen: list[Composed], question: Question) -> bool:
    return takes_another_side(side_of(item, question), [side_of(c, question) for c in chosen])


def _is_close(item: Composed, best: Composed) -> bool:
    """Whether another source's line is as much to the point, whomever it is for."""
    one, other = item.scored.relevance, best.scored.relevance
    return one.score - one.fit >= other.score - other.fit - OTHER_SOURCE


def _stands_beside(item: Composed, chosen: Composed) -> bool:
    """Whether it is another line of the same list or table, as much to the point."""
    one, other = item.scored, chosen.scored
    lead = [s.candidate.lead or s.candidate.headings[-1:] for s in (one, other)]
    return (
        one.candidate.source.id == other.candidate.source.id
        and one.candidate.statement.block
        is other.candidate.statement.block
        is not BlockKind.PARAGRAPH
        and lead[0] == lead[1]
        and one.relevance.score >= other.relevance.score - AS_GOOD
    )


def _picks_out(item: Composed) -> bool:
    """Whether it is for patients of a measured value, and this one has it."""
    judged = item.scored.relevance.applicability
    met = any(c.isdigit() for reason in judged.because for c in reason)
    return bool(measures(item.scored)) and (
        judged.applies is Applies.YES or (judged.applies is Applies.UNKNOWN and met)
    )


def _is_overruled(item: Composed, all_: list[Composed]) -> bool:
    """Whether its source gives a dose to patients of a measured value that this one has, and
    this dose to others: "5 mg; 2.5 mg under 60 kg"."""
    if not item.claim.dosages or _picks_out(item):
        return False
    source, phases = item.scored.candidate.source.id, phases_of(item.scored.candidate)
    return any(
        other.claim.dosages
        and _picks_out(other)
        and other.scored.candidate.source.id == source
        and phases_of(other.scored.candidate) == phases
        and not same_dosages(item.claim.dosages, other.claim.dosages)
        for other in all_
    )


def _repeats(item: Composed, before: Composed) -> bool:
    """Whether its source gives this patient the same dose of the same drug in another line."""
    one, other = item.scored.candidate, before.scored.candidate
    return (
        one.source.id == other.source.id
        and item.claim.applies is before.claim.applies is Applies.YES
        and bool(item.claim.dosages)
        and same_dosages(item.claim.dosages, before.claim.dosages)
        and one.own_substances == other.own_substances
        and one.setting == other.setting
        and phases_of(one) == phases_of(other)
    )


def _is_for_few(item: Composed, question: Question) -> bool:
    """Whether it is for a special group of which the question does not say a word."""
    open_ = item.claim.applies is not Applies.YES and not _picks_out(item)
    criteria = item.claim.statements[0].group.criteria
    return question.patient != Patient() and open_ and any(is_special(c) for c in criteria)


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
    drug = facet.drug
    if drug is not None and subject_of(item.scored.candidate, (drug,)) < ON_THE_SUBJECT:
        return False
    if facet.aspect is not Aspect.ANY and facet.aspect not in item.scored.relevance.aspects:
        return False
    stated = phases_of(item.scored.candidate)
    return facet.phase is None or not stated or facet.phase in stated
