"""Whether a bar is for an illness of one cause, of which the question says nothing.

"Contraindications: methaemoglobinaemia due to chlorate" bars nothing in methaemoglobinaemia of
another cause, which the drug is given for.
"""

from __future__ import annotations

import re

from osler.library.terms import terms
from osler.statements.vocabulary.conditions import find_conditions

_DUE_TO = re.compile(
    r"\s*(?:due\s+to|caused\s+by|from|secondary\s+to|induced\s+by|in\s+the\s+treatment\s+of|after"
    r"|following|as\s+a\s+result\s+of)\s+(?P<cause>[^,;.:]+)",
    re.IGNORECASE,
)
_INDUCED = re.compile(r"(?P<cause>[\w-]+)-(?:induced|related|associated)\s+$", re.IGNORECASE)


_WORDS_OF_ATTACK = (
    r"(?:attacks?|flares?(?:[\s-]ups?)?|exacerbations?|cris[ie]s|relapses?|episodes?)"
)
_ATTACK = re.compile(rf"\b(?:acute|{_WORDS_OF_ATTACK})\b", re.IGNORECASE)
# Right before the illness, of the same item of a list. "Acute" alone may be the kind of an illness
# that lasts ("contraindicated in acute porphyria"), and tells no attack.
_ATTACK_BEFORE = re.compile(
    rf"\b{_WORDS_OF_ATTACK}\s+of\s+(?:(?:an?|the|acute|severe)\s+)*$",
    re.IGNORECASE,
)
_ATTACK_AFTER = re.compile(rf"[\s-]+{_WORDS_OF_ATTACK}\b", re.IGNORECASE)


def is_of_an_attack(text: str, start: int, end: int, question: str) -> bool:
    """Whether a bar is for an attack of the illness at these characters, and no attack is told:
    "not to be started during an acute attack of gout"; of "asthma, attacks of gout" only the
    second is an attack."""
    start, end = _of_the_illness_alone(text, start, end)
    told = _ATTACK_BEFORE.search(text[:start]) or _ATTACK_AFTER.match(text, end)
    return told is not None and not _ATTACK.search(question)


def _of_the_illness_alone(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the name of the illness stands without "acute" and "flare", where it still names the
    same: the lexicon has "gout flare" as a name of gout, but a "heart attack" is none of the heart.
    """
    whole = {found.name for found in find_conditions(text[start:end], any_case=True)}
    for inner in find_conditions(_ATTACK.sub(lambda m: " " * len(m[0]), text[start:end])):
        if inner.name in whole:
            return start + inner.start, start + inner.end
    return start, end


def is_of_another_cause(text: str, start: int, end: int, question: str) -> bool:
    """Whether the illness at these characters of a bar has a cause that a question leaves out."""
    cause = cause_told(text, start, end)
    return bool(cause) and not is_told(cause, question)


def cause_told(text: str, start: int, end: int) -> str:
    """What has caused the illness at these characters: "chlorate" of "due to chlorate"; or ""."""
    cause = _DUE_TO.match(text, end) or _INDUCED.search(text[:start])
    return cause["cause"] if cause is not None else ""


def is_told(cause: str, question: str) -> bool:
    """Whether a question names a cause, or a part of it."""
    return not set(terms(cause)).isdisjoint(terms(question))
