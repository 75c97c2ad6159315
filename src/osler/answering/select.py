"""Which candidates answer the question, which merely help, and which facets stay open."""

from __future__ import annotations

from dataclasses import dataclass

from osler.answering.aspects import phases_of
from osler.answering.candidate import Candidate
from osler.answering.cues import cues
from osler.answering.question_scope import Facet, facets_of, is_general
from osler.answering.relevance import (
    Asked,
    Relevance,
    doses_another,
    is_named,
    is_touched_by_title,
    judge,
    names_co_drug,
    serves_purpose,
    speaks_of_children,
    tells_more,
)
from osler.domain import (
    Applies,
    Aspect,
    Comparator,
    DosageRole,
    Patient,
    Phase,
    Polarity,
    Question,
    StatementKind,
)

MARGIN = 1.3  # how far below the best of its source a candidate may score and still answer
SOURCE_MARGIN = 2.8  # how far below the best of all a source's best may score
FITTING_MARGIN = 4.0  # the same for a source that fits drug, phase and condition
MOST_CORE = 10
MOST_BARS = 3
ON_ITS_OWN = 0.75  # subject score from which a statement is on the drug asked about
# Of a patient, by measurement or record; ages alone bar too often in passing.
MEASURED = frozenset({"egfr", "crcl", "creatinine", "weight", "bmi", "gestation", "allergy"})
_AGAINST = frozenset({StatementKind.CONTRAINDICATION})
MOST_SIBLINGS = 4  # further lines of the list that an answering line stands in
MOST_CORE_GENERAL = 40  # a question for no patient in particular is answered for every group
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
    eligible = [s for s in judged if _eligible(s, asked)]
    if _kidneys_are_impaired(asked.question.patient) and not any(map(_speaks_of_kidneys, eligible)):
        eligible = []
    core: dict[str, Scored] = {}
    on_it: dict[str, Scored] = {}
    facets = facets_of(asked.question)
    for facet in facets:
        general = is_general(asked.question) and facet.aspect is Aspect.DOSE
        answering = _of_it_alone([s for s in eligible if _answers(s, facet, asked)], asked)
        if not answering:
            continue
        on_it |= {s.candidate.statement.id: s for s in answering}
        limit = MOST_CORE_GENERAL if general else max(5, MOST_CORE // len(facets))
        widen = 1.2 if general else 0.0 if facet.aspect is Aspect.DOSE else 0.6
        close = _close_to_best(answering, widen)[:limit]
        for scored in (*close, *_siblings(close, answering)):
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


def bars(scored: Scored, question: Question) -> bool:
    """Whether a statement speaks against the drug for this patient by a measured criterion.

    "Stop below 30" for an eGFR of 24 belongs to any answer on the drug, whatever was asked.
    """
    relevance, statement = scored.relevance, scored.candidate.statement
    against = statement.polarity is Polarity.NEGATIVE or statement.kind in _AGAINST
    fits = relevance.applicability.applies is Applies.YES
    return against and bool(measures(scored)) and fits and relevance.subject >= ON_ITS_OWN


def rules_out(scored: Scored) -> bool:
    """Whether what speaks against a drug rules it out, and does not only lower or delay it."""
    return cues().bar.search(scored.candidate.statement.text) is not None


def measures(scored: Scored) -> frozenset[str]:
    """The measured things by which a statement picks out its patients."""
    return MEASURED & scored.candidate.statement.group.attributes


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

    def is_close(scored: Scored) -> bool:
        first = best_of[scored.candidate.source.id]
        margin = FITTING_MARGIN if _fits(first) else SOURCE_MARGIN
        return (
            first.relevance.score >= best - margin - widen
            and scored.relevance.score >= first.relevance.score - MARGIN - widen
        )

    return [scored for scored in answering if is_close(scored)]


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


def _answers(scored: Scored, facet: Facet, asked: Asked) -> bool:
    relevance = scored.relevance
    if facet.aspect is Aspect.ANY:
        return tells_more(scored.candidate, asked)
    if facet.aspect not in relevance.aspects:
        return False
    if facet.phase is not None:
        stated = phases_of(scored.candidate)
        return not stated or (relevance.phase_match is True and _has(stated, facet.phase))
    return True


def _has(stated: frozenset[Phase], wanted: Phase) -> bool:
    if wanted in stated:
        return True
    alike = {
        Phase.START: Phase.LOADING,
        Phase.LOADING: Phase.START,
        Phase.MAINTENANCE: Phase.CONTINUATION,
    }
    return alike.get(wanted) in stated


def _eligible(scored: Scored, asked: Asked) -> bool:
    """Whether a candidate may answer at all: about this drug or condition, and this population."""
    relevance = scored.relevance
    question = asked.question
    if asked.subjects:
        if relevance.subject < 0.5:
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
    if asked.subjects and not serves_purpose(candidate, asked):
        return False
    if asked.co_drugs and not asked.conditions and relevance.condition == 0:
        return False
    narrowed = asked.conditions or asked.co_drugs or asked.topics
    related = _is_on_the_drug(candidate, asked) or is_touched_by_title(candidate, asked)
    dosed = candidate.dosages or _OF_A_COURSE & relevance.aspects
    if asked.subjects and dosed and narrowed and relevance.condition == 0 and not related:
        return False  # a dose in a document on neither this drug nor what else is asked
    if asked.co_drugs and _TOGETHER & set(asked.question.aspects):
        return names_co_drug(candidate, asked)
    if (asked.conditions or asked.co_drugs) and relevance.condition == 0 and candidate.conditions:
        return False  # it names its own indication, and that is another one
    return _covers_population(scored, question)


_OF_A_COURSE = {Aspect.DURATION, Aspect.INTERVAL}
_TOGETHER = {Aspect.INTERACTION, Aspect.CONTRAINDICATION}


def _is_on_the_drug(candidate: Candidate, asked: Asked) -> bool:
    """Whether the document, or the part of it that stands here, is on a drug asked about."""
    titled = candidate.title_substances
    return is_named(asked, titled or candidate.heading_substances)


def _kidneys_are_impaired(patient: Patient) -> bool:
    return any(v is not None and v < RENAL_LIMIT for v in (patient.egfr, patient.crcl))


def _speaks_of_kidneys(scored: Scored) -> bool:
    named = {"renal impairment", "chronic kidney disease"} & scored.candidate.conditions
    attributes = scored.candidate.statement.group.attributes
    return bool(named or {"egfr", "crcl", "creatinine"} & attributes)


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
        return True
    # A dose by weight with a ceiling is a child's; without one it may be an adult's.
    by_weight = [d for d in scored.candidate.dosages if d.per == "kg"]
    capped = any(
        d.maximum or d.role is DosageRole.MAXIMUM or d.comparator is Comparator.AT_MOST
        for d in scored.candidate.dosages
    )
    return bool(by_weight) and (capped or speaks_of_children(scored.candidate))
