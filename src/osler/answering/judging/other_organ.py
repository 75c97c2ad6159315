"""Doses after the transplant of one organ do not answer for who has another one's."""

from __future__ import annotations

import re

from osler.answering.candidates.candidate import Candidate
from osler.domain import Question

_ORGANS = {
    "kidney": "kidney", "renal": "kidney", "liver": "liver", "hepatic": "liver",
    "heart": "heart", "cardiac": "heart", "lung": "lung", "lungs": "lung", "pancreas": "pancreas",
    "islet": "pancreas", "intestinal": "bowel", "bowel": "bowel",
}  # fmt: skip
# "Kidney function", "heart rate": of the organ that the patient has in any case.
_ORGAN = re.compile(
    rf"\b(?P<organ>{'|'.join(_ORGANS)})\b(?!\s+(?:function|failure|impair|insuffic|disease|injur|"
    r"damage|rate|block|rhythm|monitor|output|arrest|test|enzyme|biops|toxic|clearance|team|unit))",
    re.IGNORECASE,
)
_GRAFTED = re.compile(r"\b(?:transplant\w*|grafts?|allografts?|organs?)\b", re.IGNORECASE)


def is_for_another_organ(candidate: Candidate, question: Question) -> bool:
    """Whether it doses after the transplant of other organs than the one asked about: a row for
    "Kidney, adult", of a lung transplant."""
    asked = {
        organ
        for term in question.terms
        if "transplant" in term.name
        for organ in _organs_in(f"{term.name} {term.text}")
    }
    if not asked or not candidate.dosages:
        return False
    statement = candidate.statement
    named = _organs_in(statement.text)
    above = (candidate.source.title, *(c.quote for c in statement.context), statement.text)
    # "Kidney or liver 0.05 mg/kg; heart 0.01 mg/kg" tells organs apart without a word for grafts.
    told = len(named) > 1 or any(map(_GRAFTED.search, above))
    return bool(named) and not named & asked and told


def _organs_in(text: str) -> set[str]:
    return {_ORGANS[found["organ"].lower()] for found in _ORGAN.finditer(text)}
