"""What a condition in a question is: had by the patient, or what something is given for."""

from __future__ import annotations

import re

from osler.domain import Question
from osler.library.terms import terms
from osler.patterns import lazy

_HAD = lazy(
    r"(?:\b(?:with|has|have|had|having|if|got|gets|known|after|following|post|history of|"
    r"s?he['’]s|(?:s?he|who|patient) (?:is|was)|"
    r"develop(?:s|ed)?)|(?<=\w )(?:and|plus))\s+"
    r"(?:(?!for\b|in\b|of\b|to\b|with\b)[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
# "HIT last month"
_AT_A_TIME = lazy(
    r"\s*,?\s*(?:last (?:week|month|year|night|time)|yesterday|(?:\w+ )?\w+ ago|previously|"
    r"in the past|in \d{4})\b",
    re.IGNORECASE,
)
_FOR_IT = lazy(
    r"\b(?:for|against|in|of|treat\w*)\s+(?:(?!with\b|after\b|following\b|ha[sd]\b|have\b|having\b|who\b|if\b)"
    r"[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_PURPOSE = lazy(
    r"\b(?:for|against|in)\s+(?P<what>(?:(?!(?:for|against|in|after|and|or|with|from|if|how|"
    r"what|when|is|to|who|while)\b)[a-z][a-z'’-]*\s*){1,5})",
    re.IGNORECASE,
)


def is_had(question: str, typed: str) -> bool:
    """Whether a condition is told of the patient: "with asthma", "if she has asthma"."""
    places = [m.start() for m in re.finditer(re.escape(typed), question, re.IGNORECASE)]
    return bool(places) and all(
        (_HAD.search(question[max(0, p - 40) : p]) or _AT_A_TIME.match(question, p + len(typed)))
        and not _FOR_IT.search(question[:p][-25:])
        for p in places
    )


def is_for(question: str, typed: str) -> bool:
    """Whether something is asked for a condition: "in oedema", "for fever"."""
    found = re.search(rf"\b(?:for|in|against)\s+{re.escape(typed)}", question, re.IGNORECASE)
    return found is not None


def purpose_phrase(question: Question, treated: tuple[str, ...]) -> str | None:
    """The words for a purpose that no lexicon has: "school phobia", "urinary schistosomiasis".

    Where a condition is known (`treated`), its words must be among them.
    """
    wanted = set(question.purposes)
    for found in _PURPOSE.finditer(question.understood):
        words = found["what"].strip()
        named = not treated or any(t.lower() in words.lower() for t in treated)
        if named and wanted & set(terms(words)):
            return words
    return None
