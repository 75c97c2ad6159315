"""Doses of one made-up or reported patient, and of sums to be worked: they advise nothing.

"Ordered: lisinopril 10 mg" in a lesson on calculation, the medicines of a case study.
"""

from __future__ import annotations

import re

from osler.answering.candidates.candidate import Candidate
from osler.patterns import lazy

_TELLS_A_CASE = lazy(
    r"\bcase (?:stud(?:y|ies)|reports?|reflections?|histor(?:y|ies)|vignettes?)\b|"
    r"\bclinical (?:scenario|vignette)s?\b|"
    r"\b(?:practice|sample) (?:problem|question)s?\b|\bworked examples?\b",
    re.IGNORECASE,
)
# Of a title: a chapter on rabies may head a part "Dose calculation".
_TEACHES_SUMS = lazy(r"\b(?:dos(?:e|age)|drug|medication) calculations\b", re.IGNORECASE)
_IN_A_SUM = lazy(
    r"\s*(?:ordered|(?:provider.?s )?order|available|on hand|supplied|desired(?: dose)?)\s*[:=]",
    re.IGNORECASE,
)


def is_example(candidate: Candidate) -> bool:
    """Whether it doses one patient of a case, or is given to calculate with."""
    if not candidate.dosages:
        return False
    above = (*(c.quote for c in candidate.headings), candidate.source.title, candidate.lead_text)
    sums = _IN_A_SUM.match(candidate.statement.text) or _TEACHES_SUMS.search(candidate.source.title)
    return bool(sums) or any(_TELLS_A_CASE.search(text) for text in above)
