"""Why a statement is not for the patient asked about, where no criterion of its group says so."""

from __future__ import annotations

from osler.answering.candidates.candidate import Candidate
from osler.answering.judging.other_kind import other_kind
from osler.answering.judging.since import too_early_or_late
from osler.domain import Question


def misfits(candidate: Candidate, question: Question) -> tuple[str, ...]:
    """The reasons, in words: "unprovoked, not provoked", "80 hours ago: not within 72 hours"."""
    kinds, time = other_kind(candidate, question), too_early_or_late(candidate, question)
    named = () if kinds is None else (f"{kinds[0]}, not {kinds[1]}",)
    return named if time is None else (*named, time)
