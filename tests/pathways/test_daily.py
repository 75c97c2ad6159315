"""The most that a prescription lets a patient take in one day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.pathways.daily import most_a_day

Json = dict[str, Any]
DAILY = {"frequency": 1, "period": 1, "periodUnit": "d"}


def instruction(value: float, unit: str = "mg", **timing: Any) -> Json:
    dose = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return {"timing": timing, "doseAndRate": [{"doseQuantity": dose}]}


def coded(code: str, text: str = "") -> Json:
    system = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
    return {"coding": [{"system": system, "code": code}]} | ({"text": text} if text else {})


def most(*instructions: Json, name: str = "Metformin") -> Decimal | None:
    return most_a_day({"dosageInstruction": list(instructions)}, [name])


@pytest.mark.parametrize(
    ("timing", "milligrams"),
    [
        ({"repeat": DAILY}, 1000),
        ({"repeat": {**DAILY, "frequency": 2, "frequencyMax": 3}}, 3000),
        ({"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}}, 3000),
        ({"repeat": {"frequency": 1, "period": 6, "periodMax": 8, "periodUnit": "h"}}, 4000),
        ({"repeat": {"when": ["MORN", "NIGHT"]}}, 2000),
        ({"repeat": {**DAILY, "timeOfDay": ["08:00:00", "14:00:00", "20:00:00"]}}, 3000),
        ({"repeat": {"dayOfWeek": ["mon", "thu"]}}, 1000),
        ({"repeat": {"frequency": 1, "period": 2, "periodUnit": "d"}}, 1000),
        ({"repeat": {"frequency": 3, "period": 1, "periodUnit": "wk"}}, 1000),
        ({"repeat": {"count": 1}}, 1000),
        ({"code": coded("QD")}, 1000),
        ({"code": coded("BID")}, 2000),
        ({"code": coded("TID")}, 3000),
        ({"code": coded("QID")}, 4000),
        ({"code": coded("Q8H")}, 3000),
        ({"code": {"text": "three times a day"}}, 3000),
    ],
)
def test_how_often_is_read_in_each_form(timing: Json, milligrams: int) -> None:
    assert most(instruction(1000, **timing)) == milligrams


def test_instructions_side_by_side_are_added() -> None:
    morning, night = ({"repeat": {**DAILY, "when": [w]}} for w in ("MORN", "NIGHT"))
    assert most(instruction(1000, **morning), instruction(2, "g", **night)) == 3000


def test_instructions_in_turn_count_by_the_largest_only_where_each_ends() -> None:
    bounds = {"boundsDuration": {"value": 7, "unit": "d", "code": "d"}}
    first = instruction(500, repeat={**DAILY, **bounds}) | {"sequence": 1}
    endless = instruction(500, repeat=DAILY) | {"sequence": 1}
    second = instruction(1000, repeat=DAILY) | {"sequence": 2}
    assert most(first, second) == 1000
    assert most(endless, second) == 1500


def test_of_a_range_and_of_several_amounts_the_highest_counts() -> None:
    ends = {"low": {"value": 500, "code": "mg"}, "high": {"value": 1000, "code": "mg"}}
    three = {"repeat": {**DAILY, "frequency": 3}}
    assert most({"timing": three, "doseAndRate": [{"doseRange": ends}]}) == 3000
    both = [{"doseQuantity": {"value": v, "code": "mg"}} for v in (500, 850)]
    assert most({"timing": three, "doseAndRate": both}) == 2550


def test_a_stated_maximum_a_day_bounds_what_is_taken_as_needed() -> None:
    ceiling = {"numerator": {"value": 2, "code": "g"}, "denominator": {"value": 1, "code": "d"}}
    needed = instruction(1000, repeat={"frequency": 1, "period": 4, "periodUnit": "h"})
    assert most(needed | {"asNeededBoolean": True, "maxDosePerPeriod": ceiling}) == 2000


def test_tablets_count_by_the_strength_in_the_name_and_not_without() -> None:
    tablets = instruction(2, "{tablet}", code=coded("BID"))
    assert most(tablets, name="Metformin 500 mg tablets") == 2000
    assert most(tablets) is None


@pytest.mark.parametrize(
    "unread",
    [
        {"text": "as directed"},
        {},
        instruction(1000),
        instruction(20, "mg/kg", repeat=DAILY),
        instruction(5, "mL", repeat=DAILY),
        instruction(1000, repeat={"event": ["2026-01-01"]}),
    ],
)
def test_where_a_part_cannot_be_read_there_is_no_daily_dose(unread: Json) -> None:
    assert most(unread) is None
    assert most(instruction(1000, repeat=DAILY), unread) is None


def test_words_are_read_where_nothing_is_coded() -> None:
    assert most({"text": "1 g three times a day"}) == 3000
    assert most_a_day({}, ["Metformin"]) is None


@given(
    st.integers(1, 3000), st.integers(1, 6), st.sampled_from(["h", "d", "wk"]), st.integers(1, 24)
)
def test_a_day_with_a_dose_is_never_less_than_the_dose(
    value: int, frequency: int, unit: str, period: int
) -> None:
    found = most(
        instruction(value, repeat={"frequency": frequency, "period": period, "periodUnit": unit})
    )
    assert found is not None
    assert found >= value
