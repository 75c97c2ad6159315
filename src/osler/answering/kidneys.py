"""Whether a patient's kidneys are impaired, and whether a candidate speaks of such kidneys."""

from __future__ import annotations

import re

from osler.answering.scored import Scored
from osler.domain import Applies, Patient
from osler.statements.kidneys import IMPAIRED, is_dialysed


def kidneys_are_impaired(patient: Patient) -> bool:
    """Whether an estimate of renal function is below `IMPAIRED`, or dialysis takes its place."""
    if is_dialysed(patient):
        return True
    return any(v is not None and v < IMPAIRED for v in (patient.egfr, patient.crcl))


_KIDNEYS = re.compile(r"\b(?:renal|kidneys?|\w*dialysis|e?gfr|cr\s?cl|creatinine)\b", re.IGNORECASE)


def speaks_of_kidneys(scored: Scored, patient: Patient) -> bool:
    """Whether a candidate has a criterion or a word for renal function."""
    named = {"renal impairment", "chronic kidney disease", "dialysis"} & scored.candidate.conditions
    if named:
        return True
    attributes = scored.candidate.statement.group.attributes
    if {"egfr", "crcl", "creatinine"} & attributes:
        # A band in which it is not known whether dialysis falls tells nothing of it.
        is_open = scored.relevance.applicability.applies is Applies.UNKNOWN
        return not (is_open and is_dialysed(patient))
    texts = (scored.candidate.statement.text, scored.candidate.lead_text)
    return any(_KIDNEYS.search(text) for text in texts)
