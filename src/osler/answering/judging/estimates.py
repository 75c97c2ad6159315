"""Sources that do not let one estimate of renal function stand in for another.

A clearance is judged by an eGFR where nothing else is known, and the answer says so. Where the
source itself forbids that ("eGFR must not be used for this calculation"), it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from osler.answering.candidates.candidate import Candidate, Found
from osler.answering.judging.relevance import Asked
from osler.domain import Patient, SourceId
from osler.patterns import lazy

_EGFR = (
    r"(?:(?:the|an?|reported|laboratory(?:['’]s)?)\s+)*(?:eGFR|(?:estimated\s+)?GFR)(?:\s+alone)?"
)
_NOT_BY_EGFR = lazy(
    rf"\b{_EGFR}\s+(?:(?:must|should|can|may)\s+not|cannot|is\s+not\s+to)\s+be\s+(?:used|substituted)\b"
    rf"|\b(?:do\s+not|never|(?:must|should)\s+not|avoid)\s+(?:use|using|rely(?:ing)?\s+on|substitut(?:e|"
    rf"ing)|dos(?:e|ing)\s+(?:by|from|on)|replac\w+\s+(?:it|them)\s+(?:by|with))\s+{_EGFR}(?![-\w])"
    rf"|\b{_EGFR}\s+(?:is|are)\s+(?:not\s+(?:an?\s+)?(?:substitute|suitable|appropriate|adequate|valid|"
    r"interchangeable|equivalent|recommended)|unsuitable|inappropriate)\b"
    rf"|\b{_EGFR}\b[^.;:]{{0,60}}\b(?:must|should|can|may)(?:\s+not|not)\s+replace\b"
    rf"|\b(?:clearance|Cockcroft)\b[^.;:]{{0,60}}(?:\bnot(?:\s+(?:on|by|from|with))?|\brather\s+than|"
    rf"\binstead\s+of)\s+{_EGFR}(?![-\w])",
    re.IGNORECASE,
)


def forbids_egfr(text: str) -> bool:
    """Whether a text says that an eGFR must not be used, or not for a clearance."""
    return _NOT_BY_EGFR.search(text) is not None


def refuses_egfr(candidate: Candidate) -> bool:
    """Whether a statement says that an eGFR must not be used."""
    return forbids_egfr(candidate.statement.text)


def has_egfr_alone(patient: Patient) -> bool:
    """Whether an eGFR is all that is known of the patient's renal function."""
    return patient.egfr is not None and patient.crcl is None


def refuses_egfr_of(candidate: Candidate, asked: Asked) -> bool:
    """Whether it says so, and an eGFR is all that is known of this patient."""
    return has_egfr_alone(asked.question.patient) and refuses_egfr(candidate)


def sources_refusing_egfr(found: Iterable[Found], asked: Asked) -> frozenset[SourceId]:
    """The sources by which this patient cannot be judged: they want a clearance, and have none."""
    if not has_egfr_alone(asked.question.patient):
        return frozenset()
    return frozenset(f.candidate.source.id for f in found if refuses_egfr(f.candidate))


def without_egfr(asked: Asked) -> Asked:
    """The question as such a source may judge it."""
    patient = replace(asked.question.patient, egfr=None)
    return replace(asked, question=replace(asked.question, patient=patient))
