"""How the criteria of a text are joined: all, any, so many of them, or alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from osler.domain import Combinator, Criterion
from osler.patterns import lazy
from osler.statements.groups.bar_lists import each_of_barred, list_of_barred
from osler.statements.groups.counting import find_count, read_counted
from osler.statements.words.backwards import is_negated
from osler.statements.words.bracketed import stand_in_one_list

Placed = tuple[int, int, Criterion]
AND_OR = lazy(r"\s*(?:,|/|or|and|and/or|&|,\s*(?:and|or))\s*", re.IGNORECASE)
_AND_IN = re.compile(
    r"\s*(?:,|/|or|and|&|,?\s*and/or)\s*(?:in|during|while|when)?\s*", re.IGNORECASE
)
_OR_AHEAD = lazy(r"[^.;:]*,\s+or\b", re.IGNORECASE)
# "50 mg over 65, as do those with cirrhosis"
_LIKEWISE = lazy(
    r",?\s+(?:as|so)\s+(?:do|are|should)\s+(?:those|people|patients)\b[^.;:]*$", re.IGNORECASE
)
_OR = lazy(r"\bn?or\b|/", re.IGNORECASE)


def join(text: str, placed: list[Placed]) -> tuple[tuple[Criterion, ...], Combinator, int]:
    """Join criteria as the words between them say.

    Where only some of them are counted ("adults: if any two of …") these become one criterion
    that needs so many of its alternatives.
    """
    criteria = [criterion for _, _, criterion in placed]
    if len(placed) == 1:
        return tuple(criteria), Combinator.ALL, 1
    count = find_count(text)
    if count is not None:
        negated = is_negated(text, count.start)
        counted = read_counted(text, placed, count, negated=negated)
        if counted is not None:
            members = unique(counted.members)
            before, after = placed[: counted.first], placed[counted.last + 1 :]
            if not before and not after:
                return members, _combinator(counted.needed, len(members)), counted.needed
            others = [*_runs_of_alternatives(text, before), *_runs_of_alternatives(text, after)]
            whole = as_one(members, counted.needed)
            return (*(as_one(run) for run in others), *whole_or_each(whole)), Combinator.ALL, 1
    runs = _runs_of_alternatives(text, placed)
    listed = list_of_barred(text)
    barred = each_of_barred(text, placed, listed) if listed else []
    if listed and barred:
        start, end = listed
        beside = [entry for entry in placed if entry[1] <= start or end <= entry[0]]
        runs = [*_runs_of_alternatives(text, beside), *map(list, barred)]
    if len(runs) == 1 and len(runs[0]) > 1:
        return unique(runs[0]), Combinator.ANY, 1
    return unique(as_one(run) for run in runs), Combinator.ALL, 1


def _combinator(needed: int, among: int) -> Combinator:
    if needed >= among:
        return Combinator.ALL
    return Combinator.ANY if needed == 1 else Combinator.AT_LEAST


def whole_or_each(criterion: Criterion) -> tuple[Criterion, ...]:
    """The members of a criterion that needs all of them, else the criterion."""
    if criterion.needed <= len(criterion.alternatives):
        return (criterion,)
    return (replace(criterion, alternatives=(), needed=1), *criterion.alternatives)


def as_one(criteria: Iterable[Criterion], needed: int = 1) -> Criterion:
    """Fold criteria into one that holds if `needed` of them do."""
    members = sorted(unique(criteria), key=lambda c: bool(c.alternatives))
    first, *others = members
    return replace(first, alternatives=tuple(others), needed=needed) if others else first


def unique(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Each criterion once, however it is worded."""
    kept: dict[tuple[object, ...], Criterion] = {}
    for c in criteria:
        key = (c.attribute, c.value, c.low, c.high, c.negated, c.alternatives, c.needed)
        kept.setdefault(key, c)
    return tuple(kept.values())


def _runs_of_alternatives(text: str, placed: list[Placed]) -> list[list[Criterion]]:
    runs: list[list[Criterion]] = []
    pending: list[Criterion] = []  # separated by commas only, until "or" says what they are
    for index, (start, _, criterion) in enumerate(placed):
        gap = text[placed[index - 1][1] : start] if index else ""
        before = placed[index - 1][2] if index else None
        listed = "," in gap and _OR_AHEAD.match(text, start) is not None
        examples = before is not None and (
            stand_in_one_list(text, placed[index - 1][1], start)
            and (before.attribute == "condition" or "(" not in gap)
        )
        if before is not None and (
            (examples and not before.negated and not criterion.negated)
            or (listed and not (before.negated and criterion.negated))
            or _are_alternatives(gap, before, criterion)
        ):
            run = pending if pending else [before]
            if runs and runs[-1] and runs[-1][-1] is before:
                run = runs.pop()
            pending = []
            runs.append([*run, criterion])
        elif before is not None and gap.strip() == "," and before.attribute == criterion.attribute:
            pending = [*(pending or _taken_back(runs, before)), criterion]
        else:
            runs += [[c] for c in pending]
            pending = []
            runs.append([criterion])
    return runs + [[c] for c in pending]


def _taken_back(runs: list[list[Criterion]], last: Criterion) -> list[Criterion]:
    return runs.pop() if runs and runs[-1][-1] is last else [last]


def _are_alternatives(gap: str, one: Criterion, other: Criterion) -> bool:
    if one.negated == other.negated and _LIKEWISE.search(gap):
        return True
    if one.negated != other.negated or (len(gap) > 30 and not _apart(one, other)):
        return False
    if one.negated and one.attribute != "life stage":
        return False  # "without A or B" is without both
    if one.attribute == other.attribute == "life stage":
        return AND_OR.fullmatch(gap) is not None
    if one.attribute == other.attribute == "severity":
        return True
    if one.attribute == other.attribute == "sex":
        return one.value != other.value and "." not in gap  # nobody is both
    if one.attribute == "age" and one.high is None and other.value == "adult":
        return AND_OR.fullmatch(gap) is not None  # "2 years and over, and adults"
    if {one.attribute, other.attribute} == {"pregnancy", "breastfeeding"}:
        return _AND_IN.fullmatch(gap) is not None
    if one.attribute == other.attribute and _apart(one, other):
        return True
    return _OR.search(gap) is not None and "." not in gap


def _apart(one: Criterion, other: Criterion) -> bool:
    def below(a: Criterion, b: Criterion) -> bool:
        return a.high is not None and b.low is not None and a.high <= b.low

    return below(one, other) or below(other, one)
