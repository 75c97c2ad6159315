"""An amount of what a body loses or takes in is no dose; a drug's is, whatever stands before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain.dosage import DosageRole
from osler.dosage import parse_dosages

LABELS = (
    "In alcohol dependence", "Alcohol withdrawal", "Proteinuria", "Blood loss", "High-fibre diet",
    "Heavy menstrual bleeding", "Raised bilirubin", "After drainage", "Low haemoglobin",
    "In renal impairment", "For prophylaxis", "Adults with oliguria",
)  # fmt: skip


@given(
    st.sampled_from(LABELS),
    st.sampled_from([": ", ", "]),
    st.sampled_from(["thiamine", "tranexamic acid", "ramipril"]),
    st.sampled_from(["50 mg", "1 g", "10 mL"]),
)
def test_a_label_before_the_drug_hides_no_dose(
    label: str, joint: str, drug: str, amount: str
) -> None:
    (dose,) = parse_dosages(f"{label}{joint}{drug} {amount} four times a day")
    assert dose.role is DosageRole.DOSE
    assert dose.frequency is not None
    assert dose.frequency.count == 4


@pytest.mark.parametrize(
    "text",
    [
        "Alcohol dependence: 50 mg of thiamine",
        "Thiamine in alcohol dependence 50 mg daily",
        "Tranexamic acid for bleeding 1 g three times a day",
    ],
)
def test_a_condition_is_not_what_is_measured(text: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.role is DosageRole.DOSE


@pytest.mark.parametrize(
    "text",
    [
        "Urine output: less than 400 mL a day",
        "Urine output, 500 mL",
        "Blood loss of more than 500 mL",
        "Blood loss: estimated at 1 L",
        "Proteinuria: 1 g daily",
        "Proteinuria above 3 g",
        "Alcohol 20 g daily",
        "A fibre intake of 30 g",
        "Collected urine, 24 hours, 150 mg of protein",
    ],
)
def test_what_is_measured_is_no_dose(text: str) -> None:
    assert parse_dosages(text) == ()


def test_an_amount_from_which_to_ask_is_no_dose() -> None:
    assert parse_dosages("Talk to cardiology before giving more than 1 mg of vitamin K") == ()
    (dose,) = parse_dosages("Talk to the carer before giving 5 mg of diazepam")
    assert dose.role is DosageRole.DOSE
