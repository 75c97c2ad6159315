"""Questions that compare: "does X lower Y compared with Z?"."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.answering.findings.lexicon import lexicon
from osler.answering.findings.model import Comparison
from osler.patterns import lazy

_VERSUS = (
    r"(?:compared (?:with|to)|in comparison (?:with|to)|relative to|versus|vs\.?|rather than|than|"
    r"instead of|over)"
)
_PREPOSITION = r"(?:with|on|in|after|under|from|using|by)"
_EFFECT = r"(?:an? )?(?:\w+ )?(?:effects?|impact|influence)"
_ADVERB = r"(?:significantly |really |also |actually )?"
# The people asked about are no part of what is compared.
_PEOPLE = lazy(
    r",?\s+(?:in|for|among)\s+(?:\w+\s+){0,3}?(?:patients|people|persons|adults|children|infants|"
    r"neonates|women|men|those|participants|subjects|adolescents|users)\b.*$",
    re.IGNORECASE,
)
# "Can I reduce the dose", "can she get a lower dose": nothing is compared.
_NO_INTERVENTION = lazy(
    r"^(?:i|we|you|he|she|it|they|this|that|there|one|someone|my|our|your)\b|\b(?:an?|the|any)$",
    re.IGNORECASE,
)
_ARTICLE = lazy(r"^(?:the|an?)\s+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    change = lexicon().asked_change.pattern
    comparator = rf"(?:better |more )?{_VERSUS}\s+(?:{_PREPOSITION}\s+)?(?P<comparator>.+?)"
    compared = rf"(?:\s*,?\s+{comparator})?"
    forms = (
        rf"(?:does|do|did|can|could|will|would)\s+(?P<intervention>.+?)\s+{_ADVERB}"
        rf"(?:{change}|have {_EFFECT} on|lead to \w+|result in \w+)\s+(?P<outcome>.+?){compared}",
        rf"(?:what (?:is|are|was|were) the|is there an?|the)?\s*(?:effects?|impact|influence) of\s+"
        rf"(?P<intervention>.+?)\s+on\s+(?P<outcome>.+?){compared}",
        rf"how (?:does|do|did)\s+(?P<intervention>.+?)\s+{change}\s+(?P<outcome>.+?){compared}",
        rf"(?:is|are|was|were)\s+(?P<outcome>.+?)\s+{_ADVERB}{change}\s+{_PREPOSITION}\s+"
        rf"(?P<intervention>.+?){compared}",
    )
    return tuple(lazy(rf"^\s*{form}\s*\??\s*$", re.IGNORECASE) for form in forms)


def read_comparison(question: str) -> Comparison | None:
    """The outcome, intervention and comparator that a question names; None where it names none.

    "Does X lower Y compared with Z in adults?", "the effect of X on Y", "is Y higher with X than
    with Z?". The comparator is "" where none is named.
    """
    for form in _forms():
        match = form.match(question)
        if match and not _NO_INTERVENTION.search(match["intervention"]):
            return Comparison(
                _phrase(match["outcome"]),
                _phrase(match["intervention"]),
                _phrase(match["comparator"] or ""),
            )
    return None


def _phrase(text: str) -> str:
    return _ARTICLE.sub("", _PEOPLE.sub("", text.strip())).strip(" ,.?")
