"""What counts as a dose in a text that cites nothing."""

from __future__ import annotations

import pytest

from osler.dosage import parse_dosages
from osler_site.articles.doses import asks_of, states_a_dose


@pytest.mark.parametrize(
    "text",
    [
        "Give 500 mg daily.",
        "Zolendrine 300 mg three times daily in gout",
        "Give zolendrine five hundred mg",
        "Two tablets at night",
        "Prefer 700 twice daily",
        "Double the usual dose in obesity.",
        "Quadruple the dose",
        "Halve it below 30.",
        "Half the usual dose in the elderly",
        "Give a third of the dose",
        "Give twice the dose in obesity",
        "Three times the usual dose",
        "50% of the dose",
        "Titrate up to 150 % of the labelled dose",
        "Reduce the dose by 50%",
        "Increase the dose by 25 per cent",
        "Increase tenfold",
        "Dose reduced to a quarter",
        "Double-dose therapy",
        "Give it every 8 hours",
        "Take an extra tablet",
        "Repeat the dose after an hour",
        "Max 10",
        "A maximum of ten in one day",
        "Do not exceed 3 doses",
        "Don't exceed four",
        "Must never exceed 12",
        "Three further doses",
    ],
)
def test_a_dose_or_a_change_of_one_is_seen(text: str) -> None:
    assert states_a_dose(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dose in renal impairment",
        "Once-daily or twice-daily dosing",
        "The twice-daily dose",
        "dose and duration of amoxicillin, oral",
        "One doses by body weight, another gives a fixed amount.",
        "The sources are of different years: 2017, 2025.",
        "eGFR below 30 mL/min/1.73 m2",
        "Patients over 65 years",
        "Check the dose against the label.",
        "Check serum creatinine every 3 months.",
        "Take the tablets with food.",
        "Double-blind trials in double vision",
        "Half of the patients relapse",
        "Half-life of digoxin",
        "First, second and third line treatment",
        "The maximum is stated by one source.",
        "Maximum 4 weeks",
        "Blood pressure should not exceed 130 mmHg",
        "Patients whose QTc exceeds 500 ms",
        "Missed doses",
        "If this is happening now, call the emergency number first.",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert not states_a_dose(text)


STATED = parse_dosages(
    "Adults take 20 mg by mouth once daily; children take 0.5 to 1 mg, or 8 mg/kg/day divided q6h."
)


@pytest.mark.parametrize(
    "text",
    [
        "Is 20 mg too much?",
        "Can 20 mg once daily harm?",
        "Is 1 mg enough?",
        "Is 8 mg/kg/day enough?",
        "What is the dose?",
    ],
)
def test_a_question_may_name_what_is_stated(text: str) -> None:
    assert asks_of(text, STATED)


@pytest.mark.parametrize(
    "text",
    [
        "Is 200 mg too much?",
        "Is it right to give 200 mg/day, the correct dose, to all children?",
        "Is 20 mg twice daily too much?",
        "Is 8 mg/kg enough?",
        "Is 20 mg, doubled in obesity, enough?",
        "Should the dose be doubled?",
        "Should five hundred mg be given?",
    ],
)
def test_a_question_names_no_other_dose_and_no_change_of_one(text: str) -> None:
    assert not asks_of(text, STATED)


@pytest.mark.parametrize(
    "text",
    ["Give 20 mg every hour?", "Is it gout? Give 20 mg.", "What to do: give 20 mg?", "20 mg"],
)
def test_an_instruction_is_no_question(text: str) -> None:
    assert not asks_of(text, STATED)
