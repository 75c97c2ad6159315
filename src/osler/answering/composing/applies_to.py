"""Whether a claim is for the patient asked about, and what decides it."""

from __future__ import annotations

from dataclasses import replace

from osler.answering.judging.allergens import is_of_an_allergen
from osler.answering.judging.barred_with import barred_with
from osler.answering.judging.fitting import may_have_it_prevented
from osler.answering.judging.misfits import misfits
from osler.answering.judging.scored import Scored
from osler.answering.judging.since import time_met
from osler.domain import Applicability, Applies, Patient, Question


def applies_to(scored: Scored, question: Question) -> tuple[Applies | None, tuple[str, ...]]:
    """Whether a statement applies, with the reasons in words; None where nothing tells that."""
    candidate, patient = scored.candidate, question.patient
    applicability = scored.relevance.applicability
    if is_of_an_allergen(candidate, question):
        allergic = tuple(f"allergic to {name}" for name in patient.allergies)
        applicability = Applicability(Applies.NO, allergic)
    elif against := misfits(candidate, question):
        applicability = Applicability(Applies.NO, against)
    decided = applicability.applies is Applies.NO
    if not decided and (reasons := barred_with(candidate, question)):
        applicability, decided = Applicability(Applies.YES, reasons), True
    met = None if decided else time_met(candidate, question)
    if met is not None:
        applicability = replace(applicability, because=(*applicability.because, met[1]))
    group = candidate.statement.group
    if not (decided or met or (group.criteria and patient != Patient())):
        return None, ()
    applies = applicability.applies
    if applies is Applies.YES and not decided and may_have_it_prevented(candidate, question):
        applies = Applies.UNKNOWN
    return applies, applicability.because
