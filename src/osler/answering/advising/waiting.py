"""Whether a claim tells to wait before a drug is begun, or to begin it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.answering.advising.advice import WAIT, Advice, Respect
from osler.answering.advising.advised_doses import drugs_of
from osler.domain import Claim
from osler.patterns import lazy

_LATER = r"(?:wait\w*|delay\w*|defer\w*|postpon\w*)"
# "It is best to wait until the inflammation has settled", "defer starting by 2 weeks".
_BEGIN = r"(?:start|begin|giv|treat)\w*"
_WAITS = lazy(
    rf"\b{_LATER}\b[^.;:]*?\b(?:until|till|before {_BEGIN}|start\w*|begin\w*)\b|"
    rf"\b{_BEGIN}\b[^.;:,]{{0,30}}?\b(?:only once|not until|only after)\b|"
    r"\b(?:not|never) (?:be )?(?:start|begin|started|begun)\b[^.;:,]{0,30}?\b(?:until|during)\b",
    re.I,
)
# "No need to wait", "start it then", "is started during the attack".
_AT_ONCE = lazy(
    rf"\b(?:no (?:need|reason) to|(?:need|do|does|should|must|can|is|are) not(?: be)?|don't|never|"
    rf"without|rather than|instead of)\s(?:\w+\s)?{_LATER}\b|"
    r"\b(?:start|begin|give|started|begun|given)\s(?:it\s|them\s|[\w-]+\s)?"
    r"(?:then\b|at once|straight away|immediately|now\b|the same day)",
    re.I,
)


def waiting_advice(claim: Claim) -> Iterator[Advice]:
    """Whether to wait, where a claim says one of the two."""
    at_once = _AT_ONCE.search(claim.text) is not None
    if at_once or _WAITS.search(claim.text):
        names = drugs_of(claim)
        yield Advice(Respect.TIMING, yes=not at_once, names=names, action=WAIT)
