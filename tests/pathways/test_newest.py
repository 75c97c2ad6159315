"""The newest of a measurement, and why one does not go by it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from osler.pathways import read_record
from osler.pathways.newest import MEASUREMENT, newest
from osler.pathways.observations import name_of

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
EGFR = "mL/min/{1.73_m2}"
SNOMED = "http://snomed.info/sct"
Json = dict[str, Any]


def observed(
    value: float | None, when: str | None, code: str = "62238-1", unit: str = EGFR, **more: Any
) -> Json:
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return {
        "resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        **({"effectiveDateTime": when} if when else {}),
        **({"valueQuantity": quantity} if value is not None else {}),
        **more,
    }  # fmt: skip


def told(*observations: Json) -> list[str | float]:
    """The value of each that is told, or why it has none."""
    found: list[Json] = [{"resourceType": "Patient", "id": "p"}, *observations]
    entries = [{"resource": r} for r in found]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    made = newest(read_record(bundle, now=NOW))
    assert all(o["code"]["coding"][-1] == {"system": MEASUREMENT, "code": "egfr"} for o in made)
    return sorted(
        (
            o["valueQuantity"]["value"]
            if "valueQuantity" in o
            else o["dataAbsentReason"]["coding"][0]["code"]
            for o in made
        ),
        key=str,
    )


EARLIER = observed(65, "2026-11-10")
LATER = "2026-11-28"


@pytest.mark.parametrize(
    ("newer", "why"),
    [
        (observed(22, LATER, status="preliminary"), "preliminary"),
        (observed(22, LATER, status="unknown"), "preliminary"),
        (observed(22, LATER, code="102097-3"), "another code"),
        (observed(22, LATER, "1") | {"code": {"text": "eGFR"}}, "another code"),
        (observed(22, LATER) | {"code": {"text": "eGFR (CKD-EPI)"}}, "another code"),
        (observed(22, LATER) | {"code": {"coding": [{"system": SNOMED, "code": "80274001"}]}},
         "another code"),
        (observed(600, LATER, "14682-9", "umol/L"), "creatinine"),
        (observed(600, LATER, unit="umol/L") | {"code": {"text": "Creatinine"}}, "creatinine"),
        (observed(22, LATER, "2164-2", "mL/min"), "clearance"),
        (observed(None, LATER, "24362-6", component=[
            {"code": {"text": "eGFR"}, "valueQuantity": {"value": 22}}]), "another code"),
    ],
)  # fmt: skip
def test_a_newer_one_that_is_not_gone_by_stands_beside_what_is(newer: Json, why: str) -> None:
    assert told(EARLIER, newer) == told(newer, EARLIER) == [65, why]


@pytest.mark.parametrize(
    "older",
    [
        observed(22, "2026-11-09", status="preliminary"),
        observed(22, "2026-11-09", code="102097-3"),
        observed(600, "2026-11-10", "14682-9", "umol/L"),
        observed(600, None, "14682-9", "umol/L"),
        observed(None, LATER, status="registered"),
        observed(22, LATER, status="cancelled"),
        observed(8, LATER, "14682-9", "mmol/L") | {"code": {"text": "Urine creatinine"}},
        observed(8, LATER, "2161-8", "mmol/L"),
        observed(2, LATER, unit="mg/mmol") | {"code": {"text": "Albumin/creatinine ratio"}},
        observed(65, "2026-11-10", status="preliminary"),
    ],
)
def test_what_is_older_of_one_sample_or_something_else_changes_nothing(older: Json) -> None:
    assert told(EARLIER, older) == [65]


@pytest.mark.parametrize(
    ("latest", "why"),
    [
        (observed(2500, LATER), "impossible"),
        (observed(-5, LATER), "impossible"),
        (observed(None, LATER, valueString="22"), "no number"),
        (observed(None, LATER, dataAbsentReason={"text": "haemolysed"}), "no number"),
    ],
)
def test_the_latest_is_not_passed_over_for_an_earlier_one(latest: Json, why: str) -> None:
    assert told(EARLIER, latest) == [why]


def test_what_contradicts_itself_says_so() -> None:
    assert told(observed(75, LATER), observed(24, LATER)) == ["contradictory"] * 2
    snomed = observed(24, LATER) | {"code": {"coding": [{"system": SNOMED, "code": "80274001"}]}}
    assert "contradictory" in told(observed(75, LATER), snomed)


def test_a_creatinine_alone_is_told_and_so_is_nothing() -> None:
    assert told(observed(90, LATER, "14682-9", "umol/L")) == ["creatinine"]
    assert told(observed(5, LATER, "2823-3", "mmol/L")) == []


@pytest.mark.parametrize(
    "effective",
    [
        {"effectiveInstant": "2026-11-28T10:00:00Z"},
        {"effectivePeriod": {"start": "2026-11-27", "end": "2026-11-28T10:00:00Z"}},
    ],
)
def test_when_it_was_made_stands_in_one_place(effective: Json) -> None:
    found: list[Json] = [{"resourceType": "Patient", "id": "p"}, EARLIER]
    found.append(observed(22, None, **effective))
    entries = [{"resource": r} for r in found]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    (latest,) = newest(read_record(bundle, now=NOW))
    assert latest["effectiveDateTime"] == "2026-11-28T10:00:00Z"
    assert latest["valueQuantity"]["value"] == 22


def test_a_measurement_has_one_name() -> None:
    assert name_of(observed(65, LATER, code="98979-8")) == "eGFR"
    assert name_of({"code": {"text": "Creatinine"}}) == "Creatinine"


def told_of(patient: Json, *observations: Json) -> list[str | float]:
    """As `told`, of a patient."""
    entries = [
        {"resource": r} for r in ({"resourceType": "Patient", "id": "p", **patient}, *observations)
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    made = newest(read_record(bundle, now=NOW))
    return [
        o["valueQuantity"]["value"]
        if "valueQuantity" in o
        else o["dataAbsentReason"]["coding"][0]["code"]
        for o in made
    ]


@pytest.mark.parametrize(
    ("patient", "egfr", "creatinine", "found"),
    [
        ({"birthDate": "1960"}, 90, (0.9, "mg/dL"), [90]),
        ({"birthDate": "1960"}, 90, (70, "umol/L"), [90]),
        ({"birthDate": "1960", "gender": "male"}, 90, (100, "umol/L"), [90]),
        ({"birthDate": "1960", "gender": "female"}, 90, (100, "umol/L"), [90, "creatinine"]),
        ({"birthDate": "1960"}, 90, (100, "umol/L"), [90, "creatinine"]),
        ({"birthDate": "1960"}, 90, (300, "umol/L"), [90, "creatinine"]),
        ({"birthDate": "1960"}, 50, (70, "umol/L"), [50, "creatinine"]),
        ({"birthDate": "2012"}, 90, (70, "umol/L"), [90, "creatinine"]),
        ({}, 90, (70, "umol/L"), [90, "creatinine"]),
    ],
)
def test_a_creatinine_of_an_egfr_of_60_or_above_leaves_such_an_egfr(
    patient: Json, egfr: float, creatinine: tuple[float, str], found: list[str | float]
) -> None:
    value, unit = creatinine
    newer = observed(value, LATER, code="2160-0", unit=unit)
    assert told_of(patient, observed(egfr, "2026-11-10"), newer) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [((62, 58), [58]), ((31, 29), [29]), ((62, 28), ["contradictory", "contradictory"])],
)
def test_egfrs_of_a_day_that_all_but_agree_are_one(
    values: tuple[float, float], found: list[str | float]
) -> None:
    assert told(*(observed(value, LATER) for value in values)) == found


def test_an_egfr_raised_for_race_is_not_gone_by_beside_the_other() -> None:
    split = observed(72, LATER, code="48642-3"), observed(87, LATER, code="48643-1")
    assert told(*split) == [72]
    assert told(*reversed(split)) == [72]


@pytest.mark.parametrize(
    "unit",
    ["mL/min", "mL/min/{1.73m2}", "mL/min/1.73_m2", "mL/min/1.73m*2", "mL/min/1.73 m²",
     "mL/min/BSA", "ml/min/1.73"],
)  # fmt: skip
def test_an_egfr_by_each_unit_that_it_has(unit: str) -> None:
    (found,) = _newest_of(observed(85, LATER, code="33914-3", unit=unit))
    assert (found["valueQuantity"]["value"], found["valueQuantity"]["code"]) == (85, EGFR)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (">60", (60, ">")), ("> 90 mL/min/1.73m2", (90, ">")), ("≥60", (60, ">=")),
        ("<15", (15, "<")),
    ],
)  # fmt: skip
def test_an_egfr_in_words_that_is_bounded(text: str, value: tuple[int, str]) -> None:
    (found,) = _newest_of(observed(None, LATER, valueString=text))
    quantity = found["valueQuantity"]
    assert (quantity["value"], quantity["comparator"], quantity["code"]) == (*value, EGFR)


@pytest.mark.parametrize("text", ["see report", ">60 mg", "60", "> about 60"])
def test_an_egfr_in_other_words_is_not_gone_by(text: str) -> None:
    assert told(observed(None, LATER, valueString=text)) == ["no number"]


def _newest_of(*observations: Json) -> list[Json]:
    entries = [{"resource": r} for r in ({"resourceType": "Patient", "id": "p"}, *observations)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return newest(read_record(bundle, now=NOW))
