"""Does a claim forbid, warn or set a condition? By its words and what stands above them."""

from __future__ import annotations

import re

from osler.domain import Claim, Polarity, StatementKind

_WARNS = frozenset({StatementKind.CAUTION, StatementKind.CONTRAINDICATION})
# A lead-in or heading counts like the claim's own words: "Do not use in:" above a list.
_FORBIDS = re.compile(
    r"\b(?:not|never|cannot|don't|avoid\w*|contra-?indicat\w*|withh[eo]ld\w*|withdraw\w*"
    r"|stop\w*|discontinu\w*|cease\w*|omit\w*|hold|suspend\w*|unsafe|unsuitable|prohibit\w*|forbid\w*"
    r"|banned|refuse\w*|reject\w*|caution\w*|warn\w*|danger\w*|hazard\w*|beware|precaution\w*"
    r"|fatal\w*|lethal|overdos\w*|toxic\w*|poison\w*|pitfalls?|must|only|unless|except\w*"
    r"|allerg\w*|hypersensitiv\w*|abrupt\w*|suddenly|slowly|gradual\w*|interact\w*"
    r"|do\s+without|instead\s+of|rather\s+than|side[- ]effects?|adverse|risk\w*)\b",
    re.I,
)


def forbids(claim: Claim) -> bool:
    """Whether any part of a claim, or what leads in to its passages, forbids or denies."""
    return any(_DENIES.search(text) for text in _texts(claim)) or any(
        s.polarity is Polarity.NEGATIVE or s.kind is StatementKind.CONTRAINDICATION
        for s in claim.statements
    )


_DENIES = re.compile(
    r"\b(?:not|never|cannot|avoid\w*|contra-?indicat\w*|withh[eo]ld\w*|withdraw\w*|stop\w*"
    r"|discontinu\w*|unsafe|unsuitable|unless|except|instead\s+of|overdos\w*)\b",
    re.I,
)


def warns(claim: Claim) -> bool:
    """Whether a claim, or what leads in to its passages, forbids, warns or sets a condition.

    It is asked before a line is left out, so it errs on the side of yes.
    """
    if claim.warning or claim.currency or forbids(claim):
        return True
    return any(_FORBIDS.search(t) or _CONDITION.search(t) for t in _texts(claim)) or any(
        s.kind in _WARNS for s in claim.statements
    )


_CONDITION = re.compile(r"\b(?:if|when|where|until|before|in\s+case|provided)\b", re.I)


def _texts(claim: Claim) -> tuple[str, ...]:
    """The claim's words, and the headings and lead-ins of its passages."""
    above = (c.quote for s in claim.statements for c in s.context)
    headings = (title for s in claim.statements for title in s.section)
    return (claim.composed or claim.text, *above, *headings)
