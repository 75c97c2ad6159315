"""Drugs whose dose in the pregnant, or in who breastfeeds, is that of others, as a source says.

"In pregnancy: adenosine at the adult doses"; "cefalexin is the first choice in pregnancy", beside
a table of doses for everyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.answering.patient_groups import is_pregnant
from osler.answering.scored import Scored
from osler.domain import Patient, Polarity, SourceId
from osler.patterns import lazy

_AS_OTHERS = lazy(
    r"\b(?:at|in|with|on|use|give|as)\s+(?:the\s+)?(?:usual|adult|normal|standard|same)\s+"
    r"(?:adult\s+)?dos(?:es?|age|ing)\b(?!\s+as\s+(?:for|in)\s+(?:child|infant|neonat))"
    r"|\bno\s+change\s+(?:of|in|to)\s+(?:the\s+)?dos(?:e|age)\b",
    re.IGNORECASE,
)
_LEAVE = lazy(
    r"\bfirst[ -](?:choice|line)\b|\bpreferred\b|\b(?:drug|agent|antibiotic|treatment) of choice\b|"
    r"\b(?:may|can) (?:also )?(?:safely )?be (?:used|given|taken|continued)\b|"
    r"\b(?:is|are) (?:considered )?(?:safe|suitable|recommended|compatible)\b",
    re.IGNORECASE,
)
_IN_OTHER_DOSES = lazy(
    r"\b(?:lower|lowest|reduced?|smaller|higher|half|other|single|only|until|unless|except|after|"
    r"before|from|no|not|avoid|caution)\b",
    re.IGNORECASE,
)


def dosed_alike(judged: Iterable[Scored], patient: Patient) -> frozenset[tuple[SourceId, str]]:
    """The sources that say of a drug that such patients have it as others do, with that drug.

    None where the patient is neither pregnant nor breastfeeds. The sentence must itself be on
    these patients.
    """
    state = _state(patient)
    if state is None:
        return frozenset()
    return frozenset(
        (s.candidate.source.id, name)
        for s in judged
        if state in s.candidate.statement.group.attributes
        and s.candidate.statement.polarity is not Polarity.NEGATIVE
        and _says_so(s)
        for name in s.candidate.nearest_substances
    )


def is_dosed_alike(scored: Scored, alike: frozenset[tuple[SourceId, str]]) -> bool:
    """Whether what it doses is such a drug of its source, and nothing else."""
    candidate = scored.candidate
    dosed = candidate.dosed_substances or candidate.nearest_substances
    return bool(dosed) and all((candidate.source.id, name) in alike for name in dosed)


def _state(patient: Patient) -> str | None:
    if is_pregnant(patient):
        return "pregnancy"
    return "breastfeeding" if patient.breastfeeding else None


def _says_so(scored: Scored) -> bool:
    text = scored.candidate.statement.text
    if _AS_OTHERS.search(text):
        return True
    doses = bool(scored.candidate.statement.dosages)
    return not doses and bool(_LEAVE.search(text)) and not _IN_OTHER_DOSES.search(text)
