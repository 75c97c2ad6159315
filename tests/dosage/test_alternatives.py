"""Alternatives that each say how often, and steps with theirs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain.dosage import Dosage, DosageRole
from osler.dosage import parse_dosages

HOW_OFTEN = {
    "daily": (1, "d"), "every day": (1, "d"), "each day": (1, "d"), "once each day": (1, "d"),
    "weekly": (1, "wk"), "each week": (1, "wk"), "every week": (1, "wk"),
    "every other day": (2, "d"), "every two weeks": (2, "wk"), "fortnightly": (2, "wk"),
    "every 3 months": (3, "mo"), "each month": (1, "mo"), "each morning": (1, "d"),
    "every night": (1, "d"), "every other evening": (2, "d"),
}  # fmt: skip


def often(dose: Dosage) -> tuple[Decimal | None, str | None]:
    assert dose.per_time is None
    assert dose.frequency is not None
    return dose.frequency.period_low, dose.frequency.period_unit


@given(
    st.sampled_from(sorted(HOW_OFTEN)),
    st.sampled_from(sorted(HOW_OFTEN)),
    st.sampled_from(["mg", "micrograms", "mL"]),
    st.sampled_from([" or ", ", or "]),
)
def test_each_alternative_keeps_its_own_timing(
    first: str, second: str, unit: str, joint: str
) -> None:
    one, other = parse_dosages(f"5 {unit} {first}{joint}10 {unit} {second}")
    assert often(one) == HOW_OFTEN[first]
    assert often(other) == HOW_OFTEN[second]


@pytest.mark.parametrize(
    "text", ["500 mg a week, or 850 mg every 2 weeks", "500 mg/week or 850 mg every 2 weeks"]
)
def test_a_total_for_a_time_takes_no_timing_of_the_other(text: str) -> None:
    first, second = parse_dosages(text)
    assert (first.per_time, first.frequency) == ("wk", None)
    assert often(second) == (2, "wk")


def test_a_timing_takes_no_total_of_the_other() -> None:
    first, second = parse_dosages("500 mg every 2 weeks or 250 mg/week")
    assert often(first) == (2, "wk")
    assert second.per_time == "wk"


def test_what_is_said_once_holds_for_both() -> None:
    first, second = parse_dosages("500 mg or 850 mg each day")
    assert often(first) == often(second) == (1, "d")
    first, second = parse_dosages("50 mg/kg/day or 100 mg/kg/day in 4 divided doses")
    assert first.divided == second.divided == (4, 4)


@pytest.mark.parametrize(
    "lead",
    ["Increase by ", "Step up: ", "Stepping up: ", "Start: 500 mg once daily; Step up: "],
)
def test_both_alternatives_of_a_step_are_steps(lead: str) -> None:
    *_, first, second = parse_dosages(f"{lead}500 mg each week, or 850 mg every two weeks")
    assert first.role is second.role is DosageRole.STEP
    assert (often(first), often(second)) == ((1, "wk"), (2, "wk"))


def test_a_dose_that_follows_a_step_is_none() -> None:
    _, dose = parse_dosages("Increase by 5 mg each week, then 40 mg daily")
    assert dose.role is DosageRole.DOSE


def test_a_ceiling_in_a_cell_of_its_own_bounds_the_steps_beside_it() -> None:
    start, step, other, ceiling = parse_dosages(
        "Start: 850 mg once a day; Step up: 500 mg each week, or 850 mg every two weeks; "
        "Maximum: 2,550 mg a day"
    )
    assert (start.maximum, ceiling.role) == (None, DosageRole.MAXIMUM)
    assert step.maximum == other.maximum is not None
    dose, *_ = parse_dosages("500 mg twice a day, increased by 500 mg each week, maximum 2 g a day")
    assert dose.maximum is not None


def test_every_other_evening_is_every_second_day_in_the_evening() -> None:
    (dose,) = parse_dosages("10 mg every other evening")
    assert dose.frequency is not None
    assert (dose.frequency.period_low, dose.frequency.when) == (2, ("EVE",))
