"""An amount of what a body loses or takes in is no dose; a drug's is, whatever stands before it."""

from __future__ import annotations

from decimal import Decimal

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
    ("text", "low"),
    [
        ("Creatinine clearance below 30 mL/min: 5 mg once daily", "5"),
        ("Creatinine clearance 15-30: 0.5 mg once daily", "0.5"),
        ("Creatinine clearance 30 mL/min or less: 2 g once daily", "2"),
        ("With a creatinine clearance of 15 to 30 mL/min, 30 mg once daily", "30"),
        ("Urine output below 0.5 mL/kg/hour: 250 mL of saline over 1 hour", "250"),
    ],
)
def test_behind_a_measured_value_stands_a_dose(text: str, low: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.low == Decimal(low)
    assert dose.role is DosageRole.DOSE


def test_the_first_of_two_steps_for_a_clearance_is_read() -> None:
    doses = parse_dosages("Creatinine clearance below 30: 0.5 mg once daily for 3 days, then 1 mg")
    assert [d.low for d in doses] == [Decimal("0.5"), Decimal(1)]


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
        "Urine output over 24 hours: below 400 mL",
    ],
)
def test_what_is_measured_is_no_dose(text: str) -> None:
    assert parse_dosages(text) == ()


def test_an_amount_from_which_to_ask_is_no_dose() -> None:
    assert parse_dosages("Talk to cardiology before giving more than 1 mg of vitamin K") == ()
    (dose,) = parse_dosages("Talk to the carer before giving 5 mg of diazepam")
    assert dose.role is DosageRole.DOSE


@pytest.mark.parametrize(
    "text",
    [
        "Caffeine citrate 20 mg = caffeine base 10 mg.",
        "Quinine sulfate 300 mg = quinine base 248 mg",
        "Use 20,000 units in 20 mL (1,000 units/mL) by syringe driver.",
        "Prepare insulin 50 units in 50 mL to give 1 unit/mL.",
    ],
)
def test_how_salts_compare_and_what_a_syringe_holds_is_no_dose(text: str) -> None:
    assert {dosage.role for dosage in parse_dosages(text)} == {DosageRole.STRENGTH}


@pytest.mark.parametrize(
    "text",
    [
        "Draw up 400 mg in 200 mL (2 mg/mL) and give over 60 minutes",
        "Loading dose 15 mg/kg = 1 g",
        "5 mL = 250 mg twice daily",
        "Put 500 mg in 100 mL of saline",
    ],
)
def test_what_is_given_of_it_is_a_dose(text: str) -> None:
    assert parse_dosages(text)[0].role is DosageRole.DOSE


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Restrict fluid to 1 litre for 24 hours.", []),
        ("A fluid restriction of 750 mL a day", []),
        ("Restrict fluids: give furosemide 40 mg", [40]),
        ("Give sodium chloride 0.9% 1 litre over 8 hours", [Decimal("0.9"), 1]),
    ],
)
def test_what_a_patient_may_drink_is_no_dose(text: str, amounts: list[object]) -> None:
    assert [d.low for d in parse_dosages(text)] == amounts


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Step 1 – 6.75 mg IV over 1 minute", "6.75", "6.75"),
        ("Day 1 - 200 mg orally", "200", "200"),
        ("Week 2 — 50 to 100 mg daily", "50", "100"),
        ("stage 3 – 4 g/hour", "4", "4"),
        ("give 1 – 2 g daily", "1", "2"),
        ("weeks 1-2 mg", "1", "2"),
    ],
)
def test_the_number_of_a_step_is_no_end_of_a_range(text: str, low: str, high: str) -> None:
    (dosage,) = parse_dosages(text)
    assert (dosage.low, dosage.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("creatinine clearance 10 to 30 mL/min - 2 mg - once daily", [2]),
        ("clearance below 20 mL/min – 40 mg daily", [40]),
        ("clearance 30 mL/min – 50 mL/min", []),
        ("urine output 400 mL/day - 600 mL", []),
    ],
)
def test_behind_the_dash_after_what_is_measured_is_a_dose(text: str, amounts: list[int]) -> None:
    assert [d.low for d in parse_dosages(text)] == amounts
