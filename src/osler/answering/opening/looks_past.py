"""Doses as for sound organs and the young, where another claim doses patients like this one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from osler.answering.candidates.candidate import Candidate
from osler.answering.composing.compose import Composed
from osler.answering.cues import cues
from osler.answering.disagreeing.sides import treated
from osler.answering.judging.kidneys import (
    is_for_the_dialysed,
    kidneys_are_impaired,
    speaks_of_kidneys,
)
from osler.answering.judging.scored import Scored, measures
from osler.answering.opening.other_needs import phases_shown
from osler.answering.understanding.patient_groups import is_for_named_group
from osler.domain import Applies, Patient, Phase, Question, StatementKind
from osler.patterns import lazy
from osler.statements.groups.kidneys import is_dialysed
from osler.statements.vocabulary.conditions import is_a

_FIRST = frozenset({Phase.START, Phase.LOADING})
FILTRATION = frozenset({"egfr", "crcl"})


def looks_past_kidneys(item: Composed, all_: list[Composed], question: Question) -> bool:
    """Whether it doses as if the kidneys were sound, and another dose is for kidneys like these:
    one of the one phase asked for, or any where they have failed. The first doses of a course do
    not hang on them."""
    wanted, patient = set(question.phases), question.patient
    if wanted & _FIRST or not item.claim.dosages or speaks_of_kidneys(item.scored, patient):
        return False
    failed = is_dialysed(patient)
    if not failed and not kidneys_are_impaired(patient):
        return False
    if not wanted and not failed:
        is_first = bool(phases_shown(item) & _FIRST)
        if is_first or _is_spared(item, _WANTS[0], all_, question):
            return False
        return any(_is_for_these_kidneys(c, item, question) for c in all_)
    if not failed and len(wanted) != 1:
        return False
    return any(
        c is not item
        and wanted <= phases_shown(c)
        and ((c.claim.dosages and c.claim.applies is Applies.YES) or failed)
        and (FILTRATION & measures(c.scored) or (failed and is_said_of_dialysis(c)))
        and set(item.scored.candidate.statement.substances)
        & set(c.scored.candidate.statement.substances)
        for c in all_
    )


def _is_for_these_kidneys(item: Composed, other: Composed, question: Question) -> bool:
    """Whether it doses a drug of the other by a filtration that the patient has, and for no
    illness but those asked about."""
    candidate = item.scored.candidate
    drugs = set(candidate.statement.substances)
    elsewhere = candidate.own_conditions | candidate.setting
    return bool(
        item.claim.dosages
        and item.claim.applies is Applies.YES
        and FILTRATION & measures(item.scored)
        and elsewhere <= treated(question) | _KIDNEYS
        and drugs & set(other.scored.candidate.statement.substances)
    )


_KIDNEYS = frozenset({"renal impairment", "chronic kidney disease", "renal failure"})


def is_said_of_dialysis(item: Composed) -> bool:
    """Whether it doses those on dialysis, or bars a drug for them."""
    kind = item.scored.candidate.statement.kind
    tells = bool(item.claim.dosages) or kind is StatementKind.CONTRAINDICATION
    return tells and is_for_the_dialysed(item.scored)


@dataclass(frozen=True, slots=True)
class _Want:
    """What a patient may have that changes doses: who has it, and what is said for such."""

    is_had: Callable[[Question], bool]
    speaks: Callable[[Scored, Question], bool]
    kind: str  # the condition


def is_for_the_sound(
    item: Composed, all_: Sequence[Composed], shown: Sequence[Composed], question: Question
) -> bool:
    """Whether it doses as if the kidneys, the liver or the age of this patient were others', and
    another source says of the drug what such patients have.

    Not where its own source says that the dose is the same in them; what loads is.
    """
    loads = {Phase.LOADING}
    if not item.claim.dosages or phases_shown(item) == loads or loads & set(question.phases):
        return False
    for want in _WANTS:
        if not want.is_had(question) or want.speaks(item.scored, question):
            continue
        spared = _is_spared(item, want, shown, question)
        if not spared and any(_is_for_such(c, item, want, question) for c in all_):
            return True
    return False


def _is_spared(item: Composed, want: _Want, shown: Sequence[Composed], question: Question) -> bool:
    """Whether its own source says that the dose is the same in such patients."""
    return any(
        c.scored.candidate.source.id == item.scored.candidate.source.id
        and want.speaks(c.scored, question)
        and cues().leave.search(c.scored.candidate.statement.text)
        for c in shown
    )


# What is given to fewer, or less of it.
_CHANGES = lazy(
    r"\b(?:reduc|lower|halv|half|max(?:imum)?\b|smaller|less\b|quarter|third)", re.IGNORECASE
)


def _is_for_such(item: Composed, other: Composed, want: _Want, question: Question) -> bool:
    """Whether it is of another source, on a drug of the other, says how it is dosed in such
    patients, and is for no illness but those asked about."""
    candidate = item.scored.candidate
    if candidate.source.id == other.scored.candidate.source.id:
        return False
    if not want.speaks(item.scored, question) or cues().leave.search(candidate.statement.text):
        return False
    if not (item.claim.dosages or _CHANGES.search(candidate.statement.text)):
        return False
    named = candidate.own_conditions | candidate.setting
    elsewhere = {c for c in named if not is_a(c, want.kind) and not is_a(want.kind, c)}
    wanted = treated(question)
    if not all(any(is_a(w, c) or is_a(c, w) for w in wanted) for c in elsewhere):
        return False
    phases, others = phases_shown(item), phases_shown(other)
    if phases and others and not phases & others:
        return False
    drugs = set(other.scored.candidate.statement.substances)
    return item.claim.applies is not Applies.NO and bool(
        drugs & set(candidate.statement.substances)
    )


def _has(question: Question, organ: str) -> bool:
    return any(is_a(name, organ) for name in question.patient.conditions)


def _has_ill_kidneys(question: Question) -> bool:
    return kidneys_are_impaired(question.patient) or _has(question, "renal impairment")


_LIVER = lazy(r"\b(?:liver|hepatic|cirrho\w*|child[-\s]?pugh)\b", re.IGNORECASE)
_CHILD_PUGH = lazy(r"\bchild[-\s]?pugh\b", re.IGNORECASE)


def _has_an_ill_liver(question: Question) -> bool:
    graded = _CHILD_PUGH.search(question.understood) is not None
    return graded or _has(question, "hepatic impairment")


def _speaks_of_the_liver(scored: Scored, _: Question) -> bool:
    candidate: Candidate = scored.candidate
    above = (candidate.lead_text, *(c.quote for c in candidate.headings[-1:]))
    return any(map(_LIVER.search, (candidate.statement.text, *above)))


_OLD = 60  # years; from it on an age is one of older people


def _is_old(question: Question) -> bool:
    patient: Patient = question.patient
    age = patient.age_years
    return patient.life_stage == "older" or (age is not None and age >= _OLD)


def _speaks_of_the_old(scored: Scored, question: Question) -> bool:
    group = scored.candidate.statement.group
    if is_for_named_group(group, question.patient):
        return True
    members = [m for c in group.criteria for m in (c, *c.alternatives)]
    return any(
        m.value == "older" or (m.attribute == "age" and m.low is not None and m.low >= _OLD)
        for m in members
        if not m.negated
    )


_WANTS = (
    _Want(_has_ill_kidneys, lambda s, q: speaks_of_kidneys(s, q.patient), "renal impairment"),
    _Want(_has_an_ill_liver, _speaks_of_the_liver, "hepatic impairment"),
    _Want(_is_old, _speaks_of_the_old, "frailty"),
)
