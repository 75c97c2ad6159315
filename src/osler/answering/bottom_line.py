"""Which claims open the answer: at most three, one for each thing asked or side taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.agreement import same_dosages
from osler.answering.allergens import is_of_an_allergen
from osler.answering.aspects import phases_of
from osler.answering.candidate import terms_of
from osler.answering.compose import Composed
from osler.answering.conflicts import takes_another_side
from osler.answering.estimates import has_egfr_alone, refuses_egfr
from osler.answering.families import family_of
from osler.answering.patient_groups import is_for_named_group, is_for_the_young
from osler.answering.question_scope import Facet, facets_of, is_general
from osler.answering.relevance import is_special
from osler.answering.rows import phases_named
from osler.answering.scored import (
    ON_THE_SUBJECT,
    PREGNANCY,
    adjusts,
    bars,
    cautions_beside,
    measures,
    rules_out,
)
from osler.answering.sides import Sides, treated
from osler.answering.subject import best_relation, subject_of
from osler.domain import (
    Applies,
    Aspect,
    BlockKind,
    Criterion,
    Phase,
    Question,
    SourceStatus,
)
from osler.statements import sentence_spans
from osler.statements.conditions import broader_names

MOST_SENTENCES = 3
# In logits of being needed:
NEW_FACET = 2.0
NEW_SOURCE = 2.0
NEW_SIDE = 1.0
WORKED_OUT = 2.0  # for the first dose that is worked out for this patient's weight
NAMED_GROUP = 2.0  # for a special age that the patient is said to be of
FAR_BEHIND = 3.0  # what adds so much less than the best claim does not open the answer

# What is for when the first choice cannot be had, which opens no answer unless it is asked for.
_SECOND_CHOICE = re.compile(
    r"\b(?:is|are|as) (?:an? |the )?(?:\w+ )?alternatives?\b|\bsecond[- ](?:line|choice)|"
    r"\b(?:if|when|where)\b[^.;]{0,60}\b(?:not|un)[ -]?(?:be )?available|\balternatively\b|"
    r"\binstead of\b|\balternatives?\b(?=.*\?)",
    re.IGNORECASE,
)

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
    sound = [c for c in composed if c.claim.warning is None]
    ranked = [c for c in sound if not _superseded(c)] or sound
    ranked.sort(key=lambda c: -c.scored.logit)
    ranked = [c for c in ranked if not is_of_an_allergen(c.scored.candidate, question)] or ranked
    ranked = [c for c in ranked if not _is_of_another_drug(c, question)] or ranked
    if not _SECOND_CHOICE.search(question.text):
        ranked = [c for c in ranked if not _is_second_choice(c)] or ranked
    ranked = [c for c in ranked if not _is_beside_doses(c, question)] or ranked
    ranked = [c for c in ranked if not _is_set_elsewhere(c, ranked)]
    ranked = [c for c in ranked if not _is_on_its_kin(c, composed, question)] or ranked
    ranked = [c for c in ranked if not _is_another_row(c, composed, question)] or ranked
    ranked = [c for c in ranked if not _is_for_another_organ(c, ranked)]
    ranked = [c for c in ranked if not _is_from_elsewhere(c, question)] or ranked
    ranked = [c for c in ranked if not _is_overruled(c, ranked, question)]
    ranked = [c for i, c in enumerate(ranked) if not any(_repeats(c, b) for b in ranked[:i])]
    against = [c for c in ranked if bars(c.scored, question)]
    out = [c for c in against if rules_out(c.scored)]
    if out:
        return tuple(_within_sentences([*out, *_fitting(ranked, out)]))
    against += [c for c in ranked if c not in against and adjusts(c.scored, question)]
    if has_egfr_alone(patient) and (refusing := [c for c in ranked if _refuses(c)]):
        against = [*refusing, *against]
        ranked = [c for c in ranked if not _is_by_clearance(c, refusing)]
    chosen = against[:1]
    if is_general(question) and Aspect.DOSE in question.aspects:
        chosen = _broadest(ranked)
    if any(not is_for_the_young(c.claim.statements[0].group, patient) for c in ranked):
        # Who is not known to be a child is answered by what is for adults.
        ranked = [c for c in ranked if not is_for_the_young(c.claim.statements[0].group, patient)]
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


def _is_second_choice(item: Composed) -> bool:
    """Whether it is for when the first choice cannot be had, and doses no other before that."""
    found = _SECOND_CHOICE.search(item.claim.text)
    return found is not None and all(d.start > found.start() for d in item.claim.dosages)


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


def _is_from_elsewhere(item: Composed, question: Question) -> bool:
    """Whether its document is on other drugs than those of the question, by its title."""
    asked = tuple(t for t in question.terms if t.kind in ("substance", "co-drug"))
    titled = item.scored.candidate.title_substances
    return bool(asked) and bool(titled) and not best_relation(asked, titled)


def _gain(item: Composed, kept: list[Composed], facets: tuple[Facet, ...], sides: Sides) -> float:
    """What it adds to those kept: something else that is asked, another source or side."""
    covered = [f for f in facets if any(_is_for(c, f) for c in kept)]
    own = [f for f in facets if _is_for(item, f)]
    sources = {c.source_id for one in kept for c in one.claim.citations}
    is_new = sources.isdisjoint(c.source_id for c in item.claim.citations)
    return (
        NEW_FACET * any(f not in covered for f in own)
        + NEW_SOURCE * (is_new and bool(own))
        + NAMED_GROUP
        * (bool(own) and is_for_named_group(item.claim.statements[0].group, sides.question.patient))
        + WORKED_OUT * (bool(item.claim.derivations) and not any(c.claim.derivations for c in kept))
        + NEW_SIDE * (bool(kept) and takes_another_side(sides.of(item), map(sides.of, kept)))
    )


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


def _picks_out(item: Composed, question: Question) -> bool:
    """Whether it is for patients of a measured value or a special age, and this one is of them."""
    judged = item.scored.relevance.applicability
    if judged.applies is Applies.YES and is_for_named_group(
        item.claim.statements[0].group, question.patient
    ):
        return True
    group = item.scored.relevance.group
    excepted = any(c.negated and c.attribute == "other" for c in group.criteria)
    met = any(c.isdigit() for reason in judged.because for c in reason) and not excepted
    return bool(measures(item.scored)) and (
        judged.applies is Applies.YES or (judged.applies is Applies.UNKNOWN and met)
    )


def _is_beside_doses(item: Composed, question: Question) -> bool:
    """Whether its amounts are no answer: what a product holds, where a dose is asked for; any
    dose, where only who must not have the drug is.
    """
    asked = set(question.aspects)
    answers = bool(item.scored.relevance.aspects & asked)
    matters = Aspect.DOSE in asked or asked == {Aspect.CONTRAINDICATION}
    return matters and bool(item.claim.dosages) and not answers


def _is_of_another_drug(item: Composed, question: Question) -> bool:
    """Whether its dose is not of the drug asked about: "folic acid the day after methotrexate"."""
    names_a_drug = any(t.kind == "substance" for t in question.terms)
    return (
        names_a_drug and bool(item.claim.dosages) and item.scored.relevance.subject < ON_THE_SUBJECT
    )


def _is_set_elsewhere(item: Composed, all_: list[Composed]) -> bool:
    """Whether it stands under another problem, where others are on the one asked about."""
    best = max(c.scored.relevance.condition for c in all_)
    return bool(item.scored.candidate.setting) and item.scored.relevance.condition < best / 2


def _is_on_its_kin(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether its dose is for a broader illness by its own words, and another claim for this very
    one: of candidaemia, what is said of thrush."""
    wanted = treated(question)
    own = item.scored.candidate.own_conditions
    if not item.claim.dosages or not own or own & wanted:
        return False
    broader = {name for w in wanted for name in broader_names(w)}
    return own <= broader and any(
        c.claim.dosages and c.scored.candidate.own_conditions & wanted for c in all_
    )


def _is_another_row(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether it is a row of a table of which another row is labelled as what is asked about, and
    their labels share nothing: "Esophageal" beside "Candidemia"."""
    wanted, own = treated(question), item.scored.candidate
    family = family_of(own.statement) if own.statement.block is BlockKind.ROW else None
    if family is None or own.own_conditions & wanted:
        return False
    label = _label_words(own.statement.text)
    return any(
        family_of(c.scored.candidate.statement) == family
        and c.scored.candidate.own_conditions & wanted
        and not label & _label_words(c.scored.candidate.statement.text)
        for c in all_
    )


_ORGANS = frozenset({"dialysis", "renal failure", "end-stage renal disease", "transplant"})


def _is_for_another_organ(item: Composed, all_: Sequence[Composed]) -> bool:
    """Whether its dose is for those on dialysis or the like, of which the question says nothing,
    and another dose of the drug for this patient stands beside it."""
    special = {c.value for c in item.claim.statements[0].group.criteria if not c.negated}
    return (
        bool(item.claim.dosages and special & _ORGANS)
        and item.claim.applies is Applies.UNKNOWN
        and any(c.claim.dosages and c.claim.applies is Applies.YES for c in all_)
    )


def _label_words(row: str) -> frozenset[str]:
    return terms_of(row.partition("; ")[0].rpartition(": ")[2])


def _is_overruled(item: Composed, all_: list[Composed], question: Question) -> bool:
    """Whether its source gives a dose of the drug to patients of a measured value, a special age
    or an illness that this one has, and this dose to others: "5 mg; 2.5 mg under 60 kg"."""
    if not item.claim.dosages or _picks_out(item, question):
        return False
    is_for_the_ill = _is_for_an_illness(item, question)
    return any(
        other.claim.dosages
        and (
            _picks_out(other, question)
            or (not is_for_the_ill and _is_for_an_illness(other, question))
        )
        and _is_on_the_same(item, other)
        and not same_dosages(item.claim.dosages, other.claim.dosages)
        for other in all_
    )


def _is_for_an_illness(item: Composed, question: Question) -> bool:
    """Whether its own words pick out patients by an illness that this one has beside what is to
    be treated, or beside a pregnancy."""
    if item.scored.relevance.applicability.applies is not Applies.YES:
        return False
    statement = item.scored.candidate.statement
    is_with_child = question.patient.pregnancy in ("pregnant", "planning")
    return any(
        c.attribute == "condition"
        and not c.negated
        and c.text in statement.text
        and (is_with_child or c.value in question.background)
        for c in statement.group.criteria
    )


def _is_on_the_same(item: Composed, other: Composed) -> bool:
    """Whether both are of one source, drug and phase."""
    one, two = item.scored.candidate, other.scored.candidate
    drugs = set(one.statement.substances) & set(two.statement.substances)
    phases = _phases(item)
    same_phase = (
        phases in (_phases(other), phases_of(two))
        or bool(phases & _phases(other))
        or (not phases and len(other.claim.dosages) > 1)
    )
    return one.source.id == two.source.id and bool(drugs) and same_phase


def _phases(item: Composed) -> frozenset[Phase]:
    """The phases of its doses; of a row, those of the columns that the claim keeps."""
    stated = phases_of(item.scored.candidate)
    if item.scored.candidate.statement.block is not BlockKind.ROW:
        return stated
    parts = re.split(r"[:;]\s", item.claim.text)
    return stated & {phase for part in parts for phase in phases_named(part.strip())}


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
