"""For whom a statement is: what is for others does not answer for a special patient."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.candidates.candidate import Candidate
from osler.answering.judging.dosed_alike import is_dosed_alike
from osler.answering.judging.relevance import Asked
from osler.answering.judging.scored import Scored
from osler.answering.understanding.patient_groups import is_pregnant
from osler.domain import Applies, Comparator, Criterion, DosageRole, Group, Patient
from osler.library.terms import terms
from osler.statements import applies
from osler.statements.groups.growth import YOUNG, is_a_child, is_newborn
from osler.statements.vocabulary.conditions import is_of_pregnancy


def speaks_of_pregnancy(candidate: Candidate) -> bool:
    """Whether a statement, what stands above it or its title is on pregnancy or before it."""
    group = candidate.statement.group
    return "pregnancy" in group.attributes or speaks_of(_PREGNANCY, candidate)


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


_AN_ADULTS = 60  # kg: "under 150 kg" is no child's weight


def _is_a_childs_weight(criterion: Criterion) -> bool:
    bounds = [bound for bound in (criterion.low, criterion.high) if bound is not None]
    return criterion.attribute == "weight" and bool(bounds) and min(bounds) < _AN_ADULTS


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


def covers_population(scored: Scored, asked: Asked) -> bool:
    """A special population that is asked about must be one that the statement speaks of, or its
    source doses it as others."""
    patient = asked.question.patient
    criteria = scored.candidate.statement.group.criteria
    attributes = {c.attribute for c in criteria}
    members = [m for c in criteria for m in (c, *c.alternatives)]
    stages = {c.value for c in members if c.attribute == "life stage"}
    candidate = scored.candidate
    special = (
        (is_pregnant(patient), "pregnancy", _PREGNANCY),
        (patient.breastfeeding, "breastfeeding", _BREASTFEEDING),
    )
    for is_so, attribute, words in special:
        if not is_so or attribute in attributes or speaks_of(words, candidate):
            continue
        if is_dosed_alike(scored, asked.dosed_alike):
            continue
        if attribute != "pregnancy" or not any(map(is_of_pregnancy, candidate.conditions)):
            return False
    child, whole = is_a_child(patient), candidate.serves
    if not candidate.dosages or child is None:
        return True  # a warning for everyone is one for a child too
    if not child:
        return whole.adults
    if is_newborn(patient) and not _speaks_of_newborns(candidate, patient):
        return False  # a child's dose by weight is not theirs
    told = stages & YOUNG or "age" in attributes or any(map(_is_a_childs_weight, members))
    if told or whole.may_serve(patient):
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


_NEWBORN = re.compile(
    r"\b(?:neonat\w+|new-?\s?born\w*|pre-?term|pre-?matur\w+|birth|NICU|SCBU|"
    r"(?:gestational|post-?(?:natal|menstrual|conceptional)|corrected)\s+age)\b|"
    r"\b(?:from|all|any|every) ages?\b",
    re.IGNORECASE,
)


def _speaks_of_newborns(candidate: Candidate, patient: Patient) -> bool:
    """Whether a statement, what stands above it or its title names them, or an age that is theirs:
    "infants under 3 months"."""
    if speaks_of(_NEWBORN, candidate):
        return True
    served = candidate.serves.young.criteria if candidate.serves.young else ()
    criteria = (*candidate.statement.group.criteria, *served)
    members = [m for c in criteria for m in (c, *c.alternatives)]
    return any(
        m.attribute in ("age", "weight", "life stage")
        and (m.low is not None or m.high is not None or m.value in ("infant", "neonate"))
        and applies(Group((replace(m, alternatives=()),)), patient).applies is Applies.YES
        for m in members
    )


_CHILDREN = tuple(
    term
    for w in ("child", "infant", "baby", "neonatal", "newborn", "paediatric", "juvenile")
    for term in terms(w)
)


def speaks_of_children(candidate: Candidate) -> bool:
    """Whether a statement, its context or its title has a word for children."""
    return any(f" {term}" in candidate.term_line for term in _CHILDREN)
