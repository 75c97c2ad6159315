"""Does a model's wording say what the claim says: nothing more, and nothing less?

Every sentence passes the same gate as a composed claim, against each statement that is cited. A
wording then has to be supported by the claim, and the claim by the wording, so that what it
leaves out is found like what it adds. Words and doses are compared once more on their own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.agreement import same_dosages
from osler.answering.compose import gate
from osler.answering.wording import dosages_of
from osler.checking import check_text
from osler.domain import Claim
from osler.writing.offering import Offered
from osler.writing.sameness import same_words

# A wording may be so much longer than the claim: this many times, and these characters on top.
_TIMES_LONGER = 1.5
_LONGER = 40
_PLAIN = re.compile(r"[A-Za-z0-9 .,;:()'’-]")


def reworded_claim(text: str, offered: Offered) -> Claim | None:
    """The claim in these words, where they say just what it says; else None."""
    claim = offered.claim
    if text == claim.text:
        return claim
    if not _is_plain(text, claim.text) or not same_words(text, claim.text):
        return None
    candidate = offered.candidates[0]
    dosages = dosages_of(candidate, text)
    if (
        not same_dosages(dosages, dosages_of(candidate, claim.text))
        or not all(gate(text, c).supported for c in offered.candidates)
        or not _says_only(text, offered)
        # No heading counts here: a drug or a group that the claim names is to be named again.
        or not check_text(claim.text, text).supported
    ):
        return None
    return replace(claim, text=text, composed=claim.composed or claim.text, dosages=dosages)


def _says_only(text: str, offered: Offered) -> bool:
    """Whether the claim itself supports a text, under the headings of its first statement."""
    candidate = offered.candidates[0]
    above = [candidate.source.title, *(c.quote for c in candidate.headings)]
    return check_text(text, offered.claim.text, "\n".join(above)).supported


def _is_plain(text: str, claim: str) -> bool:
    """Whether a text is one line of plain characters, or of such as the claim has itself."""
    return (
        bool(text)
        and len(text) <= _TIMES_LONGER * len(claim) + _LONGER
        and all(_PLAIN.match(character) or character in claim for character in text)
    )
