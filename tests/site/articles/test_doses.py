"""What counts as a dose in a text that cites nothing."""

from __future__ import annotations

import pytest

from osler_site.articles.doses import is_a_question, states_a_dose


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
        "If this is happening now, call the emergency number first.",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert not states_a_dose(text)


@pytest.mark.parametrize("text", ["Is 20 mg too much?", "Should 0.5 mg be halved at 80 years?"])
def test_a_question_is_one(text: str) -> None:
    assert is_a_question(text)


@pytest.mark.parametrize(
    "text",
    ["Give 500 mg every hour?", "Is it gout? Give 500 mg.", "What to do: give 500 mg?", "20 mg"],
)
def test_an_instruction_is_no_question(text: str) -> None:
    assert not is_a_question(text)
