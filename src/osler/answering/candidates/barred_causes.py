"""Whether a bar is for an illness of one cause, of which the question says nothing.

"Contraindications: methaemoglobinaemia due to chlorate" bars nothing in methaemoglobinaemia of
another cause, which the drug is given for.
"""

from __future__ import annotations

import re

from osler.library.terms import terms

_DUE_TO = re.compile(
    r"\s*(?:due\s+to|caused\s+by|from|secondary\s+to|induced\s+by|in\s+the\s+treatment\s+of|after"
    r"|following|as\s+a\s+result\s+of)\s+(?P<cause>[^,;.:]+)",
    re.IGNORECASE,
)
_INDUCED = re.compile(r"(?P<cause>[\w-]+)-(?:induced|related|associated)\s+$", re.IGNORECASE)


_ATTACK = re.compile(
    r"\b(?:acute|attacks?|flares?(?:[\s-]ups?)?|exacerbations?|cris[ie]s|relapses?)\b",
    re.IGNORECASE,
)
_BESIDE_ITS_NAME = 20  # characters from the name of an illness to what says that it is an attack


def is_of_an_attack(text: str, start: int, end: int, question: str) -> bool:
    """Whether a bar is for an attack of the illness at these characters, and no attack is told:
    "not to be started during an acute attack of gout"."""
    near = text[max(0, start - _BESIDE_ITS_NAME) : end + _BESIDE_ITS_NAME]
    return bool(_ATTACK.search(near)) and not _ATTACK.search(question)


def is_of_another_cause(text: str, start: int, end: int, question: str) -> bool:
    """Whether the illness at these characters of a bar has a cause that a question leaves out."""
    cause = _DUE_TO.match(text, end) or _INDUCED.search(text[:start])
    return cause is not None and not set(terms(cause["cause"])) & set(terms(question))
