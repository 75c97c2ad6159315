"""The drugs that share the doses of another; which drug a dose is of is read with the statement."""

from __future__ import annotations

import re
from itertools import pairwise

from osler.statements import find_substances
from osler.statements.lines.dosed import dosed_names, only_beside

__all__ = ["dosed_alike_beside", "dosed_names", "only_beside"]

# "Cloxacillin or flucloxacillin - 25 mg/kg", not "amoxicillin or erythromycin 500 mg".
_EITHER = re.compile(r"\s+or\s+", re.IGNORECASE)
_FOR_BOTH = re.compile(r"\s*(?:[:–—]|\s-\s)\s*")


def dosed_alike_beside(text: str, name: str) -> tuple[str, ...]:
    """The drugs that share the doses of one, joined to it by "or" before a dash or colon."""
    named = find_substances(text)
    return tuple(
        one.name
        for one, other in pairwise(named)
        if other.name == name
        and _EITHER.fullmatch(text, one.end, other.start)
        and _FOR_BOTH.match(text, other.end)
    )
