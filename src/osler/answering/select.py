"""Which candidates answer the question, which merely help, and which facets stay open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from osler.answering.aspects import phases_of
from osler.answering.candidate import Candidate
from osler.answering.cues import cues
from osler.answering.question_scope import Facet, facets_of, is_general
from osler.answering.relevance import (
    Asked,
    Relevance,
    doses_another,
    is_for_another_condition,
    is_named,
    is_touched_by_title,
    judge,
    names_co_drug,
    serves_purpose,
    speaks_of_children,
    tells_more,
)
from osler.answering.subject import best_relation, names_itself, subject_of
from osler.domain import (
    Applies,
    Aspect,
    BlockKind,
    Comparator,
    Criterion,
    DosageRole,
    Group,
    Patient,
    Phase,
    Polarity,
    Question,
    StatementKind,
)
from osler.dosage import find_routes
from osler.statements import applies
from osler.statements.analytes import analyte_units
from osler.statements.substances import is_class

MARGIN = 1.3  # how far below the best of its source a candidate may score and still answer
SOURCE_MARGIN = 2.8  # how far below the best of all a source's best may score
FITTING_MARGIN = 4.0  # the same for a source that fits drug, phase and condition
MOST_CORE = 10
MOST_BARS = 3
ON_THE_SUBJECT = 0.5  # subject score from which a statement may answer at all
ON_ITS_OWN = 0.75  # subject score from which a statement is on the drug asked about
# Of a patient, by measurement or record; ages alone bar too often in passing.
MEASURED = frozenset({"egfr", "crcl", "creatinine", "weight", "bmi", "gestation", "allergy"})
_AGAINST = frozenset({StatementKind.CONTRAINDICATION})
MOST_SIBLINGS = 4  # further lines of the list that an answering line stands in
MOST_CORE_GENERAL = 40  # a question for no patient in particular is answered for every group
TELLING = 0.5  # of the question's further words, in a line that answers yes or no
ON_TOPIC = 0.6  # at least so far must a chapter be on what is asked, if nothing else tells
ADULT_AGE = 18  # years
RENAL_LIMIT = 60  # mL/min; below it a dose must be one for impaired kidneys
_CHILD_STAGES = frozenset({"neonate", "infant", "child", "adolescent"})


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with how well it answers."""

    candidate: Candidate
    relevance: Relevance

    @property
    def key(self) -> tuple[float, str]:
        """Best first; ties by statement id, so that order never depends on the library's."""
        return (-self.relevance.score, self.candidate.statement.id)


@dataclass(frozen=True, slots=True)
class Selection:
    """What answers, what helps, and what came close."""

    core: tuple[Scored, ...]
    support: tuple[Scored, ...]  # same drug or condition, other aspects
    nearby: tuple[Scored, ...]  # the best that were not good enough
    answering: tuple[Scored, ...] = ()  # all that answer what is asked, the core and the others


def select(candidates: tuple[Candidate, ...], asked: Asked) -> Selection:
    """Choose the statements that answer, for each facet those close to its best."""
    judged = []
    for candidate in candidates:
        relevance = judge(candidate, asked)
        if relevance is not None:
            judged.append(Scored(candidate, relevance))
    judged.sort(key=lambda s: s.key)
    telling = {s.candidate.source.id for s in judged if s.relevance.overlap > 0}
    eligible = [s for s in judged if _eligible(s, asked, s.candidate.source.id in telling)]
    eligible = _of_sources_on_it(eligible, judged, asked)
    eligible = _of_sources_naming_it(eligible, judged, asked)
    if _kidneys_are_impaired(asked.question.patient) and not any(map(_speaks_of_kidneys, eligible)):
        eligible = []
    core: dict[str, Scored] = {}
    on_it: dict[str, Scored] = {}
    facets = facets_of(asked.question)
    for facet in facets:
        general = is_general(asked.question) and facet.aspect is Aspect.DOSE
        answering = [s for s in eligible if _answers(s, facet, asked)]
        answering = _of_it_alone(_to_the_point(_not_of_others(answering), asked), asked)
        if not answering:
            continue
        on_it |= {s.candidate.statement.id: s for s in answering}
        limit = MOST_CORE_GENERAL if general else max(5, MOST_CORE - 3 * (len(facets) - 1))
        widen = 1.2 if general else 0.0 if facet.aspect is Aspect.DOSE else 0.6
        close = _each_source_in_turn(_close_to_best(answering, widen), limit)
        for scored in (*close, *_siblings(close, answering)):
            core.setdefault(scored.candidate.statement.id, scored)
    for scored in _of_lists_begun(list(core.values()), judged):
        core.setdefault(scored.candidate.statement.id, scored)
    against = [s for s in eligible if bars(s, asked.question)][:MOST_BARS]
    if any(map(rules_out, against)):
        # Ruled out for this patient: a dose is shown only where it is for such patients.
        core = {i: s for i, s in core.items() if not _is_dose_for_others(s, against)}
    for scored in against:
        core.setdefault(scored.candidate.statement.id, scored)
    chosen = tuple(sorted(core.values(), key=lambda s: s.key))
    support = tuple(
        s
        for s in judged
        if s.candidate.statement.id not in core
        and s.relevance.subject >= 0.75
        and s.relevance.phase_match is not False
    )
    return Selection(chosen, support, tuple(judged[:5]), tuple(on_it.values()))


def _of_sources_on_it(eligible: list[Scored], judged: list[Scored], asked: Asked) -> list[Scored]:
    """Without doses from sources that speak of other conditions and never of those asked about.

    What is to be treated must be named, if not beside the dose, then somewhere in its source.
    """
    procedures = {t.name for t in asked.question.terms if t.kind == "procedure"}
    if not (asked.subjects and asked.conditions - asked.background - procedures):
        return eligible
    on_it = {
        s.candidate.source.id
        for s in judged
        if s.relevance.condition > 0 and not _DENIES.search(s.candidate.statement.text)
    }
    if all(is_class(subject.name) for subject in asked.subjects):
        # A class is asked about: which of it is for the condition, only the text can say.
        return [s for s in eligible if s.candidate.source.id in on_it]
    on_others = {s.candidate.source.id for s in judged if s.candidate.setting} - on_it
    return [
        s
        for s in eligible
        if s.candidate.source.id not in on_others
        or not (s.candidate.dosages or _OF_A_COURSE & s.relevance.aspects)
    ]


_DENIES = re.compile(r"\bnot\s+(?:\w+\s+){0,2}for\b", re.IGNORECASE)


def _of_sources_naming_it(
    eligible: list[Scored], judged: list[Scored], asked: Asked
) -> list[Scored]:
    """Without sources that speak of the class of a drug alone, or of no drug: "antibiotics are
    given for a few days" does not answer for meropenem."""
    if not asked.subjects:
        return eligible
    naming = {s.candidate.source.id for s in judged if names_itself(s.candidate, asked.subjects)}
    return [s for s in eligible if s.candidate.source.id in naming]


def bars(scored: Scored, question: Question) -> bool:
    """Whether a statement speaks against the drug for this patient by a measured criterion.

    "Stop below 30" for an eGFR of 24 belongs to any answer on the drug, whatever was asked.
    """
    relevance, statement = scored.relevance, scored.candidate.statement
    against = statement.polarity is Polarity.NEGATIVE or statement.kind in _AGAINST
    if cues().leave.search(statement.text):
        return False  # "may be used down to 30; avoid below"
    fits = relevance.applicability.applies is Applies.YES
    return against and bool(measures(scored)) and fits and relevance.subject >= ON_ITS_OWN


def rules_out(scored: Scored) -> bool:
    """Whether what speaks against a drug rules it out, and does not only lower or delay it."""
    candidate = scored.candidate
    return any(cues().bar.search(t) for t in (candidate.statement.text, candidate.lead_text))


def measures(scored: Scored) -> frozenset[str]:
    """The measured things by which a statement picks out its patients."""
    known = MEASURED | analyte_units().keys()
    return known & scored.candidate.statement.group.attributes


def _is_dose_for_others(scored: Scored, against: list[Scored]) -> bool:
    by_same = any(measures(scored) & measures(bar) for bar in against)
    fits = scored.relevance.applicability.applies is Applies.YES
    return bool(scored.candidate.dosages) and not (by_same and fits)


def _close_to_best(answering: list[Scored], widen: float) -> list[Scored]:
    """Those close to the best of their source, of sources close to the best of all.

    Every source that answers has its say: a second position is not crowded out by the
    first one's details.
    """
    best = answering[0].relevance.score
    best_of: dict[str, Scored] = {}
    for scored in answering:
        best_of.setdefault(scored.candidate.source.id, scored)

    # What is for this patient comes first, and does not crowd out what is for every patient.
    floor_of = {
        source: first.relevance.score - max(first.relevance.fit, 0.0)
        for source, first in best_of.items()
    }

    def is_close(scored: Scored) -> bool:
        first = best_of[scored.candidate.source.id]
        margin = FITTING_MARGIN if _fits(first) else SOURCE_MARGIN
        return (
            first.relevance.score >= best - margin - widen
            and scored.relevance.score >= floor_of[scored.candidate.source.id] - MARGIN - widen
        )

    return [scored for scored in answering if is_close(scored)]


def _each_source_in_turn(close: list[Scored], limit: int) -> list[Scored]:
    """The best of each source, then the second of each: none crowds out the others."""
    rank: dict[str, int] = {}
    placed = []
    for scored in close:
        source = scored.candidate.source.id
        rank[source] = rank.get(source, -1) + 1
        placed.append((rank[source], scored.key, scored))
    kept = sorted(placed, key=lambda entry: entry[:2])[:limit]
    return sorted((scored for _, _, scored in kept), key=lambda s: s.key)


def _of_it_alone(answering: list[Scored], asked: Asked) -> list[Scored]:
    """Without doses of several drugs together, where others are of what is asked alone."""
    return [s for s in answering if not doses_another(s.candidate, asked)] or answering


def _fits(scored: Scored) -> bool:
    relevance = scored.relevance
    return relevance.subject >= 0.9 and relevance.condition >= 0.5 and relevance.phase_match is True


def _siblings(close: list[Scored], answering: list[Scored]) -> list[Scored]:
    """Further answering lines of the list that the best line stands in: a schedule is shown
    with all its steps."""
    if not close or not close[0].candidate.lead:
        return []
    best = close[0].candidate
    return [
        s
        for s in answering
        if s not in close
        and s.candidate.source.id == best.source.id
        and s.candidate.lead == best.lead
    ][:MOST_SIBLINGS]


def _of_lists_begun(core: list[Scored], judged: list[Scored]) -> list[Scored]:
    """The other items of a list whose lead-in picks out this patient: they belong together."""
    leads = {
        (s.candidate.source.id, s.candidate.lead)
        for s in core
        if s.candidate.lead
        and s.candidate.statement.block is BlockKind.ITEM
        and measures(s)
        and s.relevance.applicability.applies is Applies.YES
    }
    return [
        s
        for s in judged
        if (s.candidate.source.id, s.candidate.lead) in leads
        and s.relevance.applicability.applies is Applies.YES
    ][:MOST_SIBLINGS]


def _not_of_others(answering: list[Scored]) -> list[Scored]:
    """Without the items of a list for other patients, where one item picks this one out."""
    leads = {
        (s.candidate.source.id, s.candidate.lead)
        for s in answering
        if s.candidate.lead and measures(s) and s.relevance.applicability.applies is Applies.YES
    }
    return [
        s
        for s in answering
        if s.relevance.applicability.applies is Applies.YES
        or (s.candidate.source.id, s.candidate.lead) not in leads
    ]


def _to_the_point(answering: list[Scored], asked: Asked) -> list[Scored]:
    """Without documents on another drug or condition, where others are on what is asked."""
    best = max((s.relevance.condition for s in answering), default=0.0)
    if best < ON_TOPIC:
        return answering

    def is_beside(s: Scored) -> bool:
        named = [bool(best_relation(asked.subjects, (n,))) for n in s.candidate.title_substances]
        elsewhere = not all(named) or (bool(s.candidate.setting) and not any(named))
        return s.relevance.condition == 0 and bool(asked.subjects) and elsewhere

    return [s for s in answering if not is_beside(s)]


def _answers(scored: Scored, facet: Facet, asked: Asked) -> bool:
    relevance = scored.relevance
    if facet.aspect is Aspect.CONVERSION and not all(
        best_relation((s,), scored.candidate.own_substances) for s in asked.subjects
    ):
        return False  # from one to the other
    if facet.drug is not None and subject_of(scored.candidate, (facet.drug,)) < ON_THE_SUBJECT:
        return False
    if _speaks_of_tables(scored.candidate):
        return False
    if asked.question.yes_no and facet.aspect in _OF_LEAVE and relevance.overlap >= TELLING:
        return True  # "may be put on the wound before it is closed"
    if facet.aspect is Aspect.ANY:
        return tells_more(scored.candidate, asked)
    if facet.aspect not in relevance.aspects:
        return False
    if facet.phase is not None:
        stated = phases_of(scored.candidate)
        return not stated or (relevance.phase_match is True and _has(stated, facet.phase))
    return True


_OF_LEAVE = frozenset({Aspect.CONTRAINDICATION, Aspect.INTERACTION})


def _speaks_of_tables(candidate: Candidate) -> bool:
    return cues().about_tables.search(candidate.statement.text) is not None


def _has(stated: frozenset[Phase], wanted: Phase) -> bool:
    if wanted in stated:
        return True
    alike = {
        Phase.START: Phase.LOADING,
        Phase.LOADING: Phase.START,
        Phase.MAINTENANCE: Phase.CONTINUATION,
    }
    return alike.get(wanted) in stated


def _eligible(scored: Scored, asked: Asked, told_of: bool) -> bool:
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
    if len(candidate.statement.text.split()) < 4 and not candidate.dosages and not candidate.lead:
        return False  # a label, not a statement
    if candidate.statement.text.endswith(":"):
        return False  # a lead-in, which its items complete
    if asked.subjects and not asked.conditions and not serves_purpose(candidate, asked):
        return False
    if asked.co_drugs and not asked.conditions and relevance.condition == 0:
        return False
    narrowed = asked.conditions or asked.co_drugs or (asked.topics and not told_of)
    related = _is_on_the_drug(candidate, asked) or is_touched_by_title(candidate, asked)
    dosed = candidate.dosages or _OF_A_COURSE & relevance.aspects
    if asked.unheard_of and dosed:
        return False  # the library has no word for what is to be treated
    if asked.subjects and dosed and narrowed and relevance.condition == 0 and not related:
        return False  # a dose in a document on neither this drug nor what else is asked
    if asked.co_drugs and _TOGETHER & set(asked.question.aspects):
        return names_co_drug(candidate, asked)
    if asked.subjects and dosed and is_for_another_condition(candidate, asked):
        return False
    if not _goes_by_route(candidate, question.route):
        return False
    return _covers_population(scored, question)


_INFUSED = re.compile(r"\b(?<!subcutaneous )infus(?:e|ed|ion)\b", re.IGNORECASE)


def _goes_by_route(candidate: Candidate, route: str | None) -> bool:
    """Whether its doses go by the route asked about, or none of them says by which they go."""
    if route is None or not candidate.dosages:
        return True
    stated = {d.route for d in candidate.dosages} - {None}
    above = (*reversed(candidate.lead), *reversed(candidate.headings))
    for text in (candidate.statement.text, *(c.quote for c in above), candidate.source.title):
        stated = stated or {found.value for found in find_routes(text)}
        if not stated and _INFUSED.search(text):
            stated = {"intravenous"}
    return not stated or route in stated


_OF_A_COURSE = {Aspect.DURATION, Aspect.INTERVAL, Aspect.DOSE}
_TOGETHER = {Aspect.INTERACTION, Aspect.CONTRAINDICATION}


def _is_on_the_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document, or the part of it that stands here, is on a drug asked about."""
    titled = candidate.title_substances
    return is_named(asked, titled or candidate.heading_substances)


def _kidneys_are_impaired(patient: Patient) -> bool:
    return any(v is not None and v < RENAL_LIMIT for v in (patient.egfr, patient.crcl))


_KIDNEYS = re.compile(r"\b(?:renal|kidneys?|e?gfr|cr\s?cl|creatinine)\b", re.IGNORECASE)


def _speaks_of_kidneys(scored: Scored) -> bool:
    named = {"renal impairment", "chronic kidney disease"} & scored.candidate.conditions
    attributes = scored.candidate.statement.group.attributes
    if named or {"egfr", "crcl", "creatinine"} & attributes:
        return True
    texts = (scored.candidate.statement.text, scored.candidate.lead_text)
    return any(_KIDNEYS.search(text) for text in texts)


def _is_of_age(criteria: tuple[Criterion, ...], patient: Patient) -> bool:
    """Whether no age that it names leaves a child out, whatever else would do in its place.

    "65 years and over, or any age with heart disease" is not for a child of four.
    """
    ages = [replace(c, alternatives=()) for c in criteria if c.attribute in ("age", "life stage")]
    verdicts = [applies(Group((c,)), patient).applies for c in ages]
    return Applies.NO not in verdicts or Applies.YES in verdicts


def _covers_population(scored: Scored, question: Question) -> bool:
    """A special population that is asked about must be one that the statement speaks of."""
    patient = question.patient
    criteria = scored.candidate.statement.group.criteria
    attributes = {c.attribute for c in criteria}
    stages = {c.value for c in criteria if c.attribute == "life stage"}
    if patient.pregnancy == "pregnant" and "pregnancy" not in attributes:
        return False
    if patient.breastfeeding and "breastfeeding" not in attributes:
        return False
    young = patient.age_years is not None and patient.age_years < ADULT_AGE
    child = patient.life_stage in _CHILD_STAGES or young
    if not child or not scored.candidate.dosages:
        return True  # a warning for everyone is one for a child too
    if stages & _CHILD_STAGES or {"age", "weight"} & attributes:
        return _is_of_age(criteria, patient)
    # A dose by weight with a ceiling is a child's; without one it may be an adult's.
    by_weight = [d for d in scored.candidate.dosages if d.per == "kg"]
    capped = any(
        d.maximum or d.role is DosageRole.MAXIMUM or d.comparator is Comparator.AT_MOST
        for d in scored.candidate.dosages
    )
    if not by_weight:
        return False
    of_any_age = not stages and scored.relevance.condition == 1.0
    return capped or speaks_of_children(scored.candidate) or of_any_age
