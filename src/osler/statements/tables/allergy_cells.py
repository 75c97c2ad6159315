"""Cells that name what somebody is allergic to: "Penicillin, severe" under "Allergy history"."""

from __future__ import annotations

import re

from osler.dosage import may_state_dosage
from osler.patterns import lazy
from osler.statements.patients.allergies import ANY_ALLERGY
from osler.statements.vocabulary.substances import find_substances

# Under a header that names a drug ("If allergic to penicillin") stands what is given instead.
_OF_ALLERGIES = lazy(
    r"\s*(?:(?:the |any )?patient(?:['’]s)? )?(?:(?:drug|known|past|previous) )?"
    r"(?:allerg(?:y|ies)(?: (?:history|status|to|label|record|told))?|history of allerg(?:y|ies)|"
    r"allergic to)\s*\??\s*",
    re.IGNORECASE,
)
_NONE = lazy(
    r"\s*(?:none|nil|no|not allergic|no (?:known )?(?:drug )?allerg(?:y|ies)|NKD?A)"
    r"(?: known)?[\s.]*",
    re.IGNORECASE,
)
_TOLD = lazy(r"\s*(?:allerg|hypersensitiv|intoleran)", re.IGNORECASE)


def as_an_allergy(header: str, text: str) -> str:
    """The words of a cell as those of an allergy ("Penicillin allergy, severe"), where the header
    asks for allergies and the cell opens with a drug and doses none; else "".
    """
    if not _OF_ALLERGIES.fullmatch(header) or may_state_dosage(text):
        return ""
    if _NONE.fullmatch(text):
        return f"No {ANY_ALLERGY}"
    first = next((f for f in find_substances(text) if not text[: f.start].strip()), None)
    if first is None or _TOLD.match(text, first.end):
        return ""
    return f"{text[: first.end]} allergy{text[first.end :]}"
