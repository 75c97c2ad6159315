"""The steps of one schedule: an opening that tells the first and a later one tells those between.

"Days 1 to 2" and "day 6 onwards" without "days 3 to 5" reads as if nothing were given between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from osler.answering.composing.compose import Composed
from osler.patterns import lazy

_Schedule = tuple[str, tuple[tuple[int, int], ...]]

# How a row or item says which step it is: "Days: 1–2; …", "Week 3: …". Steps that are only
# numbered ("Step 2: atropine") may be ways to part at, and not all to be gone.
_STEP = lazy(
    r"(?:\A|[:;]\s)(?:from\s+)?(?P<unit>hour|day|night|week|month|cycle)s?\b"
    r"(?:\s\([^)]*\))?[:\s]+(?P<first>\d+)(?:\s*(?:[-–—]|to|and)\s*(?P<last>\d+))?",
    re.IGNORECASE,
)
# "Day 1 and day 4", "weeks 2 and 6", "the fourth day"
_ASKED = lazy(
    r"\b(?P<unit>hour|day|night|week|month|cycle)s?\s+(?P<numbers>\d+(?:\s*(?:,|and|or|&|to|[-–—])\s*"
    r"\d+)*)|\b(?:(?P<th>\d+)(?:st|nd|rd|th)|(?P<word>first|second|third|fourth|fifth|sixth|seventh))"
    r"\s+(?P<of>hour|day|night|week|month|cycle)\b",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


def with_steps_between(
    opening: list[Composed],
    ranked: list[Composed],
    question: str,
    fitting: Callable[[list[Composed]], list[Composed]],
) -> list[Composed]:
    """`opening`, with the steps that its steps of one table or list leave out between them.

    They take the place of what else opens, but of no step that it has; `fitting` cuts what is too
    long at its end.
    """
    told: dict[_Schedule, list[Composed]] = {}
    for item in opening:
        if (family := _schedule_of(item)) is not None:
            told.setdefault(family, []).append(item)
    for family, steps in told.items():
        first, last = min(map(_place, steps)), max(map(_place, steps))
        between = [c for c in ranked if _schedule_of(c) == family and first < _place(c) < last]
        if missing := [c for c in between if c not in opening]:
            named = [c for c in steps if _is_named(c, question)]
            return _with_as_many(missing, opening, steps, named, fitting)
    return opening


def _with_as_many(
    missing: list[Composed],
    opening: list[Composed],
    steps: list[Composed],
    named: list[Composed],
    fitting: Callable[[list[Composed]], list[Composed]],
) -> list[Composed]:
    """`opening` with as many of the missing steps as there is room for beside the ones it has.

    Where there is no room for any, they are told from the first on, but for what the question
    names: of that none gives way.
    """
    others = [c for c in opening if c not in steps]
    at = opening.index(steps[0])
    missing = sorted(missing, key=_place)
    tried = [
        fitting([*others[:at], *sorted([*steps, *missing[:count]], key=_place), *others[at:]])
        for count in range(len(missing), 0, -1)
    ]
    for found in tried:
        if all(c in found for c in steps):
            return found
    if all(c in tried[0] for c in named):
        return tried[0]
    return opening


def _is_named(item: Composed, question: str) -> bool:
    """Whether the question names the step: "what dose on day 1 and day 4?" """
    step = _STEP.search(item.claim.text)
    if step is None:
        return False
    first, last = int(step["first"]), int(step["last"] or step["first"])
    unit = step["unit"].lower()
    return any(unit == of and first <= number <= last for of, number in _steps_asked(question))


def _steps_asked(question: str) -> Iterator[tuple[str, int]]:
    for found in _ASKED.finditer(question):
        if found["unit"]:
            numbers = re.findall(r"\d+", found["numbers"])
            yield from ((found["unit"].lower(), int(number)) for number in numbers)
        else:
            word = found["word"]
            number = _ORDINALS.index(word.lower()) + 1 if word else int(found["th"])
            yield found["of"].lower(), number


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


_REPEATS = lazy(r"\b(?:repeat\w*|again|then|(?:further|second|next)\s+doses?)\b", re.IGNORECASE)


def _goes_on_from(item: Composed, other: Composed) -> bool:
    if not _REPEATS.search(item.scored.candidate.statement.text):
        return False
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
