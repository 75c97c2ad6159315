"""Which claim of one answer became which of another.

First by the statements that both cite, then by equal doses of the same drug for the same
patients, last by the likeness of their words. A pair that is for other patients, or doses
another drug, is none: two lines, one gone and one new, tell a reader more than a false change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from osler.answering.advising.agreement import same_dosages
from osler.answering.differing.shown import Shown

ALIKE = 75.0  # of 100, by rapidfuzz: the words of one claim in another edition
NEARLY_EQUAL = 90.0  # where only one of the two says whom it is for: a title may have said it

Pair = tuple[Shown, Shown]
_Likeness = Callable[[Shown, Shown], float]  # 0: no pair


def pairs(before: Sequence[Shown], after: Sequence[Shown]) -> list[Pair]:
    """The claims that belong together, best first; each is in one pair at most.

    Exchanging the two answers exchanges the two sides of each pair, and nothing else.
    """
    matched: list[Pair] = []
    for likeness in (_same_statements, _same_doses, _same_words):
        left = [b for b in before if all(b is not x for x, _ in matched)]
        right = [a for a in after if all(a is not y for _, y in matched)]
        matched += _best_first(left, right, likeness)
    return matched


def _best_first(left: Sequence[Shown], right: Sequence[Shown], likeness: _Likeness) -> list[Pair]:
    scored = [
        (-score, sorted((one.fingerprint, other.fingerprint)), one, other)
        for one in left
        for other in right
        if (score := likeness(one, other)) > 0
    ]
    scored.sort(key=lambda entry: entry[:2])
    taken: list[Pair] = []
    for _, _, one, other in scored:
        if all(one is not x and other is not y for x, y in taken):
            taken.append((one, other))
    return taken


def _same_statements(one: Shown, other: Shown) -> float:
    """Of the statements of both, those in common; equal words decide between equals."""
    common = one.statements & other.statements
    if not common:
        return 0.0
    return len(common) / len(one.statements | other.statements) + _likeness(one, other) / 100


def _same_doses(one: Shown, other: Shown) -> float:
    if not one.dosages or not _for_the_same(one, other):
        return 0.0
    if not same_dosages(one.dosages, other.dosages):
        return 0.0
    alike = _likeness(one, other)
    return 1 + alike if one.group == other.group or alike >= NEARLY_EQUAL else 0.0


def _same_words(one: Shown, other: Shown) -> float:
    if not _for_the_same(one, other) or bool(one.dosages) is not bool(other.dosages):
        return 0.0
    alike = _likeness(one, other)
    return alike if alike >= (ALIKE if one.group == other.group else NEARLY_EQUAL) else 0.0


def _for_the_same(one: Shown, other: Shown) -> bool:
    """Whether both are of the same drugs, and for the same patients as far as both say."""
    groups = {group for group in (one.group, other.group) if group}
    return len(groups) <= 1 and one.substances == other.substances


def _likeness(one: Shown, other: Shown) -> float:
    """0 to 100, whichever of the two comes first."""
    from rapidfuzz import fuzz  # a fiftieth of a second, which asking must not cost

    a, b = sorted((one.text.lower(), other.text.lower()))
    return float(fuzz.ratio(a, b))
