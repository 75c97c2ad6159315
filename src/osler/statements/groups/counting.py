"""Criteria that a text counts: "any two of", "≥ 2 of the following", "meets both"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from osler.domain import Criterion
from osler.patterns import lazy

_N = r"one|two|three|four|five|[1-5]"
_OF = (
    r"(?:out\s+)?of\b(?:\s+(?:the|these|those)\b)?(?:\s+(?:two|three|four|five|six|[2-9])\b)?"
    r"(?:\s+following\b)?"
)
_LEAST = r"(?:\b(?:any|at\s+least|a?\s*minimum\s+of)\s+|≥\s*|>=\s*)"
_THINGS = r"(?:criteria|(?:risk\s+)?factors|features|characteristics|conditions)\b"
_COUNTED = lazy(
    rf"{_LEAST}(?P<a>{_N})(?:\s+or\s+more)?\s+{_OF}"
    rf"|\b(?P<b>{_N})(?:\s+or\s+more|\+|\s+or\s+all)\s+{_OF}"
    rf"|\b(?P<c>{_N})\s+(?:out\s+)?of\s+(?:(?:the|these|those)\s+)?"
    r"(?:following|criteria|(?:two|three|four|five|six|[2-6])\s+(?:following\s+)?(?:criteria)?|these\b|\s*:)"
    rf"|{_LEAST}(?P<d>{_N})(?:\s+or\s+more)?\s+(?:of\s+the\s+)?(?:\w+\s+)?{_THINGS}(?=[^.;:]{{0,40}}[:(])"
    rf"|\b(?P<e>{_N})\s+or\s+more\s+(?:\w+\s+)?{_THINGS}(?=[^.;:]{{0,40}}[:(])"
    r"|(?P<more>\bmore\s+than\s+one\s+of\b)"
    r"|(?P<any>\b(?:any|either)\s+of(?:\s+(?:the\s+following|these)|\s*:))"
    r"|(?P<none>\b(?:none|neither)\s+of(?:\s+(?:the\s+following|these)|\s*:))"
    r"|(?P<all>\b(?:both|all(?:\s+(?:two|three|four))?)\s+(?:of\s+)?(?:the\s+|these\s+)?"
    r"(?:following|criteria|conditions\s*:|of\s+these)|\bmeets?\s+both\b|\bboth\s+of\b)",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SENTENCE_END = lazy(r"[.!?]\s+(?=[A-Z])")
_LISTED = lazy(r"[;\n•]")
_INLINE = lazy(r",|/|\band\b|\bor\b", re.IGNORECASE)
_LETTERS = lazy(r"[^\W\d_]{3}")
_ALL = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the criteria that follow must hold; `needed` 0 means all of them."""

    start: int
    end: int
    needed: int
    negated: bool = False  # "none of the following"


@dataclass(frozen=True, slots=True)
class Counted:
    """Criteria that count as one, `needed` of them, and the number of those read outside it."""

    members: tuple[Criterion, ...]
    needed: int
    first: int  # of the placed criteria, the first and the last that are members
    last: int


def find_count(text: str) -> Count | None:
    """The first words of a text that count criteria."""
    match = _COUNTED.search(text)
    if match is None:
        return None
    if match["all"]:
        return Count(match.start(), match.end(), _ALL)
    if match["any"] or match["none"]:
        return Count(match.start(), match.end(), 1, negated=bool(match["none"]))
    if match["more"]:
        return Count(match.start(), match.end(), 2)
    word = next(match[name] for name in "abcde" if match[name]).lower()
    return Count(match.start(), match.end(), _NUMBERS.get(word) or int(word))


def needs_several(text: str) -> bool:
    """Whether a lead-in counts what it leads in, so that one item alone decides nothing."""
    count = find_count(text)
    return count is not None and (count.needed != 1 or count.negated)


def read_counted(
    text: str, placed: Sequence[tuple[int, int, Criterion]], count: Count, *, negated: bool
) -> Counted | None:
    """The criteria that `count` counts among those placed in `text`, with the items not read.

    An item that nothing was read from is kept as a criterion "other" that nobody can judge:
    one of four that is not understood must not be taken for one that does not hold. None
    where fewer than two criteria are there to count. `negated` turns it round ("unless any
    two of"): then so many must fail that fewer than those counted hold.
    """
    stop = _SENTENCE_END.search(text, count.end)
    until = stop.start() if stop else len(text)
    inside = [i for i, (start, _, _) in enumerate(placed) if count.end <= start < until]
    if not inside:  # "over 75 years, under 50 kg: if both of these …"
        inside = [i for i, (_, end, _) in enumerate(placed) if end <= count.start]
        members = [placed[i][2] for i in inside]
    else:
        members = _items(text, [placed[i] for i in inside], count.end, until)
    if len(members) < max(2, count.needed):
        return None
    needed = count.needed or len(members)
    if negated != count.negated:
        members = [_turned(c) for c in members]
        needed = len(members) - needed + 1
    return Counted(tuple(members), needed, inside[0], inside[-1])


def _turned(criterion: Criterion) -> Criterion:
    return replace(criterion, negated=not criterion.negated)


def _items(
    text: str, placed: list[tuple[int, int, Criterion]], start: int, until: int
) -> list[Criterion]:
    """One criterion an item, in order."""
    listed = _LISTED.search(text, start, until) is not None
    mark = _LISTED if listed else _INLINE
    items: list[list[Criterion | str]] = [[]]
    at = start + len(text[start : placed[0][0]].rpartition(":")[0])
    if ":" not in text[start : placed[0][0]] and not listed:
        at = placed[0][0]
    for begin, end, criterion in placed:
        for number, piece in enumerate(mark.split(text[at:begin])):
            if number:
                items.append([])
            if _LETTERS.search(piece):
                items[-1].append(piece.strip(" :,.-"))
        items[-1].append(criterion)
        at = end
    if listed:
        for number, piece in enumerate(mark.split(text[at:until])):
            if number and _LETTERS.search(piece):
                items.append([piece.strip(" :,.-")])
    return [c for item in items if (c := _as_criterion(item)) is not None]


def _as_criterion(item: list[Criterion | str]) -> Criterion | None:
    """What one item states; "other" where it states nothing that was read, or two things."""
    criteria = [part for part in item if isinstance(part, Criterion)]
    words = " ".join(part if isinstance(part, str) else part.text for part in item)
    if not criteria:
        return Criterion("other", value=words.lower(), text=words) if words else None
    attributes = {c.attribute for c in criteria} - {"life stage"}
    if len(criteria) == 1 or len(attributes) == 1:
        return next((c for c in criteria if c.attribute != "life stage"), criteria[0])
    return Criterion("other", value=words.lower(), text=words)
