"""Laboratory values in other units, and a patient's value in a stated band."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("glucose below 72 mg/dL", "glucose below 4.0 mmol/L"),
        ("LDL cholesterol below 116 mg/dL", "LDL cholesterol below 3 mmol/L"),
        ("creatinine above 1.5 mg/dL", "creatinine above 133 micromol/L"),
        ("calcium above 14 mg/dL", "calcium above 3.5 mmol/L"),
        ("BUN above 28 mg/dL", "BUN above 10 mmol/L"),
        ("bilirubin above 2 mg/dL", "bilirubin above 34 micromol/L"),
        ("uric acid above 6 mg/dL", "uric acid above 357 micromol/L"),
        ("potassium 4 mEq/L or more", "potassium 4 mmol/L or more"),
        ("magnesium 2 mEq/L or more", "magnesium 1 mmol/L or more"),
        ("trough 100–200 ng/mL", "trough 100–200 micrograms/L"),
        ("With an INR of 6, stop it.", "Stop it if the INR is above 5."),
        ("A potassium of 6.4 mmol/L means stopping it.", "Stop it if potassium exceeds 6 mmol/L."),
    ],
)
def test_a_value_is_read_in_the_other_unit_or_within_its_band(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("glucose below 4.0 mg/dL", "glucose below 4.0 mmol/L"),
        ("glucose below 90 mg/dL", "glucose below 4.0 mmol/L"),
        ("cholesterol below 54 mg/dL", "cholesterol below 3 mmol/L"),
        ("calcium 4 mEq/L or more", "calcium 4 mmol/L or more"),
        ("With an INR of 4, stop it.", "Stop it if the INR is above 5."),
        ("The target potassium is 6.4 mmol/L.", "The target potassium is above 4 mmol/L."),
        ("LDL below 5 mmol/L", "total cholesterol below 5 mmol/L and LDL below 3 mmol/L"),
    ],
)
def test_another_value_or_analyte_is_not_supported(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems


def test_a_wrong_unit_shows_both_values() -> None:
    problems = check_text("glucose below 4.0 mg/dL", "glucose below 4.0 mmol/L").problems
    assert ("below 4.0 mg/dL", "below 4.0 mmol/L") in {(p.claim, p.passage) for p in problems}
    assert {p.kind for p in problems} <= {ProblemKind.AMOUNT, ProblemKind.UNIT}
