"""Whether two claims recommend the same, and where they do not: conflicts."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.answering.relevance import relation
from osler.domain import (
    Claim,
    Conflict,
    Criterion,
    Dosage,
    DosageRole,
    Duration,
    Group,
    Phase,
    Polarity,
    Position,
)
from osler.dosage import differences, per_day

_EXCLUSIVE_STAGES = ("neonate", "infant", "child", "adolescent", "adult", "older")
_DAYS = {
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "wk": Decimal(7),
    "mo": Decimal(30),
    "a": Decimal(365),
}


def same_dosages(left: tuple[Dosage, ...], right: tuple[Dosage, ...]) -> bool:
    """Whether two claims state the same doses, in the same order, whatever their units."""
    return len(left) == len(right) and all(
        not differences(a, b) and not differences(b, a) for a, b in zip(left, right, strict=True)
    )


def groups_compatible(left: Group, right: Group) -> bool:
    """Whether one patient can belong to both groups, as far as their criteria tell."""
    return not any(_exclude(a, b) for a in left.criteria for b in right.criteria)


def _exclude(a: Criterion, b: Criterion) -> bool:
    if a.attribute != b.attribute:
        return False
    if a.value is not None and b.value is not None:
        if a.value == b.value:
            return a.negated != b.negated
        if a.attribute == "life stage":
            return a.value in _EXCLUSIVE_STAGES and b.value in _EXCLUSIVE_STAGES
        return a.attribute in ("sex", "pregnancy", "procedure", "severity", "condition") and (
            not a.negated and not b.negated
        )
    below = a.high is not None and b.low is not None and a.high < b.low
    above = b.high is not None and a.low is not None and b.high < a.low
    return below or above


def disagree(a: Claim, b: Claim) -> bool:
    """Whether two claims give one patient different amounts a day, or different durations.

    Amounts are compared as ranges a day in one unit and by one route; ranges that overlap
    do not disagree. Amounts that cannot be compared (per kg against fixed) disagree only
    where they stand for the same route and phase and nothing else can be compared.
    """
    for x in _doses(a):
        for y in _doses(b):
            if x.route and y.route and x.route != y.route:
                continue
            if x.substance and y.substance and not _related(x.substance, y.substance):
                continue
            if _phase(x, a) != _phase(y, b) and None not in (_phase(x, a), _phase(y, b)):
                continue
            if _amounts_disagree(x, y) or durations_disagree(x.duration, y.duration):
                return True
            if _same_amount(x, y) and _offsets_disagree(a.text, b.text):
                return True
    return False


_DAYS_AFTER = re.compile(r"\b(?:(?P<one>the|one)\s+day|(?P<n>\w+)\s+days)\s+(after|before)\b", re.I)


def _offsets_disagree(a: str, b: str) -> bool:
    """Whether one is given "the day after" something and the other "four days after" it."""
    left, right = ({m.group(0).lower() for m in _DAYS_AFTER.finditer(text)} for text in (a, b))
    return bool(left and right) and not left & right


def _same_amount(x: Dosage, y: Dosage) -> bool:
    return (x.low, x.high, x.unit) == (y.low, y.high, y.unit)


def _related(a: str, b: str) -> bool:
    return relation(a, b) > 0 or relation(b, a) > 0


def _doses(claim: Claim) -> list[Dosage]:
    return [d for d in claim.dosages if d.role is DosageRole.DOSE and d.low is not None]


def _phase(dosage: Dosage, claim: Claim) -> Phase | None:
    stated = dosage.phase or next((s.phase for s in claim.statements if s.phase), None)
    return Phase.MAINTENANCE if stated is Phase.CONTINUATION else stated


def _amounts_disagree(x: Dosage, y: Dosage) -> bool:
    left, right = per_day(x), per_day(y)
    if left is None or right is None or left[2] != right[2]:
        return False
    # A hundredth is rounding: 30-day months, 7-day weeks.
    tolerance = Decimal("1.02")
    return left[1] * tolerance < right[0] or right[1] * tolerance < left[0]


def durations_disagree(x: Duration | None, y: Duration | None) -> bool:
    """Whether two stated durations share no day."""
    if x is None or y is None or x.low is None or y.low is None:
        return False
    if x.unit not in _DAYS or y.unit not in _DAYS:
        return False
    left = (x.low * _DAYS[x.unit], (x.high or x.low) * _DAYS[x.unit])
    right = (y.low * _DAYS[y.unit], (y.high or y.low) * _DAYS[y.unit])
    return left[1] < right[0] or right[1] < left[0]


def routes_disagree(a: Claim, b: Claim) -> bool:
    """Whether one claim rules out the route that the other gives a dose by."""
    for denying, giving in ((a, b), (b, a)):
        denied = {
            route
            for s in denying.statements
            if s.polarity is Polarity.NEGATIVE
            for route in _routes_of(s.text)
        }
        given = {d.route for d in _doses(giving) if d.route}
        if denied & given and not _doses(denying):
            return True
    return False


def _routes_of(text: str) -> set[str]:
    from osler.dosage import find_routes

    return {found.value for found in find_routes(text)}


def find_conflicts(claims: tuple[Claim, ...], about: str) -> tuple[Conflict, ...]:
    """Groups of claims from different sources that one patient could not follow together."""
    edges: list[tuple[int, int]] = []
    for i, a in enumerate(claims):
        for j in range(i + 1, len(claims)):
            b = claims[j]
            if _same_source(a, b) or not _groups_meet(a, b):
                continue
            if disagree(a, b) or routes_disagree(a, b):
                edges.append((i, j))
    return tuple(
        Conflict(_about(about, [claims[i] for i in members]), _positions(claims, members))
        for members in _components(edges)
    )


def _same_source(a: Claim, b: Claim) -> bool:
    return bool({c.source_id for c in a.citations} & {c.source_id for c in b.citations})


def _groups_meet(a: Claim, b: Claim) -> bool:
    return all(groups_compatible(x.group, y.group) for x in a.statements for y in b.statements)


def _components(edges: list[tuple[int, int]]) -> list[list[int]]:
    """Positions against the claim that most others disagree with, so that no chain of
    pairwise differences puts claims together that do not differ."""
    left = set(edges)
    groups: list[list[int]] = []
    while left:
        degree: dict[int, int] = {}
        for i, j in left:
            degree[i] = degree.get(i, 0) + 1
            degree[j] = degree.get(j, 0) + 1
        hub = min(degree, key=lambda n: (-degree[n], n))
        spokes = sorted({i if j == hub else j for i, j in left if hub in (i, j)})
        groups.append(sorted([hub, *spokes]))
        taken = {hub, *spokes}
        left = {(i, j) for i, j in left if not (i in taken and j in taken)}
        left = {(i, j) for i, j in left if hub not in (i, j)}
    return groups


def _positions(claims: tuple[Claim, ...], members: list[int]) -> tuple[Position, ...]:
    return tuple(
        Position(claims[i], tuple(dict.fromkeys(c.reference for c in claims[i].citations)))
        for i in members
    )


def _about(subject: str, claims: list[Claim]) -> str:
    routes = {d.route for claim in claims for d in _doses(claim) if d.route}
    route = f", {routes.pop()}" if len(routes) == 1 else ""
    durations = all(any(d.duration for d in claim.dosages) for claim in claims)
    what = "duration" if durations and not routes else "dose"
    return f"{what} of {subject}{route}" if subject else f"{what}{route}"
