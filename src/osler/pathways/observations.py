"""Observations that contradict each other, and the order in which expressions meet them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.measurements import BY, standing_of
from osler.pathways.quantities import Quantity, equal
from osler.pathways.record_checks import Placed

CONTRADICTORY = {"text": "The record holds contradictory values."}
"""Why an observation that contradicts another has no value."""

_SPELT = {"egfr": "eGFR"}
_FOR_RACE = frozenset({"48643-1", "88294-4"})  # LOINC: eGFR, "black", by MDRD and by CKD-EPI


def settle(placed: list[Placed]) -> tuple[list[dict[str, Any]], list[Issue]]:
    """The resources for evaluation, observations last and the latest of them at the end.

    Two observations of one thing at one time with different values contradict each other: neither
    is the right one by itself, so both lose their value, and an issue names both. So do two that
    differ where their dates do not tell which of them is the latest. What is one thing is told by
    the code; codes and words of one measurement (an eGFR by several formulas) are one.
    """
    found, issues = _once([(r, p) for r, p in placed if r["resourceType"] == "Observation"])
    others = [r for r, _ in placed if r["resourceType"] != "Observation"]
    things: dict[str, list[int]] = {}
    for i, (observation, _) in enumerate(found):
        if observation.get("status") not in ("cancelled", "entered-in-error"):
            for code in _codes(observation):
                things.setdefault(code, []).append(i)
    doubtful: set[int] = set()
    for members in things.values():
        for first, other, why in _rivals([(i, found[i][0]) for i in members]):
            (one, path), (two, where) = found[first], found[other]
            if {first, other} - doubtful and not _agree(one, two):
                doubtful |= {first, other}
                said = f"It contradicts {path}: one thing, {why}, two values. Neither is used."
                issues.append(Issue(Severity.WARNING, "conflict", said, f"{where}.value"))
    settled = [
        _without_value(observation) if i in doubtful else observation
        for i, (observation, _) in enumerate(found)
    ]
    return [*others, *sorted(settled, key=_time)], issues


def _once(found: list[Placed]) -> tuple[list[Placed], list[Issue]]:
    """Measurements of one time that all but agree, once: the lowest stands, an issue names both.

    They do within a tenth, which is less than one eGFR varies from another of the same patient, and
    where one is raised for race, as is no longer done (Inker and others 2021, see `creatinine`).
    """
    times: dict[tuple[str, str], list[Placed]] = {}
    for observation, path in found:
        standing = standing_of(observation)
        is_final = observation.get("status") in ("final", "amended", "corrected")
        if is_final and standing is not None and standing.name == BY and _number(observation):
            key = (standing.measurement, _time(observation))
            times.setdefault(key, []).append((observation, path))
    left_out: dict[str, str] = {}
    for each in times.values():
        lowest, where = min(each, key=lambda one: _number(one[0]))
        least = _number(lowest)
        for observation, path in each:
            is_near = _number(observation) * 9 <= least * 10
            if path != where and (is_near or _is_for_race(observation)):
                left_out[path] = where
    said = "It all but agrees with {}, of the same time, which is lower: left out."
    issues = [
        Issue(Severity.INFORMATION, "duplicate", said.format(where), path)
        for path, where in left_out.items()
    ]
    return [(o, path) for o, path in found if path not in left_out], issues


def _is_for_race(observation: Mapping[str, Any]) -> bool:
    return any(c.get("code") in _FOR_RACE for c in observation.get("code", {}).get("coding", ()))


def _number(observation: Mapping[str, Any]) -> Decimal:
    """The value of a measurement; 0 where it has none or is bounded ("<5")."""
    read = Quantity.from_fhir(observation.get("valueQuantity", {}))
    return read.value if read is not None and not read.comparator else Decimal(0)


def _rivals(members: list[tuple[int, dict[str, Any]]]) -> Iterator[tuple[int, int, str]]:
    """Pairs of observations of one thing that must agree: of one time, and each with each other
    that may be the latest.
    """
    times: dict[str, int] = {}
    for i, observation in members:
        first = times.setdefault(_time(observation), i)
        if first != i:
            yield first, i, "one time"
    spans = {i: span_of(observation) for i, observation in members}
    latest_start = max(start for start, _ in spans.values())
    first, *rest = (i for i, (_, end) in spans.items() if end >= latest_start)
    for i in rest:
        yield first, i, "no telling which is the later"


def _codes(observation: Mapping[str, Any]) -> list[str]:
    concept = observation.get("code", {})
    standing = standing_of(observation)
    if standing is not None and standing.is_same:
        return [standing.measurement]
    coded = [c for c in concept.get("coding", []) if "code" in c]
    codes = [f"{c.get('system', '')}|{c['code']}" for c in coded]
    return list(dict.fromkeys(codes)) or [str(concept.get("text", "")).lower()]


def span_of(observation: Mapping[str, Any]) -> tuple[str, str]:
    """The earliest and the latest time at which it may have been observed, in a form that sorts.

    Of a date it is the whole day, of a period all of it; without a time it is any.
    """
    period = observation.get("effectivePeriod", {})
    given = observation.get("effectiveDateTime") or observation.get("effectiveInstant")
    start, end = given or period.get("start"), given or period.get("end") or period.get("start")
    first, last = Moment.read(start or ""), Moment.read(end or "")
    open_end = "" if last and len(last.parts) == 6 else "~"
    return first.sortable if first else "", (last.sortable if last else "") + open_end


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
    return {**kept, "dataAbsentReason": CONTRADICTORY}


def name_of(observation: Mapping[str, Any]) -> str:
    """What was measured, in few words: the packaged name of its code, else as the record says."""
    code = observation.get("code", {})
    standing = standing_of(observation)
    if standing is not None and standing.is_same:
        return _SPELT.get(standing.measurement, standing.measurement)
    return str(code.get("text") or next(iter(_displays(code)), "value"))


def _displays(code: Mapping[str, Any]) -> Iterator[str]:
    for coding in code.get("coding", ()):
        if coding.get("display") or coding.get("code"):
            yield str(coding.get("display") or coding.get("code"))
