"""How well a candidate statement answers a question, feature by feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from osler.answering.candidates.aspects import answered_aspects, phase_match, phases_of
from osler.answering.candidates.candidate import Candidate, Found, denied_in, excepted_in
from osler.answering.candidates.rows import group_for
from osler.answering.candidates.subject import OF_ITS_CLASS, best_relation, relation, subject_beside
from osler.answering.cues import cues
from osler.answering.judging.barred_cells import is_beside_the_question
from osler.answering.judging.fitting import CIRCUMSTANCES, fitting_group
from osler.answering.judging.unheard import GENERIC, how_ill, is_unheard_of
from osler.answering.understanding.emergencies import EMERGENCY
from osler.answering.understanding.patient_groups import is_special
from osler.answering.understanding.poisoning import stands_under_the_poison
from osler.answering.understanding.question_scope import subjects_of, times_tests
from osler.answering.understanding.reversing import counters
from osler.domain import (
    Applicability,
    Applies,
    Aspect,
    Criterion,
    Group,
    Patient,
    Phase,
    Question,
    SourceId,
    SourceStatus,
    StatementKind,
    Term,
)
from osler.library.terms import terms
from osler.statements import applies
from osler.statements.vocabulary.conditions import (
    broader_names,
    is_a,
)

ON_THE_DRUG = 0.5  # what a document on the drug counts where it does not name the condition
FIRST = 0.8  # for what is done first, where that is asked
BESIDE = 0.5  # what a condition counts that the patient has beside what is to be treated
FAR = 0.4  # what a condition counts that the title names and a nearer heading another one
_UNASKED = ({Phase.PROPHYLAXIS}, {Phase.TAPER})  # come behind a dose to treat with
TELLING = 0.3  # of the question's further words, weighed by rarity, in a statement's own


@dataclass(frozen=True, slots=True)
class Relevance:
    """The features of one candidate for one question; `score` is their weighted sum."""

    score: float
    fit: float  # what of the score tells whether it is for this patient
    subject: float  # 1: its own words name the drug asked about; 0: nothing does
    condition: float  # share of the question's conditions that it or its context names
    overlap: float  # share of the question's other words, weighted by rarity
    aspects: frozenset[Aspect]
    phase_match: bool | None  # None: the question or the statement names none
    applicability: Applicability
    group: Group  # whom it is for, of a row with the column of the patient
    passage: float  # the score of the passage it stands in, 0 to 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for every candidate of one question."""

    question: Question
    subjects: tuple[Term, ...]
    co_drugs: tuple[Term, ...]
    conditions: frozenset[str]
    background: frozenset[str]  # of these, what the patient has beside what is to be treated
    is_urgent: bool  # asks for the first thing to do
    weights: dict[str, float]  # index term → inverse document frequency
    unheard_of: bool  # nothing in the library names what is to be treated
    any_infection: bool  # told how ill one is with an infection that is not named
    topics: frozenset[str]  # index terms that tell of the problem, not of what is asked
    # Sources, each with a drug that it doses in the pregnant or in who breastfeeds as in others.
    dosed_alike: frozenset[tuple[SourceId, str]] = frozenset()


def prepare(
    question: Question,
    idf: Callable[[str], float],
    frequency_of: Callable[[str], int] | None = None,
) -> Asked:
    """Weigh the question's words by their rarity in the library.

    `frequency_of` gives the number of passages that hold a word; without it every condition
    is taken to be named somewhere.
    """
    named = set()
    for term in question.terms:
        named.update(terms(term.text))
    words = [t for word in question.content_words for t in terms(word) if t not in named]
    unheard = frequency_of is not None and is_unheard_of(question, frequency_of)
    ill = how_ill(question) if unheard else ()
    return Asked(
        question=question,
        subjects=subjects_of(question),
        co_drugs=tuple(t for t in question.terms if t.kind == "co-drug"),
        conditions=frozenset(
            t.name for t in question.terms if t.kind not in ("substance", "co-drug")
        ),
        background=frozenset((*question.background, *question.patient.absent_conditions, *ill)),
        is_urgent=cues().urgent.search(question.understood) is not None,
        weights={t: idf(t) for t in dict.fromkeys(words)},
        unheard_of=unheard and not ill,
        any_infection=bool(ill),
        topics=frozenset(
            t
            for word in question.content_words
            # A word that stands nowhere in the library can tell no document from another.
            if frequency_of is None or frequency_of(word) > 0
            for t in terms(word)
            if t not in named
        ),
    )


def judge(found: Found, asked: Asked) -> Relevance | None:
    """The features of a candidate; None where it is about another drug or another patient."""
    candidate, question = found.candidate, asked.question
    beside = asked.co_drugs if Aspect.INTERACTION in question.aspects else ()
    subject = subject_beside(candidate, asked.subjects, beside)
    reverses = counters(candidate, question)
    if reverses:
        subject = 1.0  # a dose of protamine, of how heparin is reversed
    if asked.subjects and subject == 0:
        return None
    if is_beside_the_question(candidate.statement, question):
        return None
    group = group_for(candidate.statement, question.patient)
    applicability = applies(fitting_group(group, question), _with_co_drugs(asked))
    if applicability.applies is Applies.NO:
        return None
    condition, overlap = _condition(found, asked), _overlap(candidate, asked)
    drugs = tuple(drug.name for drug in asked.subjects)
    aspects = answered_aspects(candidate, frozenset(question.aspects), drugs)
    aspects |= frozenset(question.aspects) if reverses else frozenset()
    if candidate.dosages and times_tests(question):
        aspects -= {Aspect.INTERVAL}
    matches = phase_match(candidate, question)
    wanted = bool(aspects & set(question.aspects))
    fit = _fit(group, applicability)
    score = (
        2.0 * subject
        + 2.0 * max(condition, ON_THE_DRUG * _is_titled_by_drug(candidate, asked))
        + (1.5 if Aspect.DOSE in question.aspects else 2.5) * overlap
        + 1.0 * wanted
        + {True: 0.8, None: 0.0, False: -1.5}[matches]
        + fit
        + FIRST
        * (asked.is_urgent and cues().immediate.search(candidate.statement.text) is not None)
        - 0.6 * (not question.phases and phases_of(candidate) in _UNASKED)
        + 1.5 * candidate.trust
        + 0.8 * found.passage_score
        - 0.5 * (candidate.source.status is SourceStatus.SUPERSEDED)
        - 1.0 * _is_on_another_drug(candidate, asked)
        - 0.8 * (candidate.statement.kind is StatementKind.RESULT)
    )
    return Relevance(
        score,
        fit,
        subject,
        condition,
        overlap,
        aspects,
        matches,
        applicability,
        group,
        found.passage_score,
    )


def _with_co_drugs(asked: Asked) -> Patient:
    """The patient, who takes what it is asked about beside the drug."""
    patient = asked.question.patient
    beside = tuple(t.name for t in asked.co_drugs if t.name not in patient.drugs)
    return replace(patient, drugs=(*patient.drugs, *beside)) if beside else patient


def _names_drug(candidate: Candidate, drug: Term) -> bool:
    """Whether a drug is named, or its class where nothing but the class is: "not with an MAOI"."""
    if any(relation(drug.name, name) >= OF_ITS_CLASS for name in candidate.own_substances):
        return True
    above = (*candidate.lead_substances, *candidate.title_substances)
    return any(relation(drug.name, name) == 1.0 for name in above)


def names_co_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether a drug that the patient takes is named by the statement, its context or title."""
    names = (
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.title_substances,
    )
    return best_relation(asked.co_drugs, names) >= OF_ITS_CLASS


def joins_drugs(candidate: Candidate, asked: Asked) -> bool:
    """Whether a statement's own words name two of the drugs in question, or their classes."""
    drugs = (*asked.subjects, *asked.co_drugs)
    related = {n: {d.name for d in drugs if relation(d.name, n)} for n in candidate.own_substances}
    return any(
        one != other and related[one] and related[other] - related[one]
        for one in related
        for other in related
    )


def is_for_another_condition(candidate: Candidate, asked: Asked) -> bool:
    """Whether the nearest heading names an indication, and not one asked about.

    What the patient has, by record or by a measured value, is no other indication, nor is what
    is prevented after a procedure.
    """
    wanted = asked.conditions - asked.background
    if Phase.PROPHYLAXIS in asked.question.phases:
        wanted -= set(asked.question.patient.procedures)
    if not wanted or any(_nearness(candidate, w, asked.question.patient) == 1.0 for w in wanted):
        return False
    patient = asked.question.patient
    own = candidate.own_conditions - denied_in(candidate.statement.text)
    own -= _instead_of_measures(candidate, patient)
    setting = candidate.setting
    by_title = candidate.is_set_by_its_title and any(_has(patient, c) for c in setting)
    if by_title or candidate.goes_on:
        setting = frozenset()  # "Vomiting and dehydration", of one who vomits
    others = (setting | own) - CIRCUMSTANCES
    return any(not _has(patient, condition) for condition in others)


@lru_cache(maxsize=4096)
def _has(patient: Patient, condition: str) -> bool:
    is_of_those = applies(Group((Criterion("condition", condition),)), patient)
    return is_of_those.applies is Applies.YES


def _instead_of_measures(candidate: Candidate, patient: Patient) -> frozenset[str]:
    """What stands for a measured value that the patient has: "GFR below 30 or haemodialysis"."""
    return frozenset(
        member.value
        for criterion in candidate.statement.group.criteria
        if criterion.alternatives and applies(Group((criterion,)), patient).applies is Applies.YES
        for member in criterion.alternatives
        if member.value is not None
    )


def names_condition(candidate: Candidate, condition: str) -> bool:
    """Whether a condition is named: itself, its kind, a kind of it, or all its words."""
    is_kind = not candidate.conditions.isdisjoint(broader_names(condition))
    if condition in candidate.kinds or (is_kind and not EMERGENCY.search(condition)):
        return True
    words = _words_of(condition) if condition not in excepted_in(candidate.source.title) else ()
    if bool(words) and all(_stands(word, candidate) for word in words):
        return True
    return stands_under_the_poison(candidate, condition)


@lru_cache(maxsize=1024)
def _words_of(condition: str) -> frozenset[str]:
    return frozenset(terms(condition)) - GENERIC


def _stands(word: str, candidate: Candidate) -> bool:
    """Whether a word that begins like this one stands there: "giardia", "giardiasis"."""
    return f" {word[: max(5, len(word) - 2)]}" in candidate.term_line


def _is_titled_by_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document is on the drug alone: it names what the drug is for only at times."""
    titled = candidate.title_substances
    return bool(titled) and all(best_relation(asked.subjects, (name,)) == 1.0 for name in titled)


def _is_on_another_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document's title names drugs, and none that the question names."""
    titled = candidate.title_substances
    return bool(titled and asked.subjects) and not is_named(asked, titled)


def is_named(asked: Asked, names: tuple[str, ...]) -> bool:
    """Whether the question names one of these drugs, as its subject or beside it."""
    return best_relation((*asked.subjects, *asked.co_drugs), names) > 0


def _condition(found: Found, asked: Asked) -> float:
    """Share of the conditions and other drugs named; the topic, where the question names none."""
    candidate = found.candidate
    wanted = (asked.conditions - asked.background) or asked.conditions
    co_drugs = asked.co_drugs
    if not wanted:
        named_drugs = sum(_names_drug(candidate, drug) for drug in co_drugs)
        return max(found.topic, named_drugs / len(co_drugs) if co_drugs else 0.0)
    named = sum(_nearness(candidate, w, asked.question.patient) for w in wanted)
    named_drugs = sum(_names_drug(candidate, drug) for drug in co_drugs)
    several = len(wanted) + len(co_drugs)
    # A chapter on one of several conditions is on half of what is asked at most.
    patient = asked.question.patient
    topic = found.topic * (FAR if _is_set_elsewhere(candidate, wanted, patient) else 1.0)
    # How the patient reacted to what they are allergic to tells nothing of an illness.
    reactions = asked.question.patient.reactions
    had = (asked.background & asked.conditions).difference(reactions)
    beside = BESIDE * any(_nearness(candidate, b, patient) == 1.0 for b in had)
    return max((named + named_drugs) / several, topic / min(several, 2), beside)


def _nearness(candidate: Candidate, condition: str, patient: Patient) -> float:
    """1 where a condition is named, less where what stands nearer names another one."""
    if not names_condition(candidate, condition):
        return 0.0
    return FAR if _is_set_elsewhere(candidate, frozenset((condition,)), patient) else 1.0


def _is_set_elsewhere(candidate: Candidate, wanted: frozenset[str], patient: Patient) -> bool:
    """Whether the nearest heading or lead-in is on other conditions, and its own words on none
    of these. What the patient has by a measured value is no other condition."""
    setting = candidate.setting - CIRCUMSTANCES
    setting = setting.difference(*map(broader_names, setting))  # "Oral thrush (candidiasis)"
    if not setting or any(is_a(c, w) or is_a(w, c) for c in setting for w in wanted):
        return False
    if is_set_by_a_measure(candidate, patient):
        return False
    own = candidate.own_conditions
    return not any(is_a(c, w) or is_a(w, c) for c in own for w in wanted)


def is_set_by_a_measure(candidate: Candidate, patient: Patient) -> bool:
    """Whether it stands under what the patient has by a measured value: under "Renal impairment",
    of a clearance of 25."""
    measured = replace(patient, conditions=())
    setting = candidate.setting
    return bool(setting) and all(_has(measured, condition) for condition in setting)


def _overlap(candidate: Candidate, asked: Asked) -> float:
    total = sum(asked.weights.values())
    if not total:
        return 0.0
    return sum(w for t, w in asked.weights.items() if t in candidate.terms) / total


def tells_more(candidate: Candidate, asked: Asked) -> bool:
    """Whether a statement's own words hold what is asked beyond the subject of its chapter.

    Without a known aspect (a dose, a duration) nothing else tells an answer from its neighbours.
    """
    headed = candidate.heading_terms
    rest = {t: w for t, w in asked.weights.items() if t not in headed}
    total = sum(rest.values())
    return sum(w for t, w in rest.items() if t in candidate.own_terms) >= TELLING * total


def serves_purpose(candidate: Candidate, asked: Asked) -> bool:
    """Whether half of the words for an unlisted purpose stand in the text or its context.

    A dose is for a purpose; a warning holds for every purpose.
    """
    if not candidate.dosages:
        return True
    purposes = asked.question.purposes
    return sum(_stands(word, candidate) for word in purposes) * 2 >= len(purposes)


def _fit(group: Group, applicability: Applicability) -> float:
    """A bonus where the group fits the patient, a malus for each open special criterion."""
    if applicability.applies is Applies.YES and group.criteria:
        measured = sum(any(ch.isdigit() for ch in reason) for reason in applicability.because)
        return 0.6 + 0.5 * min(measured, 2)
    if any(c.isdigit() for reason in applicability.because for c in reason):
        return 0.3  # what is measured fits, something else is not known
    malus = 0.0
    for criterion in group.criteria:
        malus += 0.4 if is_special(criterion) else 0.25
    return -min(malus, 0.9)
