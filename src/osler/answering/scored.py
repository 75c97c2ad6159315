"""Candidates with how well they answer, and those that speak against a drug for this patient."""

from __future__ import annotations

from dataclasses import dataclass

from osler.answering.candidate import Candidate
from osler.answering.cues import cues
from osler.answering.relevance import (
    Relevance,
)
from osler.domain import (
    Applies,
    Polarity,
    Question,
    StatementKind,
)
from osler.statements.analytes import analyte_units

ON_THE_SUBJECT = 0.5  # subject score from which a statement may answer at all
ON_ITS_OWN = 0.75  # subject score from which a statement is on the drug asked about
# Of a patient, by measurement or record; ages alone bar too often in passing.
MEASURED = frozenset({"egfr", "crcl", "creatinine", "weight", "bmi", "gestation", "allergy"})
_AGAINST = frozenset({StatementKind.CONTRAINDICATION})


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with how well it answers."""

    candidate: Candidate
    relevance: Relevance

    @property
    def key(self) -> tuple[float, str]:
        """Best first; ties by statement id, so that order never depends on the library's."""
        return (-self.relevance.score, self.candidate.statement.id)


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
