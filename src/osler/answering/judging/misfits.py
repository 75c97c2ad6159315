"""Why a statement is not for the patient asked about, where no criterion of its group says so."""

from __future__ import annotations

from osler.answering.candidates.candidate import Candidate
from osler.answering.judging.other_kind import other_kind
from osler.domain import Question


def misfits(candidate: Candidate, question: Question) -> tuple[str, ...]:
    """The reasons, in words: "unprovoked, not provoked"."""
    kinds = other_kind(candidate, question)
    return () if kinds is None else (f"{kinds[0]}, not {kinds[1]}",)
