"""When what is ordered falls due, counted from a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler_site.pathways.calendar import after, due_dates, goes_on, how_often, is_later, then, until

TODAY = date(2026, 11, 30)


def every(**repeat: Any) -> dict[str, Any]:
    return {"repeat": repeat}


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        (1, "d", date(2026, 12, 1)),
        (2, "wk", date(2026, 12, 14)),
        (3, "mo", date(2027, 2, 28)),  # there is no 30 February
        (1, "a", date(2027, 11, 30)),
        (Decimal("1.5"), "wk", date(2026, 12, 10)),
    ],
)
def test_a_day_so_much_later(count: Any, unit: str, expected: date) -> None:
    assert after(TODAY, count, unit) == expected


def test_a_part_of_a_day_has_no_day() -> None:
    assert after(TODAY, 6, "h") is None


def test_every_three_months_names_four_days_and_goes_on() -> None:
    timing = every(frequency=1, period=3, periodUnit="mo")
    dates = due_dates(timing, TODAY)
    assert [str(d) for d in dates] == [
        "28 February 2027",
        "30 May 2027",
        "30 August 2027",
        "30 November 2027",
    ]
    assert goes_on(timing, TODAY, len(dates))


def test_a_range_of_intervals_is_a_range_of_days() -> None:
    """Only the first has days: each of the next is counted from when that before it was done."""
    timing = every(period=2, periodMax=3, periodUnit="mo")
    dates = due_dates(timing, TODAY)
    assert [str(d) for d in dates] == ["30 January 2027 to 28 February 2027"]
    assert then(timing, TODAY, 1) == "then 2 to 3 months after each"
    assert then({"repeat": {**timing["repeat"], "count": 1}}, TODAY, 1) == ""


def test_what_goes_on_until_something_is_so_keeps_its_end_and_what_comes_after() -> None:
    timing = every(frequency=1, period=3, periodUnit="mo")
    sentence = "Measure B12 every 3 months until levels are stable, and once a year from then on."
    end = "until levels are stable, and once a year from then on"
    assert until(timing, sentence) == end
    assert (
        until({**timing, "code": {"text": "every 3 months until steady"}}, sentence)
        == "until steady"
    )
    assert until(timing, "every 3 months") == ""
    assert until({}, sentence) == ""
    yearly = every(frequency=1, period=1, periodUnit="a")
    assert until(yearly, sentence) == ""
    assert is_later(yearly, sentence)
    assert not is_later(timing, sentence)
    assert not is_later(yearly, "Check it once a year.")
    assert then(timing, TODAY, 4, "until levels are stable") == "and so on until levels are stable"
    assert then(timing, TODAY, 4) == "and so on"


def test_what_ends_names_no_day_after_its_end() -> None:
    timing = every(period=1, periodUnit="wk", boundsDuration={"value": 2, "code": "wk"})
    dates = due_dates(timing, TODAY)
    assert [d.first for d in dates] == [date(2026, 12, 7), date(2026, 12, 14)]
    assert not goes_on(timing, TODAY, len(dates))


def test_a_count_is_kept() -> None:
    timing = every(period=1, periodUnit="d", count=2)
    assert len(due_dates(timing, TODAY)) == 2
    assert not goes_on(timing, TODAY, 2)


def test_days_that_are_stated_are_taken_as_they_are() -> None:
    timing = {"event": ["2027-03-02", "2027-01-05T09:00:00Z"]}
    assert [d.first for d in due_dates(timing, TODAY)] == [date(2027, 1, 5), date(2027, 3, 2)]


def test_several_times_a_period_names_no_day() -> None:
    assert due_dates(every(frequency=3, period=1, periodUnit="wk"), TODAY) == ()


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        ({"frequency": 1, "period": 3, "periodUnit": "mo"}, "every 3 months"),
        ({"frequency": 1, "period": 1, "periodUnit": "a"}, "once a year"),
        ({"frequency": 2, "period": 1, "periodUnit": "wk"}, "twice a week"),
        ({"frequency": 3, "period": 2, "periodUnit": "wk"}, "3 times every 2 weeks"),
        ({"period": Decimal("3.0"), "periodMax": Decimal(6), "periodUnit": "mo"},
         "every 3–6 months"),
        ({"period": 1, "periodUnit": "d", "boundsDuration": {"value": 2, "code": "d"}},
         "once a day for 2 days"),
        ({"count": 1}, "once"),
        ({}, ""),
    ],
)  # fmt: skip
def test_how_often_in_words(repeat: dict[str, Any], expected: str) -> None:
    assert how_often({"repeat": repeat}) == expected


@given(
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.integers(1, 24),
    st.sampled_from(["d", "wk", "mo", "a"]),
)
def test_days_are_in_order_and_after_today(today: date, period: int, unit: str) -> None:
    days = [d.first for d in due_dates(every(period=period, periodUnit=unit), today)]
    assert len(days) == 4
    assert days == sorted(days)
    assert days[0] > today
