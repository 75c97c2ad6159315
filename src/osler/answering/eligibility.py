"""Whether a candidate may answer at all: on this drug, condition, route and population."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from osler.answering.allergens import is_of_an_allergen
from osler.answering.candidate import Candidate
from osler.answering.emergencies import EMERGENCY
from osler.answering.examples import is_example
from osler.answering.forms import (
    form_asked,
    goes_by,
    is_of_another_release,
    routes_named,
)
from osler.answering.relevance import (
    Asked,
    Relevance,
    is_for_another_condition,
    is_named,
    joins_drugs,
    names_co_drug,
    names_condition,
    serves_purpose,
    speaks_of_children,
)
from osler.answering.scored import (
    ON_ITS_OWN,
    ON_THE_SUBJECT,
    Scored,
)
from osler.answering.subject import best_relation, names_itself
from osler.domain import (
    Applies,
    Aspect,
    Comparator,
    Criterion,
    DosageRole,
    Group,
    Patient,
    Question,
)
from osler.statements import applies
from osler.statements.conditions import broader_names, is_of_pregnancy
from osler.statements.growth import is_a_child
from osler.statements.substances import is_class

ON_TOPIC = 0.6  # at least so far must a chapter be on what is asked, if nothing else tells
_CHILD_STAGES = frozenset({"neonate", "infant", "child", "adolescent"})


def of_sources_on_it(
    eligible: list[Scored], judged: list[Scored], found: Iterable[Candidate], asked: Asked
) -> list[Scored]:
    """Without doses from sources that speak of other conditions and never of those asked about.

    What is to be treated must be named, if not beside the dose, then somewhere in its source, be
    it in what is said of the drug for other patients.
    """
    procedures = {t.name for t in asked.question.terms if t.kind == "procedure"}
    if not asked.subjects:
        return of_sources_naming_the_condition(eligible, judged, asked)
    if not asked.conditions - asked.background - procedures:
        return eligible
    on_it = {
        s.candidate.source.id
        for s in judged
        if s.relevance.condition > 0 and not _DENIES.search(s.candidate.statement.text)
    }
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
        if s.candidate.dosages and s.candidate.setting - _CIRCUMSTANCES
    } - on_it
    if on_others and not on_it:
        # The drug is given for other things here: a dose that does not say what for is for those.
        on_others = {s.candidate.source.id for s in judged}
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
    return [s for s in eligible if s.candidate.source.id in naming]


# What changes a dose and is not treated by it: a part of a text on these tells no other use.
_CIRCUMSTANCES = frozenset(
    {
        "renal impairment",
        "chronic kidney disease",
        "end-stage renal disease",
        "hepatic impairment",
        "dialysis",
        "obesity",
        "underweight",
        "therapeutic hypothermia",
    }
)
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
    relevance = scored.relevance
    question = asked.question
    if asked.subjects:
        if relevance.subject < ON_THE_SUBJECT:
            return False
    elif asked.conditions:
        if relevance.condition < 0.5:
            return False
    elif relevance.overlap < 0.5 and relevance.condition < ON_TOPIC:
        return False
    candidate = scored.candidate
    if is_fragment(candidate) or is_example(candidate) or _is_an_allergens(candidate, asked):
        return False
    if asked.subjects and not asked.conditions and not serves_purpose(candidate, asked):
        return False
    if asked.co_drugs and not asked.conditions and relevance.condition == 0:
        return False
    narrowed = (
        asked.conditions - asked.background or asked.co_drugs or (asked.topics and not told_of)
    )
    related = _is_on_the_drug(candidate, asked)
    dosed = candidate.dosages or _OF_A_COURSE & relevance.aspects
    if asked.unheard_of and dosed:
        return False  # the library has no word for what is to be treated
    if asked.subjects and dosed and narrowed and relevance.condition == 0 and not related:
        return False  # a dose in a document on neither this drug nor what else is asked
    if not _is_on_all_drugs(candidate, asked):
        return False
    if asked.subjects and dosed and is_for_another_condition(candidate, asked):
        return False
    if _is_for_the_illness_alone(candidate, asked):
        return False
    if not _goes_as_asked(candidate, question):
        return False
    return _covers_population(scored, asked)


def _is_for_the_illness_alone(candidate: Candidate, asked: Asked) -> bool:
    """Whether it doses and names none of the emergencies asked about, which have an illness of
    their own behind them: what is given for diabetes is not for its ketoacidosis."""
    wanted = asked.conditions - asked.background
    urgent = [w for w in wanted if EMERGENCY.search(w) and broader_names(w)]
    if not urgent or not candidate.dosages:
        return False
    return not any(names_condition(candidate, w) for w in urgent)


def speaks_of_pregnancy(candidate: Candidate) -> bool:
    """Whether a statement, what stands above it or its title is on pregnancy or before it."""
    group = candidate.statement.group
    return "pregnancy" in group.attributes or speaks_of(_PREGNANCY, candidate)


def is_pregnant(patient: Patient) -> bool:
    """Whether the patient is pregnant, in whichever trimester."""
    return patient.pregnancy == "pregnant" or (patient.pregnancy or "").endswith("trimester")


def speaks_of_patient(candidate: Candidate, patient: Patient) -> bool:
    """Whether its own words, its lead-in or the heading right above are on pregnancy or
    breastfeeding, as the patient is."""
    people = (
        (is_pregnant(patient), _PREGNANCY),
        (patient.breastfeeding, _BREASTFEEDING),
    )
    above = candidate.headings[-1].quote if candidate.headings else ""
    text = f"{above} {candidate.lead_text} {candidate.statement.text}"
    return any(is_so and words.search(text) for is_so, words in people)


def may_be_shown(candidate: Candidate, relevance: Relevance, asked: Asked) -> bool:
    """Whether a candidate says something by itself, by the route asked about, and for people like
    the patient: what chance may not overrule."""
    return (
        not is_fragment(candidate)
        and not is_example(candidate)
        and not _is_an_allergens(candidate, asked)
        and not _is_for_the_illness_alone(candidate, asked)
        and not _is_of_the_passage_alone(candidate, relevance, asked)
        and _is_on_all_drugs(candidate, asked)
        and _goes_as_asked(candidate, asked.question)
        and _covers_population(Scored(candidate, relevance), asked)
    )


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
    return is_label or text.endswith(":")


# By these a drug is given in other doses than usual: what says nothing of them is not for them.
_SPECIAL_ROUTES = frozenset(
    {"intrathecal", "epidural", "intravitreal", "intraperitoneal", "intra-articular"}
    | {"intralesional", "intradermal", "intratracheal", "intrauterine"}
)
_INFUSED = re.compile(r"\b(?<!subcutaneous )infus(?:e|ed|ion)\b", re.IGNORECASE)


def _goes_as_asked(candidate: Candidate, question: Question) -> bool:
    """Whether its doses go by the route and in the form asked about, or nothing says how."""
    if not candidate.dosages:
        return True
    if is_of_another_release(candidate, question):
        return False
    routes = {question.route} if question.route else form_asked(question)
    return not routes or any(_goes_by(candidate, route) for route in routes)


def _goes_by(candidate: Candidate, route: str) -> bool:
    """Whether its doses go by a route, or neither they nor what stands above nor the rest of the
    document tells of any."""
    stated = {r for d in candidate.dosages for r in (d.route, *d.routes) if r is not None}
    if all(d.route for d in candidate.dosages):
        return goes_by(stated, route)
    above = (*candidate.lead, *candidate.headings)
    for text in (candidate.statement.text, *(c.quote for c in above), candidate.source.title):
        stated |= routes_named(text)
        if not stated and _INFUSED.search(text):
            stated.add("intravenous")
    if route in _SPECIAL_ROUTES:
        return route in stated
    if candidate.title_substances:  # what a text on many drugs names may go for one of them
        stated = stated or set(candidate.serves.routes)
    return goes_by(stated, route) or not stated


_OF_A_COURSE = {Aspect.DURATION, Aspect.INTERVAL, Aspect.DOSE}
_TOGETHER = {Aspect.INTERACTION, Aspect.CONTRAINDICATION}


def _is_on_the_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document, or the part of it that stands here, is on a drug asked about."""
    titled = candidate.title_substances
    return is_named(asked, titled or candidate.heading_substances)


def _is_of_age(criteria: tuple[Criterion, ...], patient: Patient) -> bool:
    """Whether no age that it names leaves a child out, whatever else would do in its place.

    "65 years and over, or any age with heart disease" is not for a child of four; "adult and
    child" is.
    """
    members = [m for c in criteria for m in (replace(c, alternatives=()), *c.alternatives)]
    ages = [m for m in members if m.attribute in ("age", "life stage")]
    verdicts = [applies(Group((m,)), patient).applies for m in ages]
    return Applies.NO not in verdicts or Applies.YES in verdicts


_PREGNANCY = re.compile(
    r"\b(?:pregnan\w*+(?!\s+(?:prevention|tests?)\b)|(?:pre-?)?concepti\w+|conceiv\w*|"
    r"neural tube|obstetric\w*|maternity|"
    r"maternal|antenatal|ante-?partum|intrapartum|perinatal|peripartum|"
    r"gestation\w*|pre-?eclamp\w*|eclamp\w*|labou?r(?!\w)|trimester|midwi\w+|hyperemesis|tocoly\w+|"
    r"cae?sarean|gravid\w*|fetal|foetal)",
    re.IGNORECASE,
)
_BREASTFEEDING = re.compile(
    r"\b(?:breast-?\s?fe(?:ed\w*|d)\b|lactati\w+|nursing mother\w*|post-?natal\w*|puerper\w+|"
    r"mastitis|infant feeding)",
    re.IGNORECASE,
)


def speaks_of(people: re.Pattern[str], candidate: Candidate) -> bool:
    """Whether a statement, what it hangs on, a heading above it or its title is on such people."""
    texts = (
        candidate.statement.text,
        *(context.quote for context in candidate.statement.context),
        candidate.source.title,
    )
    return any(people.search(text) and not _NOT_THEM.search(text) for text in texts)


# "Non-pregnant adults": the word stands there, and the people are others.
_NOT_THEM = re.compile(r"\b(?:non|not|except|excluding|other than)[-\s]+(?:in\s+)?pregnan", re.I)


def _is_dosed_alike(scored: Scored, asked: Asked) -> bool:
    alike = scored.candidate.source.id in asked.dosing_alike
    return alike and scored.relevance.subject >= ON_ITS_OWN


def _covers_population(scored: Scored, asked: Asked) -> bool:
    """A special population that is asked about must be one that the statement speaks of, or its
    source doses it as others."""
    patient = asked.question.patient
    criteria = scored.candidate.statement.group.criteria
    attributes = {c.attribute for c in criteria}
    members = [m for c in criteria for m in (c, *c.alternatives)]
    stages = {c.value for c in members if c.attribute == "life stage"}
    candidate = scored.candidate
    special = (
        (
            is_pregnant(patient) and not _is_dosed_alike(scored, asked),
            "pregnancy",
            _PREGNANCY,
        ),
        (patient.breastfeeding, "breastfeeding", _BREASTFEEDING),
    )
    for is_so, attribute, words in special:
        if not is_so or attribute in attributes or speaks_of(words, candidate):
            continue
        if attribute != "pregnancy" or not any(map(is_of_pregnancy, candidate.conditions)):
            return False
    child, whole = is_a_child(patient), candidate.serves
    if not candidate.dosages or child is None:
        return True  # a warning for everyone is one for a child too
    if not child:
        return whole.young is None
    if whole.may_serve(patient):
        return True
    if stages & _CHILD_STAGES or {"age", "weight"} & attributes:
        return _is_of_age(criteria, patient)
    # A dose by size with a ceiling is a child's; without one it may be an adult's.
    # "If more than 150 mg/kg was taken" doses nothing.
    above = (Comparator.GREATER, Comparator.AT_LEAST)
    weighed = [d for d in scored.candidate.dosages if d.per in ("kg", "m2")]
    by_weight = [d for d in weighed if d.comparator not in above]
    capped = any(
        d.maximum or d.role is DosageRole.MAXIMUM or d.comparator is Comparator.AT_MOST
        for d in scored.candidate.dosages
    )
    if not by_weight:
        return False
    of_any_age = not stages and scored.relevance.condition == 1.0
    return capped or speaks_of_children(scored.candidate) or of_any_age
