"""Observations that contradict each other, and the order in which expressions meet them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.quantities import Quantity, equal
from osler.pathways.record_checks import Placed

_ABSENT = {"text": "The record holds contradictory values."}


def settle(placed: list[Placed]) -> tuple[list[dict[str, Any]], list[Issue]]:
    """The resources for evaluation, observations last and the latest of them at the end.

    Two observations of one thing at one time with different values contradict each other: neither
    is the right one by itself, so both lose their value, and an issue names both.
    """
    found = [(r, p) for r, p in placed if r["resourceType"] == "Observation"]
    others = [r for r, _ in placed if r["resourceType"] != "Observation"]
    issues: list[Issue] = []
    doubtful: set[int] = set()
    groups: dict[tuple[str, str], list[int]] = {}
    for i, (observation, _) in enumerate(found):
        if observation.get("status") not in ("cancelled", "entered-in-error"):
            for code in _codes(observation):
                groups.setdefault((code, _time(observation)), []).append(i)
    for members in groups.values():
        first, path = found[members[0]]
        for i in members[1:]:
            other, where = found[i]
            if i not in doubtful and not _agree(first, other):
                doubtful |= {members[0], i}
                said = f"It contradicts {path}: one thing, one time, two values. Neither is used."
                issues.append(Issue(Severity.WARNING, "conflict", said, f"{where}.value"))
    settled = [
        _without_value(observation) if i in doubtful else observation
        for i, (observation, _) in enumerate(found)
    ]
    return [*others, *sorted(settled, key=_time)], issues


def _codes(observation: Mapping[str, Any]) -> list[str]:
    concept = observation.get("code", {})
    codes = [f"{c.get('system', '')}|{c['code']}" for c in concept.get("coding", []) if "code" in c]
    return codes or [str(concept.get("text", "")).lower()]


def _time(observation: Mapping[str, Any]) -> str:
    """When it was observed, in a form that sorts; "" where it does not say."""
    period = observation.get("effectivePeriod", {})
    text = (
        observation.get("effectiveDateTime")
        or observation.get("effectiveInstant")
        or period.get("end")
        or period.get("start")
        or ""
    )
    moment = Moment.read(text)
    return moment.sortable if moment is not None else str(text)


def _agree(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    x, y = a.get("valueQuantity"), b.get("valueQuantity")
    if x is not None and y is not None:
        one, two = Quantity.from_fhir(x), Quantity.from_fhir(y)
        if one is not None and two is not None:
            return equal(one, two) is True or x == y
    return _values(a) == _values(b)


def _values(observation: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in observation.items() if k.startswith("value") or k == "component"}


def _without_value(observation: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in observation.items() if not k.startswith("value") and k != "component"}
    return {**kept, "dataAbsentReason": _ABSENT}
