"""Which claims open the answer: at most three, one for each thing asked or side taken."""

from __future__ import annotations

from osler.answering.candidates.aspects import may_be_of
from osler.answering.candidates.subject import subject_of
from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.conflicts import takes_another_side
from osler.answering.disagreeing.sides import Sides
from osler.answering.judging.estimates import has_egfr_alone, refuses_egfr
from osler.answering.judging.scored import (
    ON_THE_SUBJECT,
    PREGNANCY,
    adjusts,
    bars,
    cautions_beside,
    measures,
    rules_out,
)
from osler.answering.opening.definitions import behind_what_names_them
from osler.answering.opening.may_open import may_open
from osler.answering.opening.other_drugs import bars_another_drug
from osler.answering.opening.reversals import with_doses_beside
from osler.answering.opening.schedules import behind_what_they_go_on_from, with_steps_between
from osler.answering.understanding.patient_groups import (
    is_for_named_group,
    is_for_the_young,
    is_special,
)
from osler.answering.understanding.question_scope import Facet, facets_of, is_general
from osler.domain import (
    Applies,
    Aspect,
    BlockKind,
    Criterion,
)
from osler.statements import sentence_spans

MOST_SENTENCES = 3
# In logits of being needed:
NEW_FACET = 2.0
NEW_SOURCE = 2.0
NEW_SIDE = 1.0
WORKED_OUT = 2.0  # for the first dose that is worked out for this patient's weight
NAMED_GROUP = 2.0  # for a special age that the patient is said to be of
FAR_BEHIND = 1.5  # what adds so much less than the best claim does not open the answer


_Key = frozenset[tuple[str, str | None, bool]]


def choose(composed: tuple[Composed, ...], sides: Sides) -> tuple[Composed, ...]:
    """The claims that add most, one after another: likely needed, on something else that is
    asked, from another source or on another side.

    A dose asked for no patient in particular opens with the broad group that most sources
    speak of and with its opposite ("with" and "without malabsorption"). A claim that rests
    on a superseded source alone opens the answer only if nothing current does; one whose dose
    is not plausible never does. What speaks against the drug for this patient comes first, and
    beside it only what is for patients picked out by the same measure. What is for a special
    age that the patient is said to be of comes before what is for everyone.
    """
    question, patient = sides.question, sides.question.patient
    ranked = may_open(composed, question)
    own = [c for c in ranked if not bars_another_drug(c, question)]
    against = [c for c in own if bars(c.scored, question)]
    out = [c for c in against if rules_out(c.scored, question)]
    if out:
        return tuple(_within_sentences([*out, *_fitting(ranked, out)]))
    against += [c for c in ranked if c not in against and adjusts(c.scored, question)]
    if has_egfr_alone(patient) and (refusing := [c for c in ranked if _refuses(c)]):
        against = [*refusing, *against]
        ranked = [c for c in ranked if not _is_by_clearance(c, refusing)]
    chosen = against[:1]
    if is_general(question) and Aspect.DOSE in question.aspects:
        chosen = _broadest(ranked)
    grown = [c for c in ranked if not is_for_the_young(c.claim.statements[0].group, patient)]
    if any(_is_for(c, f) for c in grown for f in facets_of(question)):
        ranked = grown  # who is not known to be a child is answered by what is for adults
    opening = _filled(chosen, ranked, sides)
    on_it = [c for c in opening if any(_is_for(c, f) for f in facets_of(question))]
    best = {_list_of(c): c.scored.logit for c in reversed(ranked) if c in opening}
    opening.sort(
        key=lambda c: (
            c not in against,
            not (c in on_it and is_for_named_group(c.claim.statements[0].group, patient)),
            is_general(question) and _is_for_one_illness(c),
            -round(best.get(_list_of(c), c.scored.logit), 1),  # what is as likely, as it is told
            c.claim.citations[0].start,  # the steps of one list in their order
        )
    )
    opening = behind_what_they_go_on_from(opening)
    opening = with_steps_between(opening, ranked, question.text, _within_sentences)
    opening = with_doses_beside(opening, ranked, question, _within_sentences)
    opening = behind_what_names_them(opening, composed, _within_sentences)
    if question.yes_no:
        opening = _with_cautions(opening, ranked)
    return tuple(opening)


def _with_cautions(opening: list[Composed], ranked: list[Composed]) -> list[Composed]:
    """What gives leave, with what the next sentence of its source warns of right behind it."""
    beside = cautions_beside((c.scored for c in opening), (c.scored for c in ranked))
    cautions = [c for c in ranked if any(c.scored is scored for scored in beside)]
    if not cautions:
        return opening
    kept = [opening[0], *cautions, *(c for c in opening[1:] if c not in cautions)]
    return _within_sentences(kept)


def _is_for_one_illness(item: Composed) -> bool:
    criteria = item.claim.statements[0].group.criteria
    return any(c.attribute == "condition" and not c.negated for c in criteria)


def _refuses(item: Composed) -> bool:
    return refuses_egfr(item.scored.candidate)


def _is_by_clearance(item: Composed, refusing: list[Composed]) -> bool:
    """Whether it is a row for a clearance, of a source that does not take the eGFR for one: which
    of its rows is for this patient nobody can say."""
    source = item.scored.candidate.source.id
    attributes = item.scored.relevance.group.attributes
    return "crcl" in attributes and any(r.scored.candidate.source.id == source for r in refusing)


def _list_of(item: Composed) -> tuple[str, object]:
    """The list that it is a line of, or the claim alone."""
    candidate = item.scored.candidate
    alone = candidate.statement.block is not BlockKind.ITEM or not candidate.lead
    return candidate.source.id, candidate.statement.id if alone else candidate.lead


def _filled(chosen: list[Composed], ranked: list[Composed], sides: Sides) -> list[Composed]:
    """One claim after another, each the one that adds most, while there is room for sentences."""
    kept = _within_sentences(chosen)
    facets = facets_of(sides.question)
    while True:
        room = MOST_SENTENCES - sum(_sentences(c) for c in kept)
        fitting = [c for c in ranked if c not in kept and (not kept or _sentences(c) <= room)]
        if not fitting:
            return kept
        added = {id(c): c.scored.logit + _gain(c, kept, facets, sides) for c in fitting}
        best = max(fitting, key=lambda c: added[id(c)])
        if kept and added[id(best)] < max(c.scored.logit for c in kept) - FAR_BEHIND:
            return kept
        kept.append(best)


def _gain(item: Composed, kept: list[Composed], facets: tuple[Facet, ...], sides: Sides) -> float:
    """What it adds to those kept: something else that is asked, another source or side."""
    covered = [f for f in facets if any(_is_for(c, f) for c in kept)]
    own = [f for f in facets if _is_for(item, f)]
    sources = {c.source_id for one in kept for c in one.claim.citations}
    is_new = sources.isdisjoint(c.source_id for c in item.claim.citations)
    is_new &= _is_on_it(item) or not any(map(_is_on_it, kept))
    return (
        NEW_FACET * any(f not in covered for f in own)
        + NEW_SOURCE * (is_new and bool(own))
        + NAMED_GROUP
        * (bool(own) and is_for_named_group(item.claim.statements[0].group, sides.question.patient))
        + WORKED_OUT * (bool(item.claim.derivations) and not any(c.claim.derivations for c in kept))
        + NEW_SIDE * (bool(kept) and takes_another_side(sides.of(item), map(sides.of, kept)))
    )


def _is_on_it(item: Composed) -> bool:
    """Whether it names the illness asked about or is a document on the drug; what names neither
    is on another illness, and no second opinion."""
    return item.scored.relevance.condition > 0 or bool(item.scored.candidate.title_substances)


def _sentences(item: Composed) -> int:
    return len(sentence_spans(item.claim.text))


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
    by = frozenset().union(*(_picked_by(c) for c in against))
    others = [c for c in ranked if c not in against and c.claim.applies is Applies.YES]
    return [c for c in others if by & _picked_by(c)]


def _picked_by(item: Composed) -> frozenset[str]:
    return measures(item.scored) | (PREGNANCY & item.scored.relevance.group.attributes)


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


def _is_for(item: Composed, facet: Facet) -> bool:
    drug = facet.drug
    if drug is not None and subject_of(item.scored.candidate, (drug,)) < ON_THE_SUBJECT:
        return False
    if facet.aspect is not Aspect.ANY and facet.aspect not in item.scored.relevance.aspects:
        return False
    return facet.phase is None or may_be_of(item.scored.candidate, facet.phase)
