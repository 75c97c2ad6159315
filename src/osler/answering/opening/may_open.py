"""Which claims may open an answer: what is for something else, or better said, does not."""

from __future__ import annotations

from collections.abc import Sequence

from osler.answering.advising.agreement import same_dosages
from osler.answering.candidates.aspects import phases_of
from osler.answering.candidates.rows import substances_of_cells
from osler.answering.candidates.subject import best_relation
from osler.answering.composing.compose import Composed
from osler.answering.judging.allergens import doses_an_allergen, is_of_an_allergen
from osler.answering.judging.kidneys import (
    is_for_the_dialysed,
)
from osler.answering.judging.misfits import misfits
from osler.answering.judging.scored import (
    ON_THE_SUBJECT,
    measures,
)
from osler.answering.judging.since import time_met
from osler.answering.opening.all_ages import holds_all_ages
from osler.answering.opening.beside_treatment import is_beside_the_treatment
from osler.answering.opening.its_kin import is_on_its_kin
from osler.answering.opening.looks_past import (
    FILTRATION,
    is_for_the_sound,
    is_said_of_dialysis,
    looks_past_kidneys,
)
from osler.answering.opening.other_causes import is_of_what_a_drug_caused
from osler.answering.opening.other_needs import (
    is_for_another_need,
    only_discourages,
    phases_shown,
)
from osler.answering.opening.second_choice import (
    asks_second_choice,
    is_for_want_of_the_drug,
    is_second_choice,
)
from osler.answering.opening.set_elsewhere import is_set_elsewhere
from osler.answering.opening.taken_alone import is_for_the_drug_alone
from osler.answering.opening.untold_people import is_for_an_untold_illness, is_for_some_untold
from osler.answering.understanding.drug_roles import ruled_out
from osler.answering.understanding.patient_groups import is_for_named_group, is_pregnant
from osler.domain import (
    Applies,
    Aspect,
    DosageRole,
    Phase,
    Question,
    SourceStatus,
)
from osler.statements.groups.applicability import open_criteria
from osler.statements.groups.growth import is_a_child
from osler.statements.groups.kidneys import is_dialysed
from osler.statements.vocabulary.substances import belongs_to, is_class


def may_open(composed: tuple[Composed, ...], question: Question) -> list[Composed]:
    """The claims that may open an answer, the likeliest first.

    A filter that would leave nothing is not applied, where the question has to be answered.
    """
    sound = [c for c in composed if c.claim.warning is None]
    ranked = [c for c in sound if not _superseded(c)] or sound
    ranked.sort(key=lambda c: -c.scored.logit)
    ranked = [c for c in ranked if not is_of_an_allergen(c.scored.candidate, question)] or ranked
    ranked = [c for c in ranked if not _doses_an_allergen(c, question)] or ranked
    ranked = [c for c in ranked if not _is_of_another_drug(c, question)] or ranked
    ranked = [c for c in ranked if not _is_ruled_out(c, ruled_out(question.text))] or ranked
    ranked = [c for c in ranked if not misfits(c.scored.candidate, question)]
    ranked = [c for c in ranked if not is_for_the_drug_alone(c, composed, question)]
    if not asks_second_choice(question):
        ranked = [c for c in ranked if not is_second_choice(c)] or ranked
    ranked = [c for c in ranked if not is_for_want_of_the_drug(c, ranked, question)]
    ranked = [c for c in ranked if not _is_beside_doses(c, question)] or ranked
    ranked = [c for c in ranked if not is_beside_the_treatment(c, question)] or ranked
    ranked = [c for c in ranked if not _leads_in(c, composed)] or ranked
    ranked = [c for c in ranked if not is_set_elsewhere(c, composed, question)]
    ranked = [c for c in ranked if not is_of_what_a_drug_caused(c, question)]
    ranked = [c for c in ranked if not is_on_its_kin(c, composed, question)] or ranked
    ranked = [c for c in ranked if not is_for_another_need(c, ranked, question)] or ranked
    ranked = [c for c in ranked if not only_discourages(c, ranked, question)]
    ranked = [c for c in ranked if not _is_for_a_wider_time(c, ranked, question)]
    ranked = [c for c in ranked if not _may_be_for_others(c, ranked, question)]
    ranked = [c for c in ranked if not is_for_some_untold(c, ranked, question)]
    ranked = [c for c in ranked if not is_for_an_untold_illness(c, ranked, question)]
    ranked = [c for c in ranked if not _is_by_what_is_not_told(c, ranked)]
    ranked = _without_doses_from_elsewhere(ranked, question)
    ranked = [c for c in ranked if not _is_by_a_band_alone(c, ranked, question)]
    ranked = [c for c in ranked if not _is_overruled(c, ranked, question)]
    ranked = [c for c in ranked if not holds_all_ages(c, ranked)]
    ranked = [c for c in ranked if not looks_past_kidneys(c, ranked, question)]
    ranked = [c for c in ranked if not is_for_the_sound(c, ranked, composed, question)]
    ranked = [c for i, c in enumerate(ranked) if not any(_repeats(c, b) for b in ranked[:i])]
    return ranked


def _is_for_a_wider_time(item: Composed, all_: list[Composed], question: Question) -> bool:
    """Whether its source says of the drug what to do in a part of the time that it is for, and the
    patient's lies in that: "more than 8 hours ago" beside "more than 24 hours ago"."""
    met = time_met(item.scored.candidate, question)
    statement = item.scored.candidate.statement
    drugs = substances_of_cells(statement)
    return met is not None and any(
        (nearer := time_met(c.scored.candidate, question)) is not None
        and nearer[0].is_in(met[0])
        and c.scored.candidate.source.id == statement.source_id
        and drugs & substances_of_cells(c.scored.candidate.statement)
        for c in all_
        if c is not item
    )


def _without_doses_from_elsewhere(ranked: list[Composed], question: Question) -> list[Composed]:
    """Without doses of documents on other drugs than those of the question, by their titles.

    What is told of a drug elsewhere may well answer: when its level is treated, under the antidote.
    Where a dose is asked for and nothing else is known of the drug, its doses do.
    """
    elsewhere = [c for c in ranked if _is_from_elsewhere(c, question)]
    if len(elsewhere) == len(ranked) and Aspect.DOSE in question.aspects:
        return ranked
    return [c for c in ranked if c not in elsewhere or not c.claim.dosages] or ranked


def _is_from_elsewhere(item: Composed, question: Question) -> bool:
    """Whether the title of its document names other drugs, and not only classes of them."""
    asked = tuple(t for t in question.terms if t.kind in ("substance", "co-drug"))
    titled = item.scored.candidate.title_substances
    return bool(asked) and not all(map(is_class, titled)) and not best_relation(asked, titled)


def picks_out(item: Composed, question: Question) -> bool:
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


def _leads_in(item: Composed, all_: Sequence[Composed]) -> bool:
    """Whether it only leads in or heads what other claims say, and doses nothing itself."""
    one = item.claim.statements[0]
    return not item.claim.dosages and any(
        context.start <= one.start and one.end <= context.end and context.role in _LEADS
        for other in all_
        if other is not item and other.claim.statements[0].source_id == one.source_id
        for context in other.claim.statements[0].context
    )


_LEADS = frozenset({"lead-in", "parent", "label", "caption"})


def _doses_an_allergen(item: Composed, question: Question) -> bool:
    return doses_an_allergen(item.claim.text, item.claim.dosages, question)


def _is_of_another_drug(item: Composed, question: Question) -> bool:
    """Whether its dose is not of the drug asked about: "folic acid the day after methotrexate"."""
    names_a_drug = any(t.kind == "substance" for t in question.terms)
    return (
        names_a_drug and bool(item.claim.dosages) and item.scored.relevance.subject < ON_THE_SUBJECT
    )


def _is_ruled_out(item: Composed, out: frozenset[str]) -> bool:
    """Whether its doses are of drugs in whose place another is asked for."""
    candidate = item.scored.candidate
    drugs = (
        candidate.dosed_substances
        or candidate.own_substances
        or candidate.focus_substances
        or candidate.lead_substances
    )
    return bool(out and item.claim.dosages and drugs) and all(
        any(belongs_to(drug, name) for name in out) for drug in drugs
    )


# What decides for whom a dose is and is told where it is so.
_TOLD = frozenset({"dialysis", "renal failure", "end-stage renal disease", "transplant"})


def _may_be_for_others(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether its dose is for an age that the patient may not have ("9–13 years" for a child over
    1 year) or for those on dialysis or the like, and another dose of the drug surely is for this
    patient, and as much of the phase asked about."""
    if not item.claim.dosages or item.claim.applies is not Applies.UNKNOWN:
        return False
    open_ = open_criteria(item.claim.statements[0].group, question.patient)
    if measures(item.scored) and picks_out(item, question):
        # "below 25 mL/min, unless just transplanted": what is open hides no limit
        open_ = tuple(c for c in open_ if not c.negated and c.value in _TOLD)
    by_age = is_a_child(question.patient) is not None
    if not any(c.value in _TOLD or (by_age and c.attribute in _AGES) for c in open_):
        return False
    drugs = set(item.scored.candidate.statement.substances)
    return any(
        c.claim.dosages
        and c.claim.applies is Applies.YES
        and not (item.scored.relevance.phase_match and c.scored.relevance.phase_match is False)
        and drugs & set(c.scored.candidate.statement.substances)
        for c in all_
    )


_AGES = frozenset({"age", "life stage"})


def _is_by_what_is_not_told(item: Composed, all_: Sequence[Composed]) -> bool:
    """Whether its dose is for a measured value that the question does not tell, and its source
    gives the drug to everyone beside it: "first line 4.5 g", and a table by clearance."""
    drugs = set(_drugs_dosed(item))
    return (
        bool(drugs)
        and _is_by_an_unknown_value(item)
        and any(
            c.claim.dosages
            and c.claim.applies is not Applies.NO
            and drugs <= set(_drugs_dosed(c))
            and c.scored.candidate.source.id == item.scored.candidate.source.id
            and not measures(c.scored)
            for c in all_
        )
    )


def _is_by_an_unknown_value(item: Composed) -> bool:
    judged = item.scored.relevance.applicability
    told = any(char.isdigit() for reason in judged.because for char in reason)
    return bool(measures(item.scored)) and judged.applies is Applies.UNKNOWN and not told


def _drugs_dosed(item: Composed) -> tuple[str, ...]:
    candidate = item.scored.candidate
    return candidate.dosed_substances or candidate.nearest_substances


def _is_overruled(item: Composed, all_: list[Composed], question: Question) -> bool:
    """Whether its source gives a dose of the drug to patients of a measured value, a special age
    or an illness that this one has, and this dose to others: "5 mg; 2.5 mg under 60 kg"."""
    if not item.claim.dosages or picks_out(item, question):
        return False
    is_for_the_ill = _is_for_an_illness(item, question)
    return any(
        other.claim.dosages
        and (
            picks_out(other, question)
            or _is_for_a_nearer_group(other, item, question)
            or (not is_for_the_ill and _is_for_an_illness(other, question))
        )
        and _is_on_the_same(item, other)
        and not same_dosages(item.claim.dosages, other.claim.dosages)
        for other in all_
    )


def _is_for_a_nearer_group(one: Composed, other: Composed, question: Question) -> bool:
    """Whether it names a special age or an illness of the patient's and the other does not, and
    nothing else is open of it: the rows of one table for "adults" and for "the frail"."""
    is_open, open_there = (set(c.scored.relevance.applicability.missing) for c in (one, other))
    named = [
        is_for_named_group(c.claim.statements[0].group, question.patient)
        or _names_an_illness(c, question)
        for c in (one, other)
    ]
    judged = one.scored.relevance.applicability.applies
    return judged is not Applies.NO and named == [True, False] and is_open <= open_there


def _is_by_a_band_alone(item: Composed, all_: list[Composed], question: Question) -> bool:
    """Whether it doses one on dialysis by a band of clearance, and what is said of the drug in
    dialysis itself may open."""
    if not item.claim.dosages or not is_dialysed(question.patient):
        return False
    if not FILTRATION & measures(item.scored) or is_for_the_dialysed(item.scored):
        return False
    drugs, phases = set(item.scored.candidate.statement.substances), phases_shown(item)
    return any(
        is_said_of_dialysis(c)
        and (not phases or not phases_shown(c) or phases & phases_shown(c))
        and drugs & set(c.scored.candidate.statement.substances)
        for c in all_
    )


def _is_for_an_illness(item: Composed, question: Question) -> bool:
    """Whether its own words pick out patients by an illness that this one has beside what is to
    be treated, or beside a pregnancy."""
    judged = item.scored.relevance.applicability.applies
    return judged is Applies.YES and _names_an_illness(item, question)


def _names_an_illness(item: Composed, question: Question) -> bool:
    statement = item.scored.candidate.statement
    is_with_child = is_pregnant(question.patient) or question.patient.pregnancy == "planning"
    return any(
        c.attribute == "condition"
        and not c.negated
        and c.text in statement.text
        and (is_with_child or c.value in question.background)
        for criterion in statement.group.criteria
        for c in (criterion, *criterion.alternatives)
    )


def _is_on_the_same(item: Composed, other: Composed) -> bool:
    """Whether both are of one source, drug and phase; the most that is told behind a
    dose, or beside one for the patient's weight, is no phase."""
    one, two = item.scored.candidate, other.scored.candidate
    drugs = set(one.statement.substances) & set(two.statement.substances)
    doses = item.claim.dosages[0].role is DosageRole.DOSE
    none = {Phase.MAXIMUM} if doses or "weight" in measures(other.scored) else set()
    phases, theirs = (phases_shown(c) - none for c in (item, other))
    same_phase = (
        phases in (theirs, phases_of(two) - none)
        or bool(phases & theirs)
        or (not phases and len(other.claim.dosages) > 1)
    )
    return one.source.id == two.source.id and bool(drugs) and same_phase


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


def _superseded(item: Composed) -> bool:
    return item.scored.candidate.source.status is SourceStatus.SUPERSEDED
