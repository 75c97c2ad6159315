"""Doses that only say what a term means, and the line that gives this patient the term."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from osler.answering.candidates.candidate import terms_of
from osler.answering.composing.compose import Composed
from osler.domain import Applies
from osler.patterns import lazy

_Fit = Callable[[list[Composed]], list[Composed]]

# "Moderate intensity means atorvastatin 10-20 mg", "low dose is defined as 200-400 micrograms".
_DEFINES = lazy(
    r"^(?:an?\s|the\s)?(?P<term>[^\W\d][\w’'-]*(?:[ -][\w’'-]+){0,4}?)\s+"
    r"(?:means|refers to|denotes|is (?:defined as|taken (?:as|to mean)))\s",
    re.IGNORECASE,
)


def behind_what_names_them(
    opening: list[Composed], shown: Sequence[Composed], fit: _Fit
) -> list[Composed]:
    """The opening with definitions behind the line for this patient that uses their terms.

    A definition tells nobody's dose: "high intensity means 40-80 mg" opens only behind "40 to 75
    years: high intensity". Where no line for the patient uses a term, all stays as it is.
    """
    defined = {id(c): term for c in opening if (term := _term_of(c))}
    if not defined:
        return opening
    using = [
        c
        for c in shown
        if c.claim.applies is Applies.YES
        and c.claim.warning is None
        and not _term_of(c)
        and any(term <= terms_of(c.claim.text) for term in defined.values())
    ]
    if not using:
        return opening
    first = next((c for c in opening if c in using), using[0])
    used = terms_of(first.claim.text)
    named = [c for c in opening if id(c) in defined and defined[id(c)] <= used]
    rest = [c for c in opening if id(c) not in defined and c is not first]
    return fit([first, *named, *rest])


def _term_of(item: Composed) -> frozenset[str]:
    """The words of the term that a claim of doses defines; none where it defines none."""
    found = _DEFINES.match(item.scored.candidate.statement.text) if item.claim.dosages else None
    return terms_of(found["term"]) if found else frozenset()
