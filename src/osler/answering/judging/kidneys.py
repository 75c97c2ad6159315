"""Whether a patient's kidneys are impaired, and whether a candidate speaks of such kidneys."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.judging.scored import Scored
from osler.domain import Applies, Patient
from osler.statements.groups.kidneys import IMPAIRED, is_dialysed, names_dialysis


def kidneys_are_impaired(patient: Patient) -> bool:
    """Whether an estimate of renal function is below `IMPAIRED`, or dialysis takes its place."""
    if is_dialysed(patient):
        return True
    return any(v is not None and v < IMPAIRED for v in (patient.egfr, patient.crcl))


_KIDNEYS = re.compile(r"\b(?:renal|kidneys?|\w*dialysis|e?gfr|cr\s?cl|creatinine)\b", re.IGNORECASE)
# Words for kidneys that are well, which say nothing of those that are not.
_SOUND = re.compile(
    r"\b(?:normal|preserved|intact) (?:(?:renal|kidney) function|kidneys)\b|"
    r"\b(?:renal|kidney) function\)?(?:: | is )normal\b",
    re.IGNORECASE,
)


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
    return any(_KIDNEYS.search(_SOUND.sub("", text)) for text in texts)


def is_for_the_dialysed(scored: Scored) -> bool:
    """Whether a candidate is for patients on dialysis by name, and no dose around its sessions."""
    statement = scored.candidate.statement
    return any(
        names_dialysis(m) and not _is_a_time(statement.text, m.text)
        for c in statement.group.criteria
        for m in (replace(c, alternatives=()), *c.alternatives)
    )


# "A supplement of 250 mg after haemodialysis": when it is given, and no dose by itself.
_AROUND = re.compile(
    r"\b(?:after|before|following|post|during|pre)[\s-]+(?:(?:each|every|an?|the|session|of|on)\s+)*$",
    re.IGNORECASE,
)


def _is_a_time(text: str, named: str) -> bool:
    at = text.find(named) if named else -1
    return at >= 0 and _AROUND.search(text, 0, at) is not None
