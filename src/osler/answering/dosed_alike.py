"""Sources that dose the pregnant as everyone: "In pregnancy: adenosine at the adult doses"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.answering.eligibility import is_pregnant
from osler.answering.scored import ON_ITS_OWN, Scored
from osler.domain import Patient, Polarity, SourceId
from osler.patterns import lazy

_AS_OTHERS = lazy(
    r"\b(?:at|in|with|on|use|give|as)\s+(?:the\s+)?(?:usual|adult|normal|standard|same)\s+"
    r"(?:adult\s+)?dos(?:es?|age|ing)\b(?!\s+as\s+(?:for|in)\s+(?:child|infant|neonat))"
    r"|\bno\s+change\s+(?:of|in|to)\s+(?:the\s+)?dos(?:e|age)\b",
    re.IGNORECASE,
)


def sources_dosing_alike(judged: Iterable[Scored], patient: Patient) -> frozenset[SourceId]:
    """The sources that say of the drug asked about that the pregnant have the dose of others.

    None where the patient is not pregnant. The sentence must itself be on pregnancy.
    """
    if not is_pregnant(patient):
        return frozenset()
    return frozenset(
        s.candidate.source.id
        for s in judged
        if s.relevance.subject >= ON_ITS_OWN
        and "pregnancy" in s.candidate.statement.group.attributes
        and s.candidate.statement.polarity is not Polarity.NEGATIVE
        and _AS_OTHERS.search(s.candidate.statement.text)
    )
