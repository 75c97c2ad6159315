"""The steps of one schedule: an opening that tells the first and a later one tells those between.

"Days 1 to 2" and "day 6 onwards" without "days 3 to 5" reads as if nothing were given between.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from osler.answering.composing.compose import Composed
from osler.patterns import lazy

_Schedule = tuple[str, tuple[tuple[int, int], ...]]

# How a row or item says which step it is: "Days: 1–2; …", "Week 3: …". Steps that are only
# numbered ("Step 2: atropine") may be ways to part at, and not all to be gone.
_STEP = lazy(
    r"(?:\A|[:;]\s)(?:from\s+)?(?:hours?|days?|nights?|weeks?|months?|cycles?)\b"
    r"(?:\s\([^)]*\))?[:\s]+\d",
    re.IGNORECASE,
)


def with_steps_between(
    opening: list[Composed],
    ranked: list[Composed],
    fitting: Callable[[list[Composed]], list[Composed]],
) -> list[Composed]:
    """`opening`, with the steps that its steps of one table or list leave out between them.

    They take the place of what else opens; `fitting` cuts what is too long at its end.
    """
    told: dict[_Schedule, list[Composed]] = {}
    for item in opening:
        if (family := _schedule_of(item)) is not None:
            told.setdefault(family, []).append(item)
    for family, steps in told.items():
        first, last = min(map(_place, steps)), max(map(_place, steps))
        between = [c for c in ranked if _schedule_of(c) == family and first < _place(c) < last]
        if missing := [c for c in between if c not in opening]:
            whole = sorted([*steps, *missing], key=_place)
            others = [c for c in opening if c not in steps]
            at = opening.index(steps[0])
            return fitting([*others[:at], *whole, *others[at:]])
    return opening


def behind_what_they_go_on_from(opening: list[Composed]) -> list[Composed]:
    """`opening`, each sentence that goes on from another one of it ("Repeat once after 10
    minutes") right behind that one."""
    ordered = list(opening)
    for item in opening:
        for other in opening:
            if _goes_on_from(item, other) and ordered.index(other) > ordered.index(item):
                ordered.remove(item)
                ordered.insert(ordered.index(other) + 1, item)
    return ordered


def _goes_on_from(item: Composed, other: Composed) -> bool:
    focus, statement = item.scored.candidate.focus, other.scored.candidate.statement
    if focus is None or other is item or statement.source_id != item.scored.candidate.source.id:
        return False
    return statement.start <= focus.start < statement.end


def _schedule_of(item: Composed) -> _Schedule | None:
    """What a step stands in: its source and the headings, header or lead-in over it."""
    if not _STEP.search(item.claim.text):
        return None
    statement = item.claim.statements[0]
    return statement.source_id, tuple((c.start, c.end) for c in statement.context)


def _place(item: Composed) -> int:
    return item.claim.citations[0].start
