"""Whether two claims recommend the same, and where they do not: conflicts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from osler.answering.relevance import is_special
from osler.answering.subject import relation
from osler.domain import (
    Applies,
    Claim,
    Conflict,
    Criterion,
    Dosage,
    DosageRole,
    Duration,
    Group,
    Phase,
    Position,
)
from osler.dosage import differences, find_durations, find_routes, per_day
from osler.statements.conditions import is_a

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


def disagree(a: Claim, b: Claim, weight_kg: Decimal | None = None) -> bool:
    """Whether two claims give one patient different amounts a day, or different durations.

    Amounts are compared as ranges a day in one unit and by one route; ranges that overlap do
    not disagree. Amounts per kg are compared with fixed ones where the weight is known.
    """
    for x in _doses(a):
        for y in _doses(b):
            if x.route and y.route and x.route != y.route:
                continue
            if x.substance and y.substance and not _related(x.substance, y.substance):
                continue
            if not _phases_meet(_phase(x), _phase(y)):
                continue
            if _amounts_disagree(x, y, weight_kg) or durations_disagree(x.duration, y.duration):
                return True
            if _same_amount(x, y) and _offsets_disagree(a.text, b.text):
                return True
    if _doses(a) and _doses(b):
        return False
    return any(durations_disagree(x, y) for x in _durations(a) for y in _durations(b))


def _durations(claim: Claim) -> list[Duration]:
    """How long the claim says to treat, with or without a dose."""
    return [found.value for found in find_durations(claim.text)]


_DAYS_AFTER = re.compile(r"\b(?:(?P<one>the|one)\s+day|(?P<n>\w+)\s+days)\s+(after|before)\b", re.I)


def _offsets_disagree(a: str, b: str) -> bool:
    """Whether one is given "the day after" something and the other "four days after" it."""
    left, right = ({m.group(0).lower() for m in _DAYS_AFTER.finditer(text)} for text in (a, b))
    return bool(left and right) and not left & right


def _same_amount(x: Dosage, y: Dosage) -> bool:
    return (x.low, x.high, x.unit) == (y.low, y.high, y.unit)


def _related(a: str, b: str) -> bool:
    return relation(a, b) > 0 or relation(b, a) > 0


def _phases_meet(x: Phase | None, y: Phase | None) -> bool:
    """The same phase; a dose of no stated phase may be the usual one, not a first or highest."""
    if x == y:
        return True
    return None in (x, y) and not {x, y} & {Phase.START, Phase.TITRATION, Phase.MAXIMUM}


def _doses(claim: Claim) -> list[Dosage]:
    return [d for d in claim.dosages if d.role is DosageRole.DOSE and d.low is not None]


def _phase(dosage: Dosage) -> Phase | None:
    return Phase.MAINTENANCE if dosage.phase is Phase.CONTINUATION else dosage.phase


def _amounts_disagree(x: Dosage, y: Dosage, weight_kg: Decimal | None) -> bool:
    left, right = _a_day(x, weight_kg), _a_day(y, weight_kg)
    if left is None or right is None or left[2] != right[2]:
        return False
    # A hundredth is rounding: 30-day months, 7-day weeks.
    tolerance = Decimal("1.02")
    return left[1] * tolerance < right[0] or right[1] * tolerance < left[0]


def _a_day(dosage: Dosage, weight_kg: Decimal | None) -> tuple[Decimal, Decimal, str] | None:
    amount = per_day(dosage)
    if amount is None or weight_kg is None or not amount[2].endswith("/kg"):
        return amount
    low, high, unit = amount
    return low * weight_kg, high * weight_kg, unit.removesuffix("/kg")


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
        denied = {route for s in denying.statements for route in _denied_routes(s.text)}
        if not _doses(denying) and denied & {d.route for d in _doses(giving) if d.route}:
            return True
    return False


_DENIAL = re.compile(r"\b(?:not|never|avoid|cannot|no)\b", re.IGNORECASE)
_TABLETS = re.compile(r"\b(?:tablets?|capsules?)\b", re.IGNORECASE)


def _denied_routes(text: str) -> set[str]:
    """Routes named in a clause that denies; tablets are the oral route."""
    denied: set[str] = set()
    for clause in re.split(r"[;:.]\s", text):
        if _DENIAL.search(clause):
            denied |= {found.value for found in find_routes(clause)}
            if _TABLETS.search(clause):
                denied.add("oral")
    return denied


def find_conflicts(
    claims: tuple[Claim, ...],
    others: tuple[Claim, ...],
    about: str,
    weight_kg: Decimal | None = None,
) -> tuple[Conflict, ...]:
    """Claims from different sources that one patient could not follow together.

    `claims` answer the question; `others` stand beside it and count only where they rule
    out a route. Each conflict joins all claims that differ from one of its others; of equal
    positions the first is shown, with all their references.
    """
    everything = (*claims, *others)
    edges: list[tuple[int, int]] = []
    for i, a in enumerate(claims):
        for j in range(i + 1, len(everything)):
            b = everything[j]
            if _same_source(a, b) or not comparable(a, b):
                continue
            doses_differ = j < len(claims) and disagree(a, b, weight_kg)
            if doses_differ or routes_disagree(a, b):
                edges.append((i, j))
    return tuple(
        Conflict(_about(about, [everything[i] for i in members]), _positions(everything, members))
        for members in _components(edges)
    )


def _same_source(a: Claim, b: Claim) -> bool:
    return bool({c.source_id for c in a.citations} & {c.source_id for c in b.citations})


def comparable(a: Claim, b: Claim) -> bool:
    """Whether both speak to the patient, or for groups of which one holds the other."""
    if a.applies is Applies.YES and b.applies is Applies.YES:
        return True
    return all(_one_holds_other(x.group, y.group) for x in a.statements for y in b.statements)


def _one_holds_other(a: Group, b: Group) -> bool:
    if not groups_compatible(a, b):
        return False
    special = [{_identity(c) for c in g.criteria if is_special(c)} for g in (a, b)]
    if special[0] != special[1]:
        return False
    left, right = ([c.value for c in g.criteria if _narrows(c)] for g in (a, b))
    return _within(left, right) or _within(right, left)


def _identity(criterion: Criterion) -> tuple[object, ...]:
    return (criterion.attribute, criterion.value, criterion.low, criterion.high, criterion.negated)


def _narrows(criterion: Criterion) -> bool:
    """ "Without" a condition leaves most patients in; a condition of their own does not."""
    return criterion.attribute == "condition" and not criterion.negated


def _within(narrow: list[str | None], broad: list[str | None]) -> bool:
    """Whether each condition of the broad group is one of the narrow group, or its kind."""
    return all(any(is_a(n or "", w or "") for n in narrow) for w in broad)


def _components(edges: list[tuple[int, int]]) -> list[list[int]]:
    """The claims joined by disagreement, in order."""
    groups: list[set[int]] = []
    for i, j in edges:
        touching = [g for g in groups if i in g or j in g]
        groups = [g for g in groups if g not in touching]
        groups.append(set().union({i, j}, *touching))
    return sorted(sorted(g) for g in groups)


def _positions(claims: tuple[Claim, ...], members: list[int]) -> tuple[Position, ...]:
    positions: list[Position] = []
    for i in members:
        references = tuple(dict.fromkeys(c.reference for c in claims[i].citations))
        same = next(
            (
                p
                for p in positions
                if claims[i].dosages and same_dosages(p.claim.dosages, claims[i].dosages)
            ),
            None,
        )
        if same is None:
            positions.append(Position(claims[i], references))
        else:
            joined = replace(same.claim, citations=same.claim.citations + claims[i].citations)
            positions[positions.index(same)] = Position(joined, same.references + references)
    return tuple(positions)


def _about(subject: str, claims: list[Claim]) -> str:
    routes = {d.route for claim in claims for d in _doses(claim) if d.route}
    route = f", {routes.pop()}" if len(routes) == 1 else ""
    durations = all(any(d.duration for d in claim.dosages) for claim in claims)
    what = "duration" if durations and not routes else "dose"
    return f"{what} of {subject}{route}" if subject else f"{what}{route}"
