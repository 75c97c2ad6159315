"""Does a claim forbid, warn or set a condition? By its words and by what leads in to them.

A list item says less than it means: "A history of bone marrow depression" forbids under "Do not
use in:". So headings and lead-ins count like the claim's own words.
"""

from __future__ import annotations

import re

from osler.domain import Claim, Polarity, StatementKind

_WARNS = frozenset({StatementKind.CAUTION, StatementKind.CONTRAINDICATION})
_DENIES = re.compile(
    r"\b(?:not|never|no|cannot|\w+n['’]t|avoid\w*|contra-?indicat\w*|withh[eo]ld\w*|withdraw\w*"
    r"|stop\w*|discontinu\w*|unsafe|unsuitable|unless|except|instead\s+of|overdos\w*)\b",
    re.I,
)
_WARNING = re.compile(
    r"\b(?:cease\w*|omit\w*|hold|suspend\w*|prohibit\w*|forbid\w*|banned|refuse\w*|reject\w*"
    r"|cautio\w*|precaution\w*|warn\w*|danger\w*|hazard\w*|beware|fatal\w*|lethal\w*|death\w*"
    r"|dying|die[sd]?|toxic\w*|\w+toxicity|poison\w*|pitfalls?|must|only|always|should|need\w*"
    r"|require\w*|allerg\w*|hypersensitiv\w*|intoleran\w*|abrupt\w*|sudden\w*|slowly|gradual\w*"
    r"|interact\w*|without|rather\s+than|side[- ]effects?|adverse|risk\w*|harm\w*|serious\w*"
    r"|bleed\w*|urgent\w*|emergenc\w*|monitor\w*|check\w*|report\w*|refer\w*|special\s+care"
    r"|careful\w*|safe\w*|reduc\w*|lower\w*|limit\w*|maximum|exceed\w*"
    r"|severe\w*|threaten\w*|depression|hypoglyc\w*|hypotensi\w*|seizures?|convuls\w*|arrests?"
    r"|failure|damage\w*|injur\w*|h(?:a)?emorrhag\w*|hospitali[sz]\w*|complication\w*|worsen\w*"
    r"|potentiat\w*|concurrent\w*|concomitant\w*|abuse\w*|addict\w*|dependen\w+)\b",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|where|until|before|after|while|during|provided|in\s+case)\b", re.I
)


def forbids(claim: Claim) -> bool:
    """Whether a claim, or what leads in to one of its passages, forbids, denies or excepts."""
    return any(_DENIES.search(text) for text in _texts(claim)) or any(
        s.polarity is Polarity.NEGATIVE or s.kind is StatementKind.CONTRAINDICATION
        for s in claim.statements
    )


def warns(claim: Claim) -> bool:
    """Whether a claim forbids, warns, demands or sets a condition.

    It is asked before a line is left out, so it errs on the side of yes.
    """
    return (
        bool(claim.warning or claim.currency)
        or forbids(claim)
        or any(s.kind in _WARNS for s in claim.statements)
        or any(_WARNING.search(t) or _CONDITION.search(t) for t in _texts(claim))
    )


def _texts(claim: Claim) -> tuple[str, ...]:
    """The claim's words, and the headings and lead-ins of its passages."""
    above = (c.quote for s in claim.statements for c in s.context)
    headings = (title for s in claim.statements for title in s.section)
    return (claim.composed or claim.text, *above, *headings)
