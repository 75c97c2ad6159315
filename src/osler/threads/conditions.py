"""What a condition in a question is: had by the patient, or what something is given for."""

from __future__ import annotations

import re

from osler.domain import Question
from osler.library.terms import terms
from osler.patterns import lazy

_HAD = lazy(
    r"(?:\b(?:with|has|have|had|having|if|got|known|history of|develops?)|(?<=\w )(?:and|plus))\s+"
    r"(?:(?:an?|the|also|her|his|some|mild|moderate|severe|poor)\s+){0,2}$",
    re.IGNORECASE,
)
_FOR_IT = lazy(
    r"\b(?:for|against|in|of|treat\w*)\s+(?:(?!with\b|ha[sd]\b|have\b|having\b|who\b|if\b)"
    r"[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_PURPOSE = lazy(
    r"\b(?:for|against|in)\s+(?P<what>(?:(?!(?:for|against|in|of|after|and|or|with|from|if|how|"
    r"what|when|is|to|who|while)\b)[a-z][a-z'’-]*\s*){1,5})",
    re.IGNORECASE,
)


def is_had(question: str, typed: str) -> bool:
    """Whether a condition is told of the patient: "with asthma", "if she has asthma"."""
    places = [m.start() for m in re.finditer(re.escape(typed), question, re.IGNORECASE)]
    return bool(places) and all(
        _HAD.search(question[max(0, p - 40) : p]) and not _FOR_IT.search(question[:p][-25:])
        for p in places
    )


def purpose_phrase(question: Question) -> str | None:
    """The words for a purpose that no lexicon has: "panic attacks" of "dose for panic attacks"."""
    wanted = set(question.purposes)
    for found in _PURPOSE.finditer(question.understood):
        words = found["what"].strip()
        if wanted & set(terms(words)):
            return words
    return None
