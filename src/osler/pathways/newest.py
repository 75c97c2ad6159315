"""The newest of each measurement, and whether one may go by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from osler.pathways.creatinine import is_of_60
from osler.pathways.measurements import BY, OTHER, Standing, is_possible, measurements, standing_of
from osler.pathways.observations import CONTRADICTORY, span_of
from osler.pathways.quantities import UCUM, Quantity, less_or_equal
from osler.pathways.record import Record
from osler.pathways.units import EGFR, read_written

MEASUREMENT = "urn:osler:measurement"
"""The system of codings that name a measurement ("egfr")."""

NOT_GONE_BY = "urn:osler:not-gone-by"
"""The system of codings that say why one does not go by an observation."""

Json = dict[str, Any]

_FINAL = frozenset({"final", "amended", "corrected"})
_NEVER = frozenset({"cancelled", "entered-in-error"})
_EGFR_UNIT = {"unit": EGFR, "system": UCUM, "code": EGFR}
_SIXTY = Quantity(Decimal(60), EGFR)
_ABOVE = re.compile(r"([<>]=?|≥|=>)\s*(\d{1,3})(?:\s*(\S.*))?")
_DAY = len("2026-0011-0030")  # of a sortable moment
_WHY = {
    "contradictory": "The record holds contradictory values.",
    "no number": "It has no value that is a number with a unit.",
    "impossible": "Its value is not possible.",
    "preliminary": "It is not final.",
    OTHER: "It is recorded in words, within another or under a code that is not gone by.",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """An observation of a measurement; `why` one does not go by it, "" where one does."""

    resource: Json
    standing: Standing
    why: str
    start: str  # when it was made at the earliest and at the latest, in a form that sorts
    end: str


def newest(record: Record) -> list[Json]:
    """Observations that may be the newest of their measurement, under one code for each.

    One that is not gone by has no value, but a `dataAbsentReason` that says why: what is
    preliminary, impossible, contradictory or no number, the same measurement under another code
    or in words, and a later measurement of the same organ from which it was not worked out (a
    creatinine after the last eGFR, unless both speak of 60 or above). `effectiveDateTime` is when
    it was made, of a period its end.
    """
    seen: dict[str, list[_Seen]] = {}
    for observation in record.of_type("Observation"):
        found = _seen(_with_unit(observation))
        if found is not None:
            seen.setdefault(found.standing.measurement, []).append(found)
    newest_of = {name: list(_newest(seen.get(name, ()))) for name in measurements()}
    return [_told(one) for found in newest_of.values() for one in _without_well(found, record)]


def _without_well(seen: Sequence[_Seen], record: Record) -> list[_Seen]:
    """Without a creatinine that goes with an eGFR of 60 or above, where the eGFRs are so too."""
    of = [one for one in seen if one.standing.is_same]
    if not of or not all(not one.why and _is_of_60(one.resource) for one in of):
        return list(seen)
    return [
        one
        for one in seen
        if one.standing.is_same
        or one.standing.name != "creatinine"
        or one.resource.get("status") not in _FINAL
        or not is_of_60(one.resource.get("valueQuantity", {}), record.patient, record.now)
    ]


def _is_of_60(observation: Json) -> bool:
    read = Quantity.from_fhir(observation.get("valueQuantity", {}))
    return read is not None and less_or_equal(_SIXTY, read) is True


def _with_unit(observation: Json) -> Json:
    """An eGFR with its unit: one that only says mL/min, and one in words that is above a bound.

    Its LOINC codes are all per 1.73 m2.
    """
    standing = standing_of(observation)
    if standing is None or (standing.measurement, standing.name) != ("egfr", BY):
        return observation
    value, text = observation.get("valueQuantity", {}), observation.get("valueString")
    if value.get("code", value.get("unit")) in ("mL/min", "ml/min"):
        return {**observation, "valueQuantity": {**value, **_EGFR_UNIT}}
    found = _ABOVE.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or (found[3] and read_written(found[3]) not in (EGFR, "mL/min")):
        return observation
    comparator = {"≥": ">=", "=>": ">="}.get(found[1], found[1])
    quantity = {"value": Decimal(found[2]), "comparator": comparator, **_EGFR_UNIT}
    kept = {k: v for k, v in observation.items() if k != "valueString"}
    return {**kept, "valueQuantity": quantity}


def _seen(observation: Json) -> _Seen | None:
    standing = _standing(observation) if observation.get("status") not in _NEVER else None
    if standing is None:
        return None
    has_value = any(name.startswith("value") or name == "component" for name in observation)
    absent = observation.get("dataAbsentReason")
    if not has_value and (observation.get("status") == "registered" or not standing.is_same):
        return None
    why = ""
    if not standing.is_same:
        why = standing.name
    elif absent == CONTRADICTORY:
        why = "contradictory"
    elif observation.get("status") not in _FINAL:
        why = "preliminary"
    elif standing.name != BY:
        why = standing.name
    elif "value" not in observation.get("valueQuantity", {}):
        why = "no number"
    elif not is_possible(standing.measurement, observation["valueQuantity"]):
        why = "impossible"
    return _Seen(observation, standing, why, *span_of(observation))


def _standing(observation: Mapping[str, Any]) -> Standing | None:
    """What it measures; one of which a component does is not gone by."""
    found = standing_of(observation)
    if found is not None:
        return found
    parts = (standing_of(part) for part in observation.get("component", ()))
    same = next((part for part in parts if part is not None and part.is_same), None)
    return Standing(same.measurement, OTHER) if same is not None else None


def _newest(seen: Sequence[_Seen]) -> Iterator[_Seen]:
    """Those that are not surely older than another.

    What is not gone by, by its status or code, counts where it may be newer than what is; a
    measurement of another kind where it is of a later day: of one day they are of one sample.
    """
    by = _latest([one for one in seen if one.standing.name == BY and not _is_preliminary(one)])
    same = [one for one in seen if one.standing.is_same and one not in by]
    other = [one for one in seen if not one.standing.is_same]
    if not by:
        yield from _latest(same) or _latest(other)
        return
    end = max(one.end for one in by)
    later = [one for one in same if one.why and one.end > end]
    found = [*by, *_latest(later)]
    day = max(one.end[:_DAY] for one in found)
    yield from found
    yield from _latest([one for one in other if one.start[:_DAY] > day])


def _is_preliminary(one: _Seen) -> bool:
    return one.resource.get("status") not in _FINAL


def _latest(seen: Sequence[_Seen]) -> list[_Seen]:
    start = max((one.start for one in seen), default="")
    return [one for one in seen if one.end >= start]


def _told(one: _Seen) -> Json:
    resource = {
        k: v
        for k, v in one.resource.items()
        if not k.startswith("effective")
        and not (one.why and (k.startswith("value") or k == "component"))
    }
    code = resource.get("code", {})
    coding = {"system": MEASUREMENT, "code": one.standing.measurement}
    resource["code"] = {**code, "coding": [*code.get("coding", ()), coding]}
    when = _when(one.resource)
    if when:
        resource["effectiveDateTime"] = when
    if one.why:
        told = _WHY.get(one.why, f"A later {one.why}, without what is worked out from it.")
        why = {"coding": [{"system": NOT_GONE_BY, "code": one.why}], "text": told}
        resource["dataAbsentReason"] = why
    return resource


def _when(observation: Mapping[str, Any]) -> str | None:
    period = observation.get("effectivePeriod", {})
    found = observation.get("effectiveDateTime") or observation.get("effectiveInstant")
    when = found or period.get("end") or period.get("start")
    return str(when) if when else None
