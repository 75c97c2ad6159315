"""FHIR R4 `Timing` (https://hl7.org/fhir/R4/datatypes.html#Timing), both ways.

`repeat.bounds[x]` is the course, `repeat.duration` one administration ("over 30 minutes").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from osler.domain.dosage import Comparator, Duration, Frequency
from osler.domain.errors import DosageError
from osler.dosage.contract import number
from osler.dosage.fhir_values import as_decimal, as_object, as_whole, quantity, read_quantity
from osler.dosage.units import TIME, read_time_unit
from osler.patterns import lazy

UNITS_OF_TIME = frozenset({"s", "min", "h", "d", "wk", "mo", "a"})
_TIME = lazy(TIME, re.I)

# FHIR's timing abbreviations (http://hl7.org/fhir/R4/valueset-timing-abbreviation.html):
# how many times in how many of which unit.
_ABBREVIATIONS = {
    "AM": (1, 1, "d"), "PM": (1, 1, "d"), "BED": (1, 1, "d"), "QD": (1, 1, "d"),
    "BID": (2, 1, "d"), "TID": (3, 1, "d"), "QID": (4, 1, "d"), "QOD": (1, 2, "d"),
    "WK": (1, 1, "wk"), "MO": (1, 1, "mo"), "Q1H": (1, 1, "h"), "Q2H": (1, 2, "h"),
    "Q3H": (1, 3, "h"), "Q4H": (1, 4, "h"), "Q6H": (1, 6, "h"), "Q8H": (1, 8, "h"),
}  # fmt: skip


def write_timing(
    f: Frequency | None, duration: Duration | None, over: Duration | None
) -> dict[str, Any]:
    """FHIR's Timing; empty where nothing is said."""
    repeat: dict[str, Any] = {}
    if f and f.once:
        repeat["count"] = 1
    if f and f.period_unit and f.period_low is not None:
        repeat["frequency"] = f.count
        if f.count_high:
            repeat["frequencyMax"] = f.count_high
        repeat["period"] = number(f.period_low)
        if f.period_high is not None and f.period_high != f.period_low:
            repeat["periodMax"] = number(f.period_high)
        repeat["periodUnit"] = f.period_unit
    if f and f.weekdays:
        repeat["dayOfWeek"] = list(f.weekdays)
    if f and f.when:
        repeat["when"] = list(f.when)
    if duration and duration.low is not None and duration.unit:
        high = duration.high if duration.high is not None else duration.low
        if duration.unit == "{dose}":
            repeat["count"] = number(duration.low)
            if high != duration.low:
                repeat["countMax"] = number(high)
        elif duration.low == high:
            repeat["boundsDuration"] = quantity(duration.low, duration.unit)
        else:
            repeat["boundsRange"] = {
                "low": quantity(duration.low, duration.unit),
                "high": quantity(high, duration.unit),
            }
    if over and over.low is not None and over.unit:
        repeat["duration"], repeat["durationUnit"] = number(over.low), over.unit
        if over.high is not None and over.high != over.low:
            repeat["durationMax"] = number(over.high)
    return {"repeat": repeat} if repeat else {}


def read_timing(
    timing: Mapping[str, Any], resource: Mapping[str, Any], said: Mapping[str, str]
) -> tuple[Frequency | None, Duration | None, Duration | None]:
    """How often, for how long, and over what time each administration runs."""
    repeat = {**_abbreviated(timing), **as_object(timing.get("repeat", {}))}
    duration, over = _read_duration(repeat, said), _read_over(repeat, said)
    most, _, most_unit = said.get("most", "").partition("/")
    on_unit, _, on = said.get("on", "").partition(" ")
    if {on_unit, most_unit} - UNITS_OF_TIME - {""}:
        raise DosageError("FHIR Dosage: unknown unit of days or of a limit")
    needed = resource.get("asNeededBoolean") is True or "asNeededCodeableConcept" in resource
    weekdays, when = repeat.get("dayOfWeek", []), repeat.get("when", [])
    if not isinstance(weekdays, list) or not isinstance(when, list):
        raise DosageError("FHIR Dosage: dayOfWeek and when must be lists")
    unit = repeat.get("periodUnit")
    if unit is not None and unit not in UNITS_OF_TIME:
        raise DosageError(f"FHIR Dosage: unknown periodUnit {unit!r}")
    counted = duration is not None and duration.unit == "{dose}"
    once = repeat.get("count") == 1 and unit is None and not counted
    if unit is None and not (needed or weekdays or when or once or on):
        return None, duration, over
    low = as_decimal(repeat.get("period", 1), "period") if unit else None
    high = as_decimal(repeat["periodMax"], "periodMax") if "periodMax" in repeat and unit else low
    frequency_max = repeat.get("frequencyMax")
    return (
        Frequency(
            count=as_whole(repeat.get("frequency", 1), "frequency"),
            count_high=None if frequency_max is None else as_whole(frequency_max, "frequencyMax"),
            period_low=low,
            period_high=high,
            period_unit=unit,
            as_needed=needed,
            once=once,
            weekdays=tuple(str(d) for d in weekdays),
            when=tuple(str(w) for w in when),
            on=tuple(as_whole(day, "on") for day in on.split(",")) if on else (),
            on_unit=on_unit or None,
            most=as_whole(most, "most") if most else None,
            most_unit=most_unit or None,
        ),
        duration,
        over,
    )


def _abbreviated(timing: Mapping[str, Any]) -> dict[str, Any]:
    """What `repeat` would say of a `code` ("TID"), where `repeat` does not say how often itself."""
    if {"frequency", "period", "periodUnit", "when"} & as_object(timing.get("repeat", {})).keys():
        return {}
    codings = as_object(timing.get("code", {})).get("coding", [])
    for coding in codings if isinstance(codings, list) else []:
        found = _ABBREVIATIONS.get(str(as_object(coding).get("code", "")).upper())
        if found is not None:
            return dict(zip(("frequency", "period", "periodUnit"), found, strict=True))
    return {}


def _read_duration(repeat: Mapping[str, Any], said: Mapping[str, str]) -> Duration | None:
    low = high = unit = None
    if "boundsDuration" in repeat:
        low, unit, _ = read_quantity(repeat["boundsDuration"], "boundsDuration")
        high = low
    elif "boundsRange" in repeat:
        bounds = as_object(repeat["boundsRange"])
        low, unit, _ = read_quantity(bounds.get("low", {}), "boundsRange.low")
        high, _, _ = read_quantity(bounds.get("high", {}), "boundsRange.high")
    elif "count" in repeat and (repeat["count"] != 1 or "periodUnit" in repeat):
        low, unit = as_decimal(repeat["count"], "count"), "{dose}"
        high = as_decimal(repeat.get("countMax", repeat["count"]), "countMax")
    if unit is not None and unit not in (*UNITS_OF_TIME, "{dose}"):
        if not _TIME.fullmatch(unit):
            raise DosageError(f"FHIR Dosage: unknown unit of bounds {unit!r}")
        unit = read_time_unit(unit)  # of a Quantity without a code: "days"
    until, for_life = said.get("until"), said.get("forLife") == "true"
    if low is None and not until and not for_life:
        return None
    comparator = _comparator(said.get("durationComparator"))
    return Duration(low, high, unit, until, for_life, comparator)


def _read_over(repeat: Mapping[str, Any], said: Mapping[str, str]) -> Duration | None:
    if "duration" not in repeat:
        return None
    unit = repeat.get("durationUnit")
    if unit not in UNITS_OF_TIME:
        raise DosageError(f"FHIR Dosage: unknown durationUnit {unit!r}")
    low = as_decimal(repeat["duration"], "duration")
    high = as_decimal(repeat.get("durationMax", repeat["duration"]), "durationMax")
    return Duration(low, high, unit, comparator=_comparator(said.get("overComparator")))


def _comparator(compared: str | None) -> Comparator | None:
    try:
        return Comparator(compared) if compared else None
    except ValueError as error:
        raise DosageError(f"FHIR Dosage: unknown comparator {compared!r}") from error
