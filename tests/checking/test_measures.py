"""Bounds turned over by a negation, bands open at an end, what a number is of."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("It should not be raised by more than 5 mg.", "Raise it by no more than 5 mg."),
        ("Sodium must not be allowed to rise by more than 10.", "Sodium may rise by at most 10."),
        ("no later than 3 hours after birth", "within 3 hours of birth"),
        ("with 18,000 units as the upper limit", "maximum 18,000 units"),
        ("raised no more often than every 2 weeks", "raised at intervals of at least 2 weeks"),
        ("A child of 18 kg takes 2 tablets.", "Children 15 to less than 25 kg: 2 tablets."),
        ("A 45 kg patient takes 15 mg/kg.", "above 33 kg to 50 kg: 15 mg/kg"),
        ("A six-month-old needs 8.5 micrograms.", "From birth to 1 year: 8.5 micrograms."),
        ("200 mg on day one", "200 mg on the first day"),
        ("100 mg on days 2 to 5", "100 mg for 4 days"),
        ("It is avoided below an eGFR of 45.", "Avoid it if eGFR is below 45."),
        ("uric acid above 357 µmol/L", "uric acid above 6 mg/dL (357 micromol/L)"),
    ],
)
def test_other_ways_of_bounding_are_supported(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("It should be raised by more than 5 mg.", "It should not be raised by more than 5 mg."),
        ("It is given below 38 °C.", "It is not given below 38 °C."),
        ("A child of 25 kg takes 2 tablets.", "Children 15 to less than 25 kg: 2 tablets."),
        ("A 33 kg patient takes 15 mg/kg.", "above 33 kg to 50 kg: 15 mg/kg"),
        ("A two-year-old needs 8.5 micrograms.", "From birth to 1 year: 8.5 micrograms."),
        ("100 mg on days 2 to 6", "100 mg for 4 days"),
    ],
)
def test_another_bound_is_not(claim: str, passage: str) -> None:
    assert {p.kind for p in check_text(claim, passage).problems} - {ProblemKind.UNSUPPORTED}
