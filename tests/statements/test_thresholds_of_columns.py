"""Numbers under a header that ends in a comparison are thresholds and no doses."""

from __future__ import annotations

import pytest

from osler.statements import read_group
from osler.statements.lines.companions import companions
from osler.statements.tables.column_units import may_hold_doses, unit_in_header
from osler.statements.vocabulary.substances import find_substances


@pytest.mark.parametrize(
    "header",
    [
        "Do not start below (eGFR, mL/min/1.73 m²)",
        "Stop below, mL/min",
        "Start when weight above (g)",
        "Give if glucose below (mmol/L)",
        "eGFR (mL/min/1.73 m²)",
    ],
)
def test_a_threshold_has_no_unit_of_doses(header: str) -> None:
    assert unit_in_header(header) == ""
    assert not may_hold_doses(header)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Infusion rate (mL/min)", "mL/min"),
        ("Maximum dose (mg)", "mg"),
        ("Loading dose (mg) if over 60 kg", "mg"),
        ("Dose if CrCl 30-50 (mg)", "mg"),
    ],
)
def test_a_dose_has_one(header: str, unit: str) -> None:
    assert unit_in_header(header) == unit


@pytest.mark.parametrize("text", ["Women over 40 or pregnant", "Adults over 65 and smokers"])
def test_an_age_may_be_followed_by_another_reason(text: str) -> None:
    assert "age" in read_group(text).attributes


def test_what_is_taken_with_it_is_a_companion() -> None:
    text = "Taken with: valproate; Weeks 1 to 2: 25 mg"
    named = find_substances(text)
    assert {named[0].start} <= companions(text, named)
