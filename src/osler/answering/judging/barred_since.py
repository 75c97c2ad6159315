"""What bars a drug for some time after another: "not within 24 hours of sildenafil"."""

from __future__ import annotations

import re

from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.times_since import times_since, windows
from osler.answering.cues import cues
from osler.answering.judging.exceptions import in_force
from osler.domain import Question
from osler.statements.groups.forbidding import forbids
from osler.statements.vocabulary.substances import belongs_to, find_substances

# Each time with what it is of: "24 hours of sildenafil, or within 48 hours of tadalafil".
_PARTS = re.compile(r"[.;]\s|,\s+|\s+(?:or|and)\s+(?=within\b|in\s+the\b)", re.IGNORECASE)


def barred_since(candidate: Candidate, question: Question) -> bool:
    """Whether a text that bars names a time after another drug, and the question tells that this
    drug was had so lately."""
    text = in_force(candidate.statement.text, question)
    if not (cues().bar.search(text) or any(forbids(c.quote) for c in candidate.lead)):
        return False
    lately = [since for since in times_since(question.understood) if "dose" in since.events]
    asked = {term.name for term in question.terms if term.kind == "substance"}
    had = {found.name for found in find_substances(question.understood)} - asked
    return any(
        window.low is None and any(map(window.holds, lately))
        for part in (_PARTS.split(text) if lately and had else ())
        if any(belongs_to(drug, found.name) for found in find_substances(part) for drug in had)
        for window in windows(part)
    )
