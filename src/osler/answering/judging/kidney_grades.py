"""Whether what bars a drug in severe renal impairment bars it for kidneys like these."""

from __future__ import annotations

import re

from osler.domain import Question
from osler.statements.groups.kidneys import is_dialysed

SEVERE = (
    30  # mL/min/1.73 m²: below it function is severely decreased, G4 (KDIGO 2012 CKD guideline)
)
_OF_KIDNEYS = r"(?:\s+(?:or|to|and)\s+\w+)?\s+(?:chronic\s+)?(?:renal|kidney)\b"
_SEVERE = re.compile(rf"\b(?<!non-)(?<!non )severe(?:ly)?{_OF_KIDNEYS}", re.IGNORECASE)
_LESS = re.compile(rf"\b(?:mild|moderate|non-?\s?severe)(?:ly)?{_OF_KIDNEYS}", re.IGNORECASE)
_LOWERS = re.compile(r"\b(?:reduc|lower|halv|adjust)\w*", re.IGNORECASE)


def is_for_worse_kidneys(text: str, question: Question) -> bool:
    """Whether a text bars a drug in severe renal impairment alone, and this patient's is said or
    measured to be less. Where nothing tells how severe it is, it may be."""
    if not _SEVERE.search(text) or _LESS.search(text) or is_dialysed(question.patient):
        return False
    values = [v for v in (question.patient.egfr, question.patient.crcl) if v is not None]
    if values:
        return min(values) >= SEVERE
    return _LESS.search(question.text) is not None and not _SEVERE.search(question.text)


def lowers_for_lesser(text: str) -> bool:
    """Whether a text that bars a drug for some speaks of a lower dose for others, too."""
    return _LOWERS.search(text) is not None
