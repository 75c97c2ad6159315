"""The step of a schedule that a dose is of: how to begin, what follows, what is kept."""

from __future__ import annotations

import re

from osler.domain import Claim, Dosage, DosageRole, Phase
from osler.dosage import find_phases, per_day
from osler.patterns import lazy


def phase_of(claim: Claim, dosage: Dosage) -> Phase | None:
    """The phase of a dose; "starting dose: 25 mg, then titrate" is the start."""
    if _START_CELL.search(claim.text[: dosage.amount_start]):
        return Phase.START
    week = _WEEK_OF_A_RISE.search(claim.text[: dosage.amount_start])
    if week and week["open"]:
        return None
    if week:
        return Phase.START if week["n"] == "1" else Phase.TITRATION
    if dosage.phase is Phase.LOADING and _THEN.search(claim.text[: dosage.amount_start]):
        return Phase.MAINTENANCE
    earlier = [d.amount_end for d in claim.dosages if d.amount_end <= dosage.amount_start]
    if dosage.phase in (Phase.TITRATION, Phase.START) and earlier:
        between = claim.text[max(earlier) : dosage.amount_start]
        if _NEXT.search(between) and not _begins(between):
            return Phase.TITRATION
    if dosage.phase is Phase.TITRATION and _begins(claim.text[: dosage.amount_start]):
        return Phase.START
    if dosage.phase is None and _FIRST_DAYS.match(claim.text, dosage.amount_end):
        return Phase.START
    if dosage.phase is None:
        return _step(claim, dosage)
    return Phase.MAINTENANCE if dosage.phase is Phase.CONTINUATION else dosage.phase


# "10 mg daily for the first 2 days": what follows is another dose.
_FIRST_DAYS = lazy(
    r"[^.;:,]{0,30}?\b(?:for|on|over|during) the first\s(?:\w+\s)?(?:days?|weeks?)\b", re.I
)
# The cell of a row that holds how to begin: "Start: 25 mg; Target: 50 mg".
_START_CELL = lazy(r"(?:^|[;:]\s)(?:start|starting|initial|first)\b[^:;]{0,20}:\s*\Z", re.I)

# "Increase as follows: Week: 2; 1 mg twice daily"; what is kept is for "week 3 onwards".
_WEEK_OF_A_RISE = lazy(
    r"\b(?:increas|rais|titrat|build|step)\w*\b[^:;]*:\s(?:weeks?|days?|months?|steps?):?\s"
    r"(?P<n>\d+)(?:\s?(?:-|–|to|and)\s?\d+)?(?P<open>\s?(?:\+|on\b|onwards?|and)|\b)[^;]*;",
    re.I,
)

_THEN = lazy(r"(?:^|[:;,]\s)(?:and\s)?then\s*\Z", re.I)  # what follows a loading dose


# An item of a list that goes on from the one before it: "then 200 mg twice a day".
_FOLLOWS = lazy(r"(?:^|:\s)(?:and\s)?then\b[^;,.]*\Z", re.I)


def _begins(text: str) -> bool:
    return any(found.value is Phase.START for found in find_phases(text))


# What parts one step from the next: "25 mg daily for 2 weeks, then 50 mg daily".
_NEXT = lazy(
    r"\b(?:then|thereafter|afterwards|followed by|increas\w+|rais\w+|titrat\w+|maximum|target|"
    r"usual|after)\b",
    re.I,
)


def _step(claim: Claim, dosage: Dosage) -> Phase | None:
    """The phase of a dose that states none, from the doses of its drug around it.

    Beside a starting dose ("first dose 10 to 30 mg; 10 to 20 mg if frail") it is one too; of
    two that rise ("250 mg daily for a week, then 500 mg") the first is the start.
    """
    if _FOLLOWS.search(claim.text[: dosage.amount_start]):
        return Phase.TITRATION
    same = [
        d
        for d in claim.dosages
        if d.role is DosageRole.DOSE
        and d.low is not None
        and (d.substance, d.unit, d.per) == (dosage.substance, dosage.unit, dosage.per)
    ]
    at = same.index(dosage) if dosage in same else 0
    for before in reversed(same[:at]):
        if _NEXT.search(claim.text[before.amount_end : dosage.amount_start]):
            return Phase.TITRATION if _rises(before, dosage) and before.phase is None else None
        if before.phase is not None:
            return before.phase if before.phase is Phase.START else None
    after = same[at + 1] if at + 1 < len(same) else None
    if after is None or after.phase not in (None, Phase.TITRATION):
        return None
    between = claim.text[dosage.amount_end : after.amount_start]
    return Phase.START if _NEXT.search(between) and _rises(dosage, after) else None


def _rises(one: Dosage, other: Dosage) -> bool:
    """Whether the second is more a day; False where that cannot be told."""
    days = per_day(one), per_day(other)
    return days[0] is not None and days[1] is not None and days[0][1] < days[1][0]
