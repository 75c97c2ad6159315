"""Whether a candidate may answer at all: on this drug, condition, route and population."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.examples import is_example
from osler.answering.candidates.sections import OF_TREATMENT, is_an_aim
from osler.answering.candidates.subject import best_relation, names_itself
from osler.answering.judging.allergens import is_of_an_allergen
from osler.answering.judging.asked_form import goes_as_asked
from osler.answering.judging.fitting import CIRCUMSTANCES
from osler.answering.judging.other_organ import is_for_another_organ
from osler.answering.judging.population import covers_population
from osler.answering.judging.relevance import (
    Asked,
    Relevance,
    is_for_another_condition,
    is_named,
    joins_drugs,
    names_co_drug,
    names_condition,
    serves_purpose,
)
from osler.answering.judging.scored import (
    ON_THE_SUBJECT,
    Scored,
)
from osler.answering.judging.sources_on_it import of_what_is_prevented, refer_elsewhere
from osler.answering.judging.unheard import is_of_an_organ
from osler.answering.understanding.emergencies import EMERGENCY
from osler.domain import (
    Aspect,
)
from osler.statements.groups.forbidding import label_that_forbids
from osler.statements.vocabulary.conditions import broader_names, find_conditions
from osler.statements.vocabulary.substances import is_class

ON_TOPIC = 0.6  # at least so far must a chapter be on what is asked, if nothing else tells


def of_sources_on_it(
    eligible: list[Scored], judged: list[Scored], found: Iterable[Candidate], asked: Asked
) -> list[Scored]:
    """Without doses from sources that speak of other conditions and never of those asked about.

    What is to be treated must be named, if not beside the dose, then somewhere in its source, be
    it in what is said of the drug for other patients.
    """
    procedures = frozenset(t.name for t in asked.question.terms if t.kind == "procedure")
    if not asked.subjects:
        return of_sources_naming_the_condition(eligible, judged, asked)
    if not asked.conditions - asked.background - procedures:
        return of_what_is_prevented(eligible, procedures, asked)
    elsewhere = refer_elsewhere(judged, asked)
    on_it = {
        s.candidate.source.id
        for s in judged
        if s.relevance.condition > 0 and not _DENIES.search(s.candidate.statement.text)
    } - elsewhere
    on_it |= {
        c.source.id
        for c in found
        if c.dosages
        and not c.setting.isdisjoint(asked.conditions - asked.background)
        and best_relation(asked.subjects, c.title_substances) == 1.0
    }
    if all(is_class(subject.name) for subject in asked.subjects):
        # A class is asked about: which of it is for the condition, only the text can say.
        return [s for s in eligible if s.candidate.source.id in on_it]
    on_others = {
        s.candidate.source.id
        for s in judged
        if s.candidate.dosages and s.candidate.setting - CIRCUMSTANCES
    } - on_it
    if (on_others or elsewhere) and not on_it:
        # The drug is given for other things here: a dose that does not say what for is for those.
        on_others = {s.candidate.source.id for s in judged}
    on_others |= elsewhere
    return [
        s
        for s in eligible
        if s.candidate.source.id not in on_others
        or not (s.candidate.dosages or _OF_A_COURSE & s.relevance.aspects)
    ]


def of_sources_naming_the_condition(
    eligible: list[Scored], judged: list[Scored], asked: Asked
) -> list[Scored]:
    """Without sources that only resemble what is to be treated, where one names it.

    Only where no drug is asked about. An allergy is nothing to be treated.
    """
    if asked.subjects:
        return eligible
    naming = {
        s.candidate.source.id
        for s in judged
        if any(names_condition(s.candidate, c) for c in asked.conditions)
    }
    if not naming:
        return eligible
    treats = set(asked.question.aspects) <= OF_TREATMENT
    if treats and any(s.candidate.dosages and _is_titled_by(s.candidate, asked) for s in judged):
        # A document on the illness itself is there: one on its kind alone is on the others.
        naming = {
            s.candidate.source.id
            for s in judged
            if not s.candidate.kinds.isdisjoint(asked.conditions)
        }
    return [s for s in eligible if s.candidate.source.id in naming]


def _is_titled_by(candidate: Candidate, asked: Asked) -> bool:
    titled = {found.name for found in find_conditions(candidate.source.title)}
    return not titled.isdisjoint(asked.conditions - asked.background)


_DENIES = re.compile(r"\bnot\s+(?:\w+\s+){0,2}for\b", re.IGNORECASE)


def of_sources_naming_it(
    eligible: list[Scored], judged: list[Scored], asked: Asked
) -> list[Scored]:
    """Without sources that speak of the class of a drug alone, or of no drug: "antibiotics are
    given for a few days" does not answer for meropenem. How a class goes with another drug that
    is asked about is said of each of its members."""
    if not asked.subjects:
        return eligible
    naming = {s.candidate.source.id for s in judged if names_itself(s.candidate, asked.subjects)}
    return [
        s
        for s in eligible
        if s.candidate.source.id in naming
        or (not s.candidate.dosages and joins_drugs(s.candidate, asked))
    ]


def is_eligible(scored: Scored, asked: Asked, told_of: bool) -> bool:
    """Whether a candidate may answer at all: about this drug or condition, and this population.

    `told_of` says that its source has the question's further words somewhere.
    """
    return next(rules_against(scored, asked, told_of), None) is None


def rules_against(scored: Scored, asked: Asked, told_of: bool) -> Iterator[str]:
    """The rules by which a candidate may not answer, in words, one after another."""
    candidate, relevance = scored.candidate, scored.relevance
    if asked.subjects:
        if relevance.subject < ON_THE_SUBJECT:
            yield "it is not on the drug"
    elif asked.conditions:
        if relevance.condition < 0.5:
            yield "it is not on the condition"
    elif relevance.overlap < 0.5 and relevance.condition < ON_TOPIC:
        yield "it shares too few words"
    narrowed = (
        asked.conditions - asked.background or asked.co_drugs or (asked.topics and not told_of)
    )
    related = _is_on_the_drug(candidate, asked)
    dosed = candidate.dosages or _OF_A_COURSE & relevance.aspects
    if asked.subjects and not asked.conditions and not serves_purpose(candidate, asked):
        yield "it is for another purpose"
    if asked.co_drugs and not asked.conditions and relevance.condition == 0:
        yield "it does not name the other drug"
    if asked.any_infection and dosed and is_of_an_organ(candidate.setting - CIRCUMSTANCES):
        yield "it doses for the infection of one organ"
    if asked.unheard_of and dosed:
        yield "the library has no word for what is to be treated"
    if asked.subjects and dosed and narrowed and relevance.condition == 0 and not related:
        yield "its document is on neither the drug nor what else is asked"
    if asked.subjects and dosed and is_for_another_condition(candidate, asked):
        yield "it doses for another condition"
    yield from _rules_of_itself(scored, asked)


def _rules_of_itself(scored: Scored, asked: Asked) -> Iterator[str]:
    """The rules that chance may not overrule either."""
    candidate = scored.candidate
    if is_fragment(candidate):
        yield "it is a label or a lead-in alone"
    if is_example(candidate):
        yield "it is an example"
    if is_an_aim(candidate, asked.question):
        yield "it tells what a treatment is to reach"
    if _is_an_allergens(candidate, asked):
        yield "it is on what the patient is allergic to"
    if not _is_on_all_drugs(candidate, asked):
        yield "it is not on how the drugs go together"
    if _is_for_the_illness_alone(candidate, asked):
        yield "it is for the illness behind the emergency"
    if is_for_another_organ(candidate, asked.question):
        yield "it is for the transplant of another organ"
    if not goes_as_asked(candidate, asked.question):
        yield "it goes by another route or in another form"
    if not covers_population(scored, asked):
        yield "it is not said to be for such patients"


def _is_for_the_illness_alone(candidate: Candidate, asked: Asked) -> bool:
    """Whether it doses and names none of the emergencies asked about, which have an illness of
    their own behind them: what is given for diabetes is not for its ketoacidosis."""
    wanted = asked.conditions - asked.background
    urgent = [w for w in wanted if EMERGENCY.search(w) and broader_names(w)]
    if not urgent or not candidate.dosages:
        return False
    return not any(names_condition(candidate, w) for w in urgent)


def may_be_shown(candidate: Candidate, relevance: Relevance, asked: Asked) -> bool:
    """Whether a candidate says something by itself, by the route asked about, and for people like
    the patient: what chance may not overrule."""
    if _is_of_the_passage_alone(candidate, relevance, asked):
        return False
    return next(_rules_of_itself(Scored(candidate, relevance), asked), None) is None


def _is_an_allergens(candidate: Candidate, asked: Asked) -> bool:
    """Whether it is on what the patient is allergic to, and nobody asked about a drug."""
    return not asked.subjects and is_of_an_allergen(candidate, asked.question)


def _is_of_the_passage_alone(candidate: Candidate, relevance: Relevance, asked: Asked) -> bool:
    """Whether it neither speaks to what is asked nor, by itself or by what it stands under, of
    the drug, which only its passage names: "skip it", of a lumbar puncture.
    """
    answers = relevance.overlap > 0 or relevance.aspects & set(asked.question.aspects)
    if answers or not asked.subjects:
        return False
    named = (
        *candidate.own_substances,
        *candidate.focus_substances,
        *candidate.lead_substances,
        *candidate.heading_substances,
        *candidate.title_substances,
    )
    return not best_relation((*asked.subjects, *asked.co_drugs), named)


def _is_on_all_drugs(candidate: Candidate, asked: Asked) -> bool:
    """Whether it names the other drug, where the question is how two go together."""
    together = bool(asked.co_drugs) and bool(_TOGETHER & set(asked.question.aspects))
    return not together or names_co_drug(candidate, asked)


def is_fragment(candidate: Candidate) -> bool:
    """Whether a statement is a label, or a lead-in that its items complete."""
    text = candidate.statement.text
    is_label = len(text.split()) < 4 and not candidate.dosages and not candidate.lead
    is_label = (is_label or _names_people_alone(candidate)) and not label_that_forbids(text)
    return is_label or text.endswith(":")


def _names_people_alone(candidate: Candidate) -> bool:
    """Whether it is no more than a stage of life ("Child"), whatever it stands under."""
    words = candidate.statement.text.strip(" .:-").lower()
    criteria = candidate.statement.group.criteria
    return any(c.attribute == "life stage" and c.text.lower() == words for c in criteria)


_OF_A_COURSE = {Aspect.DURATION, Aspect.INTERVAL, Aspect.DOSE}
_TOGETHER = {Aspect.INTERACTION, Aspect.CONTRAINDICATION}


def _is_on_the_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document, or the part of it that stands here, is on a drug asked about."""
    titled = candidate.title_substances
    return is_named(asked, titled or candidate.heading_substances)
