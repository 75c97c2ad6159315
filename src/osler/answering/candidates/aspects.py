"""What a statement speaks to: which of the things asked, and which phase of a treatment."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.answering.candidates.candidate import REMEMBERED, Candidate
from osler.answering.candidates.rows import row_phases
from osler.answering.candidates.subject import relation
from osler.answering.cues import cues
from osler.domain import (
    Aspect,
    BlockKind,
    Comparator,
    Dosage,
    DosageRole,
    Duration,
    Phase,
    Polarity,
    Question,
    StatementKind,
)
from osler.dosage import find_durations
from osler.patterns import lazy
from osler.statements.sentences.cues import phase_of, states_dose_rule
from osler.statements.vocabulary.substances import is_class

# What "is it safe", "can she take" asks for.
OF_LEAVE = frozenset({Aspect.CONTRAINDICATION, Aspect.INTERACTION})
_DOSE_ROLES = (DosageRole.DOSE, DosageRole.MAXIMUM, DosageRole.STEP)


@lru_cache(maxsize=2 * REMEMBERED)
def answered_aspects(
    candidate: Candidate, asked: frozenset[Aspect], drugs: tuple[str, ...] = ()
) -> frozenset[Aspect]:
    """Those of the asked aspects that a statement speaks to, by kind, dosages and words.

    What doses a drug of one of the classes among `drugs`, or where none is named any, answers
    which of them to give.
    """
    statement = candidate.statement
    text = statement.text
    found: set[Aspect] = set()
    told = cues().narrative, cues().content
    of_class = Aspect.CHOICE in asked and not asked & _DOSED
    of_class &= (not drugs and bool(candidate.nearest_substances)) or any(
        is_class(drug) and relation(drug, name) == 1
        for drug in drugs
        for name in candidate.dosed_substances
    )
    dosed = bool(of_class or asked & _DOSED) and any(map(is_dose, candidate.dosages))
    above = (*statement.section, *(c.quote for c in candidate.lead if c.role == "caption"))
    if any(cues().no_dose.search(heading) for heading in above):
        dosed = False  # what was given in a trial, or how a product is sold
    if dosed and not any(cue.search(text) for cue in told):
        found |= _DOSED | ({Aspect.CHOICE} if of_class else set())
    elif not statement.dosages and states_dose_rule(text, statement.group):
        found |= asked & _DOSED
    by_kind = _ASPECT_OF_KIND.get(statement.kind)
    if by_kind is not None:
        found.add(by_kind)
    lead = candidate.lead_text
    if Aspect.DURATION in asked and any(not _is_speed(d.value) for d in find_durations(text)):
        found.add(Aspect.DURATION)
    for aspect, cue in cues().statement:
        if aspect in asked and (cue.search(text) or (lead and cue.search(lead))):
            found.add(aspect)
    for aspect, cue in cues().headings:
        if aspect in asked and any(cue.search(heading) for heading in statement.section):
            found.add(aspect)
    if Aspect.TARGET in asked:
        aims = dict(cues().statement)[Aspect.TARGET].search(text)
        if not (aims and any(c.isdigit() for c in text)):
            found.discard(Aspect.TARGET)
    if statement.kind is StatementKind.CHOICE:
        found.add(Aspect.TREATMENT)
    if statement.polarity is Polarity.NEGATIVE:
        found |= {Aspect.CAUTION, Aspect.CONTRAINDICATION}
    return frozenset(found)


def _is_speed(duration: Duration) -> bool:
    """Whether it tells how fast one dose is given: "over 30 to 60 minutes" is no course."""
    return duration.unit in ("min", "h", "s") and duration.text.lower().startswith("over")


def is_dose(dosage: Dosage) -> bool:
    """Whether an amount tells how much is given: a ceiling of speed does not."""
    speed = dosage.per_time in ("h", "min") and dosage.per is None
    return dosage.role in _DOSE_ROLES and not (speed and dosage.role is DosageRole.MAXIMUM)


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


@lru_cache(maxsize=REMEMBERED)
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
    named = frozenset(phase for phase in found if phase is not None)
    return named | _phases_by_order(candidate) if named <= _IN_COURSE else named


_IN_COURSE = frozenset({Phase.TITRATION, Phase.MAXIMUM, Phase.MAINTENANCE, Phase.CONTINUATION})


def _phases_by_order(candidate: Candidate) -> frozenset[Phase]:
    """What the order of the doses of one drug tells: "45 mg for 12 weeks, then 15 mg" begins with
    the one, goes on with the other and tapers; "then 60 mg" would titrate. What is raised in
    steps begins below them."""
    drugs = {name for name in candidate.dosed_substances if not is_class(name)}
    plain = [d for d in candidate.dosages if is_plain(d)]
    if not plain or (len(drugs) > 1 and len(plain) > 1):
        return frozenset()  # "levodopa/carbidopa 50 mg, raised by 100 mg" begins with one
    found: set[Phase] = set()
    for dosage in plain:
        if any(step.phase is None for step in dosage.steps):
            found |= {Phase.START, Phase.CONTINUATION, *_way(dosage)}
    if any(d.role is DosageRole.STEP and d.start > plain[0].start for d in candidate.dosages):
        found.add(Phase.START)
    return frozenset(found)


def _way(dosage: Dosage) -> tuple[Phase, ...]:
    """Whether the doses of a sequence rise or fall."""
    after = dosage.steps[0]
    if dosage.low is None or after.low is None or after.unit != dosage.unit:
        return ()
    if after.low == dosage.low:
        return ()
    return (Phase.TITRATION if after.low > dosage.low else Phase.TAPER,)


def is_plain(dosage: Dosage) -> bool:
    """Whether it is a dose that is neither a ceiling nor said to be of a phase."""
    above = (Comparator.LESS, Comparator.AT_MOST)
    is_one = dosage.role is DosageRole.DOSE and dosage.comparator not in above
    return is_one and dosage.phase is None


def may_be_of(candidate: Candidate, phase: Phase) -> bool:
    """Whether what it states may be for a phase: it is, or its dose is said to be of none.

    "1 g daily, not more than 4 g" names a ceiling, and its dose may start a course as well.
    """
    stated = phases_of(candidate)
    if not stated and phase is Phase.PROPHYLAXIS and candidate.dosages:
        return not _is_headed_by_treatment(candidate)
    if not stated or phase in stated:
        return True
    return stated == {Phase.MAXIMUM} and any(map(is_plain, candidate.dosages))


# "Treatment 30 mg once daily", beside what prevents
_TREATMENT = lazy(r"\btreatment(?:\s+dose)?:?\s*$", re.IGNORECASE)


def only_treats(candidate: Candidate, question: Question) -> bool:
    """Whether prevention is asked for, and each dose is said to be for treatment right before."""
    if set(question.phases) != {Phase.PROPHYLAXIS} or candidate.statement.block is BlockKind.ROW:
        return False
    text = candidate.statement.text
    if candidate.dosages and not phases_of(candidate) and _is_headed_by_treatment(candidate):
        return True
    return bool(candidate.dosages) and all(
        _TREATMENT.search(text, 0, d.start) is not None for d in candidate.dosages
    )


def _is_headed_by_treatment(candidate: Candidate) -> bool:
    """Whether the nearest heading is on treating an illness: "Treatment of thrombosis"."""
    nearest = candidate.headings[-1].quote if candidate.headings else ""
    return _TREATMENT_OF.match(nearest) is not None and phase_of(nearest) is None


_TREATMENT_OF = lazy(r"[\W\d]*(?:acute\s+)?treatment\s+(?:of|for|dose)\b", re.IGNORECASE)


def phase_match(candidate: Candidate, question: Question) -> bool | None:
    """Whether it states a dose for a phase asked about; None where either names no phase."""
    stated = phases_of(candidate)
    if not question.phases:
        return None
    if not stated:
        return False if only_treats(candidate, question) else None
    wanted = frozenset().union(*(_COMPATIBLE.get(p, {p}) for p in question.phases))
    if stated & wanted:
        return True
    return None if any(may_be_of(candidate, phase) for phase in question.phases) else False
