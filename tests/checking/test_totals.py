"""A day's total is no single dose."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind

_PASSAGE = "60–80 mg/kg per day in divided doses every 6 hours."


@pytest.mark.parametrize(
    "claim",
    ["60 to 80 mg/kg/day, divided into 6-hourly doses", "60–80 mg/kg daily in divided doses"],
)
def test_the_total_of_a_day_is_supported_as_such(claim: str) -> None:
    assert check_text(claim, _PASSAGE).problems == ()


@pytest.mark.parametrize("claim", ["60–80 mg/kg per dose every 6 hours", "60–80 mg/kg every 6 h"])
def test_and_not_for_each_dose(claim: str) -> None:
    kinds = {problem.kind for problem in check_text(claim, _PASSAGE).problems}
    assert ProblemKind.UNIT in kinds


def test_two_doses_a_day_are_not_added_up() -> None:
    assert not check_text("1 g a day", "500 mg twice daily").supported
