"""How well a candidate statement answers a question, feature by feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from osler.answering.candidate import Candidate
from osler.answering.cues import cues
from osler.answering.rows import row_phases
from osler.domain import (
    Applicability,
    Applies,
    Aspect,
    BlockKind,
    Criterion,
    DosageRole,
    Group,
    Patient,
    Phase,
    Polarity,
    Question,
    SourceStatus,
    StatementKind,
    Term,
)
from osler.dosage import find_durations
from osler.library.terms import terms
from osler.statements import applies
from osler.statements.conditions import is_a
from osler.statements.substances import base_of, belongs_to

# A group that the question does not speak of makes a statement less general.
SPECIAL_ATTRIBUTES = frozenset(
    {"pregnancy", "breastfeeding", "procedure", "egfr", "crcl", "gestation", "weight", "bmi"}
)
SPECIAL_STAGES = frozenset({"neonate", "infant", "child", "adolescent", "older"})

ON_THE_DRUG = 0.5  # what a document on the drug counts where it does not name the condition
TELLING = 0.3  # of the question's further words, weighed by rarity, in a statement's own
OF_ITS_CLASS = 0.6  # how near a text comes that speaks of the class of a drug
_DOSE_ROLES = (DosageRole.DOSE, DosageRole.MAXIMUM, DosageRole.STEP)


@dataclass(frozen=True, slots=True)
class Relevance:
    """The features of one candidate for one question; `score` is their weighted sum."""

    score: float
    subject: float  # 1: its own words name the drug asked about; 0: nothing does
    condition: float  # share of the question's conditions that it or its context names
    overlap: float  # share of the question's other words, weighted by rarity
    aspects: frozenset[Aspect]
    phase_match: bool | None  # None: the question or the statement names none
    applicability: Applicability


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for every candidate of one question."""

    question: Question
    subjects: tuple[Term, ...]
    co_drugs: tuple[Term, ...]
    conditions: frozenset[str]
    weights: dict[str, float]  # index term → inverse document frequency
    topics: frozenset[str]  # index terms that tell of the problem, not of what is asked


def prepare(question: Question, idf: Callable[[str], float]) -> Asked:
    """Weigh the question's words by their rarity in the library."""
    named = set()
    for term in question.terms:
        named.update(terms(term.text))
    words = [t for word in question.content_words for t in terms(word) if t not in named]
    return Asked(
        question=question,
        subjects=_specific(tuple(t for t in question.terms if t.kind == "substance")),
        co_drugs=tuple(t for t in question.terms if t.kind == "co-drug"),
        conditions=frozenset(
            t.name for t in question.terms if t.kind not in ("substance", "co-drug")
        ),
        weights={t: idf(t) for t in dict.fromkeys(words)},
        topics=frozenset(
            t
            for word in question.content_words
            if word not in cues().generic_words and not any(c.isdigit() for c in word)
            for t in terms(word)
            if t not in named
        ),
    )


def _specific(subjects: tuple[Term, ...]) -> tuple[Term, ...]:
    """Without what another subject is a form of: "cyanocobalamin (vitamin B12)" asks for one."""
    bases = {base_of(s.name) for s in subjects if base_of(s.name) != s.name}
    return tuple(s for s in subjects if s.name not in bases)


def judge(candidate: Candidate, asked: Asked) -> Relevance | None:
    """The features of a candidate; None where it is about another drug or another patient."""
    question = asked.question
    subject = _subject(candidate, asked.subjects)
    if asked.subjects and subject == 0:
        return None
    applicability = applies(fitting_group(candidate.statement.group, question), question.patient)
    if applicability.applies is Applies.NO:
        return None
    condition = _condition(candidate, asked)
    overlap = _overlap(candidate, asked)
    aspects = answered_aspects(candidate, frozenset(question.aspects))
    phase_match = _phase_match(candidate, question)
    wanted = bool(aspects & set(question.aspects)) or Aspect.ANY in question.aspects
    score = (
        2.0 * subject
        + 2.0 * max(condition, ON_THE_DRUG * _is_titled_by_drug(candidate, asked))
        + 1.5 * overlap
        + 1.0 * wanted
        + {True: 0.8, None: 0.0, False: -1.5}[phase_match]
        + _fit(candidate, applicability)
        # Unasked, a preventive dose comes behind one for treatment.
        - 0.6 * (not question.phases and phases_of(candidate) == {Phase.PROPHYLAXIS})
        + 1.5 * candidate.trust
        + 0.8 * candidate.passage_score
        - 0.5 * (candidate.source.status is SourceStatus.SUPERSEDED)
        - 1.0 * _is_on_another_drug(candidate, asked)
        - 0.8 * (candidate.statement.kind is StatementKind.RESULT)
    )
    return Relevance(score, subject, condition, overlap, aspects, phase_match, applicability)


def fitting_group(group: Group, question: Question) -> Group:
    """A group as it bears on a question.

    A question that gives no age is taken to ask about adults; one about a condition takes
    in the kinds of it ("otitis media": acute otitis media).
    """
    patient = question.patient
    any_age = patient.age_years is None and patient.life_stage is None
    kept = tuple(
        c
        for c in group.criteria
        if not (any_age and c.value == "adult" and not c.negated) and not _asked_kind(c, patient)
    )
    return group if len(kept) == len(group.criteria) else replace(group, criteria=kept)


def _asked_kind(criterion: Criterion, patient: Patient) -> bool:
    if criterion.attribute != "condition" or criterion.negated or criterion.value is None:
        return False
    return any(
        criterion.value != name and is_a(criterion.value, name) for name in patient.conditions
    )


@lru_cache(maxsize=4096)
def relation(asked: str, name: str) -> float:
    """How a drug named in a text stands to the one asked about.

    1: the same, a member of the class or form of the substance asked about (statins:
    atorvastatin), or what it is a form of (cyanocobalamin: vitamin B12); 0.6: a class that it
    belongs to; 0.5: another form of the same (cyanocobalamin: hydroxocobalamin); 0: none.
    """
    if belongs_to(name, asked) or base_of(asked) == name:
        return 1.0
    if belongs_to(asked, name):
        return OF_ITS_CLASS
    return 0.5 if base_of(asked) == base_of(name) else 0.0


def _best(subjects: tuple[Term, ...], names: tuple[str, ...]) -> float:
    return max((relation(s.name, n) for s in subjects for n in names), default=0.0)


def _subject(candidate: Candidate, subjects: tuple[Term, ...]) -> float:
    """The nearest words that name a drug decide: own words, then lead-in and headings, the
    title, and last the passage. A dose of another drug is never rescued from further away.
    """
    if not subjects or not _best(subjects, candidate.passage_substances):
        return 0.0  # most candidates of a search end here, at little cost
    if candidate.dosed_substances:
        dosed = _best(subjects, candidate.dosed_substances)
        if not dosed:
            return 0.4 * _best(subjects, candidate.own_substances)
        # A fixed combination, or a line on several drugs, is less to the point.
        related = sum(_best(subjects, (name,)) > 0 for name in candidate.dosed_substances)
        return dosed * max(0.5, related / len(candidate.dosed_substances))
    own = _best(subjects, candidate.own_substances)
    if own and not candidate.dosages:
        return own
    for names, weight in ((candidate.lead_substances, 0.9), (candidate.title_substances, 0.75)):
        if names:
            nearest = _best(subjects, names)
            # A dose under "Antibiotics" is not known to be of this one.
            return 0.0 if candidate.dosages and nearest == OF_ITS_CLASS else weight * nearest
    if candidate.dosages and not all(
        _best(subjects, (name,)) for name in candidate.passage_substances
    ):
        return 0.0  # the dose may be of any drug of the passage
    return 0.6


def doses_another(candidate: Candidate, asked: Asked) -> bool:
    """Whether a statement doses a drug beside the one asked about: a fixed combination."""
    dosed = candidate.dosed_substances
    return bool(asked.subjects) and not all(_best(asked.subjects, (name,)) for name in dosed)


def _names_drug(candidate: Candidate, drug: Term) -> bool:
    texts = (
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.title_substances,
    )
    return any(relation(drug.name, name) == 1.0 for name in texts)


def names_co_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether a drug that the patient takes is named by the statement, its context or title."""
    return any(_names_drug(candidate, drug) for drug in asked.co_drugs)


_GENERIC = frozenset(t for w in ("disease", "syndrome", "disorder", "acute") for t in terms(w))


def _names(candidate: Candidate, condition: str) -> bool:
    """Whether a condition is named: itself, its kind, a kind of it, or all its words."""
    if any(is_a(c, condition) or is_a(condition, c) for c in candidate.conditions):
        return True
    words = _words_of(condition)
    return bool(words) and all(_stands(word, candidate) for word in words)


@lru_cache(maxsize=1024)
def _words_of(condition: str) -> frozenset[str]:
    return frozenset(word for word in terms(condition) if len(word) > 2) - _GENERIC


def _stands(word: str, candidate: Candidate) -> bool:
    """Whether a word that begins like this one stands there: "giardia", "giardiasis"."""
    return f" {word[: max(5, len(word) - 2)]}" in candidate.term_line


def _is_titled_by_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document is on the drug alone: it names what the drug is for only at times."""
    titled = candidate.title_substances
    return bool(titled) and all(_best(asked.subjects, (name,)) == 1.0 for name in titled)


def _is_on_another_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document's title names drugs, and none that the question names."""
    titled = candidate.title_substances
    return bool(titled and asked.subjects) and not is_named(asked, titled)


def is_named(asked: Asked, names: tuple[str, ...]) -> bool:
    """Whether the question names one of these drugs, as its subject or beside it."""
    return _best((*asked.subjects, *asked.co_drugs), names) > 0


def _condition(candidate: Candidate, asked: Asked) -> float:
    """Share of the conditions and other drugs named; the topic, where the question names none."""
    wanted = asked.conditions
    co_drugs = asked.co_drugs
    if not wanted:
        named_drugs = sum(_names_drug(candidate, drug) for drug in co_drugs)
        return max(candidate.topic, named_drugs / len(co_drugs) if co_drugs else 0.0)
    named = sum(_names(candidate, w) for w in wanted)
    named_drugs = sum(_names_drug(candidate, drug) for drug in co_drugs)
    several = len(wanted) + len(co_drugs)
    # A chapter on one of several conditions is on half of what is asked at most.
    return max((named + named_drugs) / several, candidate.topic / min(several, 2))


def _overlap(candidate: Candidate, asked: Asked) -> float:
    total = sum(asked.weights.values())
    if not total:
        return 0.0
    return sum(w for t, w in asked.weights.items() if t in candidate.terms) / total


_CHILDREN = tuple(
    term
    for w in ("child", "infant", "baby", "neonatal", "newborn", "paediatric")
    for term in terms(w)
)


def speaks_of_children(candidate: Candidate) -> bool:
    """Whether a statement, its context or its title has a word for children."""
    return any(f" {term}" in candidate.term_line for term in _CHILDREN)


def tells_more(candidate: Candidate, asked: Asked) -> bool:
    """Whether a statement's own words hold what is asked beyond the subject of its chapter.

    Without a known aspect (a dose, a duration) nothing else tells an answer from its neighbours.
    """
    headed = candidate.heading_terms
    rest = {t: w for t, w in asked.weights.items() if t not in headed}
    total = sum(rest.values())
    return not total or sum(w for t, w in rest.items() if t in candidate.own_terms) >= (
        TELLING * total
    )


def answered_aspects(candidate: Candidate, asked: frozenset[Aspect]) -> frozenset[Aspect]:
    """Those of the asked aspects that a statement speaks to, by kind, dosages and words."""
    statement = candidate.statement
    text = statement.text
    found: set[Aspect] = set()
    told = cues().narrative, cues().content
    dosed = asked & _DOSED and any(d.role in _DOSE_ROLES for d in candidate.dosages)
    if dosed and not any(cue.search(text) for cue in told):
        found |= _DOSED
    by_kind = _ASPECT_OF_KIND.get(statement.kind)
    if by_kind is not None:
        found.add(by_kind)
    lead = candidate.lead_text
    if Aspect.DURATION in asked and find_durations(text):
        found.add(Aspect.DURATION)
    for aspect, cue in cues().statement:
        if aspect in asked and (cue.search(text) or (lead and cue.search(lead))):
            found.add(aspect)
    for aspect, cue in cues().headings:
        if aspect in asked and any(cue.search(heading) for heading in statement.section):
            found.add(aspect)
    if Aspect.TARGET in asked:
        aims = dict(cues().statement)[Aspect.TARGET].search(text)
        if not (aims and (statement.targets or statement.dosages)):
            found.discard(Aspect.TARGET)
    if statement.kind is StatementKind.CHOICE:
        found.add(Aspect.TREATMENT)
    if statement.polarity is Polarity.NEGATIVE:
        found |= {Aspect.CAUTION, Aspect.CONTRAINDICATION}
    return frozenset(found)


_DOSED = frozenset({Aspect.DOSE, Aspect.TREATMENT})
_ASPECT_OF_KIND = {
    StatementKind.MONITORING: Aspect.MONITORING,
    StatementKind.TARGET: Aspect.TARGET,
    StatementKind.CHOICE: Aspect.CHOICE,
    StatementKind.CAUTION: Aspect.CAUTION,
    StatementKind.CONTRAINDICATION: Aspect.CONTRAINDICATION,
    StatementKind.DURATION: Aspect.DURATION,
    StatementKind.DEFINITION: Aspect.DEFINITION,
    StatementKind.RESULT: Aspect.RESULT,
}


_COMPATIBLE: dict[Phase, frozenset[Phase]] = {
    Phase.MAINTENANCE: frozenset({Phase.MAINTENANCE, Phase.CONTINUATION}),
    Phase.LOADING: frozenset({Phase.LOADING, Phase.START}),
    Phase.START: frozenset({Phase.START, Phase.LOADING}),
    Phase.TITRATION: frozenset({Phase.TITRATION}),
    Phase.MAXIMUM: frozenset({Phase.MAXIMUM}),
    Phase.PROPHYLAXIS: frozenset({Phase.PROPHYLAXIS}),
    Phase.TAPER: frozenset({Phase.TAPER}),
}


def phases_of(candidate: Candidate) -> frozenset[Phase]:
    """The phases that a statement states a dose for.

    A table row states one for each column that names a phase, and none where another column
    holds its doses.
    """
    if candidate.statement.block is BlockKind.ROW:
        return row_phases(candidate.statement)
    found = {candidate.statement.phase} | {d.phase for d in candidate.dosages}
    for dosage in candidate.dosages:
        found |= {step.phase for step in dosage.steps}
        if dosage.role is DosageRole.STEP:
            found.add(Phase.TITRATION)
        if dosage.role is DosageRole.MAXIMUM or dosage.maximum is not None:
            found.add(Phase.MAXIMUM)
    return frozenset(phase for phase in found if phase is not None)


def is_touched_by_title(candidate: Candidate, asked: Asked) -> bool:
    """Whether the title of the source holds a word of the question beside the drug."""
    title = terms(candidate.source.title)
    begins = [word[: max(5, len(word) - 2)] for word in asked.topics]
    return any(t.startswith(begin) for begin in begins for t in title)


def serves_purpose(candidate: Candidate, asked: Asked) -> bool:
    """Whether half of the words for an unlisted purpose stand in the text or its context.

    A dose is for a purpose; a warning holds for every purpose.
    """
    if not candidate.dosages:
        return True
    purposes = asked.question.purposes
    return sum(_stands(word, candidate) for word in purposes) * 2 >= len(purposes)


def _phase_match(candidate: Candidate, question: Question) -> bool | None:
    stated = phases_of(candidate)
    if not stated:
        return None
    if not question.phases:
        return None
    wanted = frozenset().union(*(_COMPATIBLE.get(p, {p}) for p in question.phases))
    return bool(stated & wanted)


def is_special(criterion: Criterion) -> bool:
    """Whether a criterion picks out few patients: pregnancy, a child, kidneys, an operation."""
    return criterion.attribute in SPECIAL_ATTRIBUTES or criterion.value in SPECIAL_STAGES


def _fit(candidate: Candidate, applicability: Applicability) -> float:
    """A bonus where the group fits the patient, a malus for each open special criterion."""
    if applicability.applies is Applies.YES and candidate.statement.group.criteria:
        measured = sum(any(ch.isdigit() for ch in reason) for reason in applicability.because)
        return 0.6 + 0.3 * min(measured, 2)
    malus = 0.0
    for criterion in candidate.statement.group.criteria:
        malus += 0.4 if is_special(criterion) else 0.25
    return -min(malus, 0.9)
