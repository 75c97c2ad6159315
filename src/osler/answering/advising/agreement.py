"""Whether doses are the same, and whether one patient can belong to two groups."""

from __future__ import annotations

from functools import lru_cache

from osler.domain import Criterion, Dosage, Group
from osler.dosage import differences

ADULT_AGE = 18  # years
# Attributes of which a patient has one value. ("planning or pregnant" names two.)
_ONE_VALUED = ("sex", "pregnancy", "procedure", "severity", "life stage")
_TRIMESTERS = ("first trimester", "second trimester", "third trimester")


@lru_cache(maxsize=8192)
def same_dosages(left: tuple[Dosage, ...], right: tuple[Dosage, ...]) -> bool:
    """Whether two claims state the same doses, in the same order, whatever their units."""
    return len(left) == len(right) and all(
        not differences(a, b) and not differences(b, a) for a, b in zip(left, right, strict=True)
    )


def groups_compatible(left: Group, right: Group) -> bool:
    """Whether one patient can belong to both groups, as far as their criteria tell."""
    if any(_exclude(a, b) for a in left.criteria for b in right.criteria):
        return False
    if (_is_adult(left) and _is_child(right)) or (_is_adult(right) and _is_child(left)):
        return False
    return all(_values_meet(left, right, attribute) for attribute in _ONE_VALUED)


def _is_adult(group: Group) -> bool:
    return bool({"adult", "older"} & _values(group, "life stage"))


def _is_child(group: Group) -> bool:
    return any(
        c.attribute == "age" and c.high is not None and c.high < ADULT_AGE for c in group.criteria
    )


def _exclude(a: Criterion, b: Criterion) -> bool:
    if a.attribute != b.attribute or max(a.needed, b.needed) > 1:
        return False
    if a.value is not None and b.value is not None:
        return a.value == b.value and a.negated != b.negated
    below = a.high is not None and b.low is not None and a.high < b.low
    above = b.high is not None and a.low is not None and b.high < a.low
    return below or above


def _values_meet(left: Group, right: Group, attribute: str) -> bool:
    ours, theirs = _values(left, attribute), _values(right, attribute)
    return not ours or not theirs or bool(ours & theirs)


def _values(group: Group, attribute: str) -> set[str]:
    found = {
        c.value for c in group.criteria if c.attribute == attribute and c.value and not c.negated
    }
    if "pregnant" in found:
        found.update(_TRIMESTERS)
    return found
