"""Observations that contradict each other, and the order in which expressions meet them."""

from __future__ import annotations

from typing import Any

import pytest

from osler.pathways import pathway_names
from osler.pathways.loading import read_plan
from osler.pathways.measurements import codes_of
from osler.pathways.observations import settle

Json = dict[str, Any]


def observed(value: float, when: str = "", code: str = "62238-1", **more: Any) -> Json:
    return {
        "resourceType": "Observation", "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        **({"effectiveDateTime": when} if when else {}),
        "valueQuantity": {"value": value, "unit": "mL/min/{1.73_m2}", "code": "mL/min/{1.73_m2}"},
        **more,
    }  # fmt: skip


def values(*observations: Json) -> tuple[list[Any], int]:
    settled, issues = settle([(o, f"entry[{i}]") for i, o in enumerate(observations)])
    return [o.get("valueQuantity", {}).get("value") for o in settled], len(issues)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2026-10-01", "62238-1"), ("2026-10-01", "98979-8")),
        (("2026-10", "62238-1"), ("2026-10-20", "62238-1")),
        (("2026-10-01", "62238-1"), ("2026-10-01T08:00:00Z", "62238-1")),
        (("", "62238-1"), ("2026-10-01", "62238-1")),
    ],
)
def test_where_the_latest_cannot_be_told_neither_is_used(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    pair = (observed(75, *one), observed(24, *other))
    assert values(*pair) == ([None, None], 1)
    assert values(*reversed(pair)) == ([None, None], 1)


def test_what_is_known_to_be_earlier_or_says_the_same_is_left_alone() -> None:
    assert values(observed(75, "2026-09"), observed(24, "2026-10-01")) == ([75, 24], 0)
    assert values(observed(75, "2026-10"), observed(75, "2026-10-20")) == ([75, 75], 0)
    other_thing = observed(24, "2026-10-20", code="2160-0")
    assert values(observed(75, "2026-10"), other_thing) == ([75, 24], 0)


def test_three_that_cannot_be_ordered_all_lose_their_value() -> None:
    three = [observed(75, "2026-10-01T08:00:00Z"), observed(24, "2026-10-01")]
    assert values(*three, observed(60, "2026-10-01"))[0] == [None, None, None]


def test_a_period_is_as_long_as_it_lasts() -> None:
    period = {"effectivePeriod": {"start": "2026-09-01", "end": "2026-10-02"}}
    assert values(observed(24, **period), observed(75, "2026-10-01"))[0] == [None, None]
    assert values(observed(24, **period), observed(75, "2026-10-03"))[0] == [24, 75]


def test_parts_of_a_second_are_told_apart_in_order() -> None:
    half, full = "2026-10-01T08:00:05.500Z", "2026-10-01T08:00:05Z"
    assert values(observed(24, half), observed(75, full)) == ([75, 24], 0)


@pytest.mark.parametrize("name", pathway_names())
def test_no_plan_lists_codes_of_a_measurement_by_itself(name: str) -> None:
    text = str(read_plan(name))
    assert "%newest" in text
    assert [code for code in codes_of("egfr") if f"'{code}'" in text] == []
