"""Which candidates answer the question, which merely help, and which facets stay open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from osler.answering.candidates.aspects import OF_LEAVE, may_be_of, only_treats, phases_of
from osler.answering.candidates.candidate import Candidate, Found
from osler.answering.candidates.forbidden import barred_drugs
from osler.answering.candidates.subject import relation, subject_of
from osler.answering.cues import cues
from osler.answering.judging.asked_form import by_the_route_of_the_drug
from osler.answering.judging.dosed_alike import dosed_alike
from osler.answering.judging.eligibility import (
    is_eligible,
    is_fragment,
    may_be_shown,
    of_sources_naming_it,
    of_sources_naming_the_condition,
    of_sources_on_it,
)
from osler.answering.judging.estimates import refuses_egfr_of, sources_refusing_egfr, without_egfr
from osler.answering.judging.kidneys import kidneys_are_impaired, speaks_of_kidneys
from osler.answering.judging.likelihood import likelihoods
from osler.answering.judging.population import speaks_of_patient, speaks_of_pregnancy
from osler.answering.judging.relevance import (
    Asked,
    joins_drugs,
    judge,
    tells_more,
)
from osler.answering.judging.scored import (
    ON_ITS_OWN,
    Scored,
    adjusts,
    bars,
    cautions_beside,
    is_for_those,
    rules_out,
)
from osler.answering.judging.unserved import without_unserved
from osler.answering.judging.unspoken import is_leave_asked_in, is_of_the_rest, unspoken
from osler.answering.understanding.patient_groups import is_for_named_group
from osler.answering.understanding.poisoning import suits_poisoning
from osler.answering.understanding.question_scope import Facet, facets_of, is_general
from osler.answering.understanding.reversing import is_left_unsaid, reversed_drugs, that_reverse
from osler.domain import Applies, Aspect, BlockKind, Group, Phase, Polarity, SourceStatus
from osler.statements import applies
from osler.statements.groups.reasons_against import reasons_against
from osler.statements.vocabulary.analytes import analyte_units

MOST_BARS = 3
MOST_SHOWN = 10  # statements
MOST_SHOWN_GENERAL = 40  # a question for no patient in particular is answered for every group
TELLING = 0.5  # of the question's further words, in a line that answers yes or no
NAMED_GROUP = 2.0  # logits for a special age that the patient is said to be of
SURE_ENOUGH = 0.08  # chance that the likeliest must have where a dose is asked for
LEAST_LIKELY = -4.6  # logit from which a statement is shown: a chance of one in a hundred
FAR_BEHIND = 4.0  # what is so many logits less likely than the likeliest is not shown


@dataclass(frozen=True, slots=True)
class Selection:
    """What answers, what helps, and what came close."""

    core: tuple[Scored, ...]
    support: tuple[Scored, ...]  # same drug or condition, other aspects
    nearby: tuple[Scored, ...]  # the best that were not good enough
    answering: tuple[Scored, ...] = ()  # all that answer what is asked, the core and the others
    not_reached: tuple[Scored, ...] = ()  # that would answer, were the patient's values others
    only_for_others: bool = False  # whether all that is said of the drug is for other patients
    judged: tuple[Scored, ...] = ()  # all that is not about another drug or patient, best first
    unspoken: tuple[str, ...] = ()  # conditions asked about that nothing on the drug speaks of


def select(candidates: tuple[Found, ...], asked: Asked) -> Selection:
    """Choose the best answer to each thing asked and the likeliest statements beside it; none
    where nothing answers, and no dose for others where a bar is for this patient."""
    patient = asked.question.patient
    judged, refused = without_unserved(judge_all(candidates, asked), patient)
    asked = replace(asked, dosed_alike=dosed_alike(judged, patient))
    telling = {s.candidate.source.id for s in judged if s.relevance.overlap > 0}
    eligible = [s for s in judged if is_eligible(s, asked, s.candidate.source.id in telling)]
    eligible = of_sources_on_it(eligible, judged, (f.candidate for f in candidates), asked)
    eligible = of_sources_naming_it(eligible, judged, asked)
    eligible = by_the_route_of_the_drug(eligible, judged, asked.question)
    is_reversed = bool(reversed_drugs(asked.question))  # by what counters it, whatever the kidneys
    if (
        not is_reversed
        and kidneys_are_impaired(patient)
        and not any(
            speaks_of_kidneys(s, asked.question.patient) and (s.candidate.dosages or not refused)
            for s in eligible
        )
    ):
        eligible = []
    if is_left_unsaid((s.candidate for s in judged), asked.question):
        eligible = []
    first: list[Scored] = []  # the best of each thing asked
    on_it: dict[str, Scored] = {}
    for facet in facets_of(asked.question):
        answering = [s for s in eligible if _answers(s, facet, asked)]
        first += answering[:1]
        on_it |= {s.candidate.statement.id: s for s in answering}
    if is_general(asked.question):
        first = list(on_it.values())
    shown = [*first, *likeliest(judged, asked)] if first else []
    if _is_too_doubtful(shown, asked):
        shown = []
    core = {s.candidate.statement.id: s for s in shown}
    usable = [s for s in judged if s.candidate.usable]
    against = [s for s in usable if bars(s, asked.question)][:MOST_BARS]
    if any(rules_out(s, asked.question) and not _is_superseded(s) for s in against):
        # Ruled out for this patient: a dose is shown only where it is for such patients.
        core = {i: s for i, s in core.items() if not _is_dose_for_others(s, against, asked)}
    methods = {
        s.candidate.source.id for s in against if reasons_against(s.candidate.statement.text)
    }
    core = {i: s for i, s in core.items() if not _is_by_a_method(s, methods, asked)}
    # A change of dose is no answer by itself.
    adjusting = [s for s in usable if core and adjusts(s, asked.question)][:MOST_BARS]
    by_another = [s for s in usable if core and refuses_egfr_of(s.candidate, asked)][:1]
    for scored in (*against, *adjusting, *by_another):
        core.setdefault(scored.candidate.statement.id, scored)
    if not core:
        core = {s.candidate.statement.id: s for s in _told_of_them(usable, asked)}
    for scored in _bars_behind(core.values(), usable, asked):
        core.setdefault(scored.candidate.statement.id, scored)
    if asked.question.yes_no:
        for scored in cautions_beside(core.values(), usable):
            core.setdefault(scored.candidate.statement.id, scored)
    told = tuple(f.candidate for f in candidates)
    silent_on = unspoken(told, asked)
    if is_leave_asked_in(silent_on, told, asked):
        core = {i: s for i, s in core.items() if is_of_the_rest(s, asked)}
    chosen = tuple(sorted(core.values(), key=lambda s: s.key))
    support = tuple(
        s
        for s in judged
        if s.candidate.statement.id not in core
        and s.relevance.subject >= 0.75
        and s.relevance.phase_match is not False
    )
    return Selection(
        chosen,
        support,
        tuple(judged[:5]),
        tuple(on_it.values()),
        _not_reached(candidates, asked),
        not judged and _is_on_the_drug(candidates, asked),
        tuple(judged),
        silent_on,
    )


def _is_on_the_drug(candidates: tuple[Found, ...], asked: Asked) -> bool:
    return any(subject_of(f.candidate, asked.subjects) >= ON_ITS_OWN for f in candidates)


def _not_reached(candidates: tuple[Found, ...], asked: Asked) -> tuple[Scored, ...]:
    """What only a value of the patient rules out: "stop above 6.0" for a potassium of 5.7."""
    patient = asked.question.patient
    measured = {name for name, _ in patient.measurements}
    ruled_out = [
        found
        for found in candidates
        if measured & found.candidate.statement.group.attributes and judge(found, asked) is None
    ]
    if not ruled_out:
        return ()
    unmeasured = replace(asked.question, patient=replace(patient, measurements=()))
    freed = replace(asked, question=unmeasured)
    return tuple(s for s in judge_all(ruled_out, freed) if is_eligible(s, freed, told_of=True))


def _is_too_doubtful(shown: list[Scored], asked: Asked) -> bool:
    """Whether a dose is asked for and nothing is likely to be it: silence is better than that."""
    aspects = set(asked.question.aspects)
    if Aspect.DOSE not in aspects or aspects & OF_LEAVE:
        return False
    return max((s.likelihood for s in shown), default=0.0) < SURE_ENOUGH


def likeliest(judged: list[Scored], asked: Asked) -> list[Scored]:
    """Those most likely to be part of the answer, likeliest first."""
    may = [
        s
        for s in judged
        if may_be_shown(s.candidate, s.relevance, asked)
        and not only_treats(s.candidate, asked.question)
        and not (Aspect.TARGET in s.relevance.aspects and _is_of_another_target(s, asked))
    ]
    may = of_sources_naming_the_condition(may, judged, asked)
    if asked.question.patient.pregnancy == "planning":
        # The same drug is given for other things; what is for this says so, if anything does.
        may = [s for s in may if speaks_of_pregnancy(s.candidate)] or may
    may.sort(key=lambda s: (-_worth(s, asked), s.candidate.statement.id))
    if is_general(asked.question):
        # A topic as a whole, but for the doses of other phases than the one asked about.
        return [s for s in may if s.relevance.phase_match is not False][:MOST_SHOWN_GENERAL]
    least = max(LEAST_LIKELY, max(s.logit for s in may) - FAR_BEHIND) if may else 0.0
    return [s for s in may[:MOST_SHOWN] if _worth(s, asked) >= least]


def _worth(scored: Scored, asked: Asked) -> float:
    """Its logit, raised where it is for a special age that the patient is said to be of."""
    named = is_for_named_group(scored.relevance.group, asked.question.patient)
    return scored.logit + NAMED_GROUP * named


def judge_all(candidates: Iterable[Found], asked: Asked) -> list[Scored]:
    """The candidates that are not about another drug or patient, best first."""
    candidates = that_reverse(tuple(candidates), asked.question)
    refusing = sources_refusing_egfr(candidates, asked)
    open_ = without_egfr(asked) if refusing else asked
    pairs = [
        (found.candidate, relevance)
        for found in candidates
        if suits_poisoning(found.candidate, asked.question)
        and (relevance := judge(found, open_ if found.candidate.source.id in refusing else asked))
        is not None
    ]
    chances = likelihoods(pairs, asked)
    judged = [Scored(c, r, chance) for (c, r), chance in zip(pairs, chances, strict=True)]
    return sorted(judged, key=lambda s: s.key)


def _told_of_them(usable: list[Scored], asked: Asked) -> list[Scored]:
    """What is said of the pregnant or of who breastfeeds, where no dose of the drug is for them,
    and what a label behind the dose bars for this patient.

    "Who becomes pregnant on it is referred at once" answers for its dose better than silence.
    """
    told = [
        s
        for s in usable
        if asked.subjects
        and s.relevance.subject >= ON_ITS_OWN
        and not s.candidate.dosages
        and not is_fragment(s.candidate)
        and (
            speaks_of_patient(s.candidate, asked.question.patient)
            or (_is_bar_split_off(s, asked) and _is_of_its_people(s, asked))
        )
    ]
    return told[:MOST_BARS]


def _is_bar_split_off(scored: Scored, asked: Asked) -> bool:
    """Whether a label behind a dose bars its drug: "30 mg Breastfeeding: contraindicated"."""
    candidate = scored.candidate
    return (
        candidate.is_split_off
        and not candidate.dosages
        and candidate.statement.polarity is Polarity.NEGATIVE
        and rules_out(scored, asked.question)
    )


def _is_of_its_people(scored: Scored, asked: Asked) -> bool:
    """Whether the patient is one of those that a statement tells of, whatever is treated."""
    people = [c for c in scored.candidate.statement.group.criteria if c.attribute != "condition"]
    return bool(people) and all(
        applies(Group((c,)), asked.question.patient).applies is Applies.YES for c in people
    )


def _bars_behind(doses: Iterable[Scored], usable: list[Scored], asked: Asked) -> list[Scored]:
    """The bars that are split off the doses shown, for whom they are not known not to be."""
    shown = {(s.candidate.source.id, s.candidate.statement.start) for s in doses}
    return [
        s
        for s in usable
        if s.candidate.focus is not None
        and (s.candidate.source.id, s.candidate.focus.start) in shown
        and _is_bar_split_off(s, asked)
    ]


def _is_superseded(scored: Scored) -> bool:
    return scored.candidate.source.status is SourceStatus.SUPERSEDED


def _is_dose_for_others(scored: Scored, against: list[Scored], asked: Asked) -> bool:
    """Whether it doses a drug that is ruled out, and not for those who must not have it."""
    own = scored.candidate
    dosed = own.dosed_substances or own.nearest_substances
    barred = {name for b in against for name in _barred_by(b, asked)}
    related = any(relation(d, b) or relation(b, d) for d in dosed for b in barred)
    if dosed and barred and not related:
        return False  # "no metoclopramide in Parkinson's disease; cyclizine 50 mg"
    return bool(own.dosages) and not any(is_for_those(scored, b) for b in against)


def _barred_by(bar: Scored, asked: Asked) -> tuple[str, ...]:
    """The drugs that a bar is on: those that it names, or, where it names only what is measured
    ("serum potassium below 4; asthma"), those asked about."""
    named = tuple(set(barred_drugs(bar.candidate)) - analyte_units().keys())
    return named or tuple(term.name for term in asked.subjects)


def _is_by_a_method(scored: Scored, methods: set[str], asked: Asked) -> bool:
    """Whether it doses by the method of a source that names a reason of this patient against it,
    and is not for that very illness."""
    candidate = scored.candidate
    theirs = candidate.own_conditions & set(asked.question.patient.conditions)
    doses = candidate.dosages or candidate.statement.block is BlockKind.ROW
    return bool(doses) and candidate.source.id in methods and not theirs


def _answers(scored: Scored, facet: Facet, asked: Asked) -> bool:
    relevance = scored.relevance
    if facet.aspect in OF_LEAVE and joins_drugs(scored.candidate, asked):
        return True  # "rifampicin makes the pill fail"
    if facet.aspect in _OF_LEVELS and _is_of_another_target(scored, asked):
        return False
    if _speaks_of_tables(scored.candidate):
        return False
    if asked.question.yes_no and facet.aspect in OF_LEAVE and relevance.overlap >= TELLING:
        return True  # "may be put on the wound before it is closed"
    if facet.aspect is Aspect.ANY:
        return tells_more(scored.candidate, asked)
    if facet.aspect not in relevance.aspects:
        return False
    if facet.phase is not None:
        return may_be_of(scored.candidate, facet.phase) or _has(
            phases_of(scored.candidate), facet.phase
        )
    return True


_OF_LEVELS = frozenset({Aspect.TARGET, Aspect.MONITORING})


def _is_of_another_target(scored: Scored, asked: Asked) -> bool:
    """Whether a level in the blood to aim for is asked, and this speaks of none.

    "Titrate to a target of 300 mg a day" is no target for the blood.
    """
    question = asked.question
    if Aspect.TARGET not in question.aspects or not cues().of_level.search(question.understood):
        return False
    return cues().level.search(scored.candidate.statement.text) is None


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
