"""Drugs whose dose in the pregnant, or in who breastfeeds, is that of others, as a source says.

"In pregnancy: adenosine at the adult doses". That a drug is safe, preferred or recommended there
says nothing of its dose: enoxaparin is dosed by the booking weight, aspirin low.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.answering.judging.scored import Scored
from osler.answering.understanding.patient_groups import is_pregnant
from osler.domain import Patient, Polarity, SourceId
from osler.patterns import lazy

_AS_OTHERS = lazy(
    r"\b(?:at|in|with|on|use|give|as)\s+(?:the\s+)?(?:usual|adult|normal|standard|same)\s+"
    r"(?:adult\s+)?dos(?:es?|age|ing)\b(?!\s+as\s+(?:for|in)\s+(?:child|infant|neonat))"
    r"|\bno\s+change\s+(?:of|in|to)\s+(?:the\s+)?dos(?:e|age)\b",
    re.IGNORECASE,
)
# Another regimen, an end to it, or a drug in place of another, beside the words on the dose.
_IN_OTHER_DOSES = lazy(
    r"\b(?:lower|lowest|reduced?|smaller|higher|half|doubled?|twice|increas\w*|raised?|less|more|"
    r"than|other|another|alternatives?|single|only|until|unless|except|after|before|from|no|not|"
    r"never|avoid\w*|caution|fail\w*|insufficient|inadequate|rather|instead|replac\w*|place|stop\w*|"
    r"switch\w*|chang\w*|dos(?:e[sd]?|age|ing)|weight|once|daily|hourly|weekly|every|times|"
    r"trimesters?)\b|\b\d",
    re.IGNORECASE,
)


def dosed_alike(judged: Iterable[Scored], patient: Patient) -> frozenset[tuple[SourceId, str]]:
    """The sources that say of a drug that such patients have it as others do, with that drug.

    None where the patient is neither pregnant nor breastfeeds. The sentence must itself be on
    these patients, and on one drug: of two, one may be what the other replaces.
    """
    state = _state(patient)
    if state is None:
        return frozenset()
    return frozenset(
        (s.candidate.source.id, name)
        for s in judged
        if state in s.candidate.statement.group.attributes
        and s.candidate.statement.polarity is not Polarity.NEGATIVE
        and _says_so(s.candidate.statement.text)
        and len(s.candidate.nearest_substances) == 1
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


def _says_so(text: str) -> bool:
    alike = _AS_OTHERS.search(text)
    if alike is None:
        return False
    beside = f"{text[: alike.start()]} {text[alike.end() :]}"
    return not _IN_OTHER_DOSES.search(beside)
