"""Candidates with how well they answer, and those that speak against a drug for this patient."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from osler.answering.candidate import Candidate
from osler.answering.cues import cues
from osler.answering.relevance import (
    Relevance,
)
from osler.domain import (
    Applies,
    Criterion,
    Group,
    Polarity,
    Question,
    StatementKind,
)
from osler.statements import applies
from osler.statements.analytes import analyte_units

ON_THE_SUBJECT = 0.5  # subject score from which a statement may answer at all
ON_ITS_OWN = 0.75  # subject score from which a statement is on the drug asked about
# Of a patient, by measurement or record; ages alone bar too often in passing.
MEASURED = frozenset({"egfr", "crcl", "creatinine", "weight", "bmi", "gestation", "allergy"})
PREGNANCY = frozenset({"pregnancy", "breastfeeding"})
_SMALLEST = 1e-4
_FILTRATION = frozenset({"egfr", "crcl"})
_AGAINST = frozenset({StatementKind.CONTRAINDICATION})


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with how well it answers."""

    candidate: Candidate
    relevance: Relevance
    likelihood: float = 0.0  # that it states something that the answer needs

    @property
    def logit(self) -> float:
        """The likelihood as the logarithm of its odds."""
        chance = min(max(self.likelihood, _SMALLEST), 1 - _SMALLEST)
        return log(chance / (1 - chance))

    @property
    def key(self) -> tuple[float, str]:
        """Best first; ties by statement id, so that order never depends on the library's."""
        return (-self.relevance.score, self.candidate.statement.id)


def bars(scored: Scored, question: Question) -> bool:
    """Whether a statement speaks against the drug for this patient.

    "Stop below 30" for an eGFR of 24 belongs to any answer on the drug, whatever was asked; so
    does "not in the first trimester". It picks the patient out by what is measured, by pregnancy
    or by what the patient has beside the problem; the problem itself may stay unsaid.
    """
    relevance, statement = scored.relevance, scored.candidate.statement
    hangs_on_a_bar = bool(cues().bar.search(scored.candidate.lead_text))
    against = (
        statement.polarity is Polarity.NEGATIVE or statement.kind in _AGAINST or hangs_on_a_bar
    )
    if not against or relevance.subject < ON_ITS_OWN or cues().leave.search(statement.text):
        return False  # "may be used down to 30; avoid below"
    told = [c for c in statement.group.criteria if _tells_apart(c, question)]
    fits = {applies(Group((c,)), question.patient).applies for c in told}
    rest = {c.attribute for c in statement.group.criteria if c not in told}
    return fits == {Applies.YES} and (
        relevance.applicability.applies is Applies.YES or rest <= {"condition"}
    )


def _tells_apart(criterion: Criterion, question: Question) -> bool:
    beside = criterion.attribute == "condition" and criterion.value in question.background
    if criterion.attribute in _FILTRATION and criterion.high is None:
        return False  # no kidney is too good
    return beside or criterion.attribute in measured() | PREGNANCY


def rules_out(scored: Scored) -> bool:
    """Whether what speaks against a drug rules it out, and does not only lower or delay it."""
    candidate = scored.candidate
    return any(cues().bar.search(t) for t in (candidate.statement.text, candidate.lead_text))


def measures(scored: Scored) -> frozenset[str]:
    """The measured things by which a statement picks out its patients."""
    return measured() & scored.relevance.group.attributes


def measured() -> frozenset[str]:
    """The attributes of patients that are measured or on record, laboratory values included."""
    return MEASURED | analyte_units().keys()


def is_for_those(scored: Scored, barred: Scored) -> bool:
    """Whether a dose is for the very patients that a bar is about ("pregnant: 5 mg")."""
    theirs, its = barred.candidate.statement.group, scored.relevance.group
    by = (measured() | PREGNANCY) & theirs.attributes
    fits = scored.relevance.applicability.applies is Applies.YES
    return fits and bool(by) and by <= its.attributes
