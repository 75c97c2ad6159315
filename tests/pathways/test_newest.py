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
