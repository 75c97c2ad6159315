"""Whom a dose is for in Spanish: English → Spanish → the same bounds, or nothing at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.readers.people import in_spanish
from osler.statements import read_group


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Child: 1-3 years", "niños de 1 a 3 años"),
        ("Children: 6 months and above", "niños de 6 meses o más"),
        ("Child: 1 month - 12 years", "niños de 1 mes a 12 años"),
        ("Under 6 months old", "personas de menos de 6 meses"),
        ("Adults aged 65 or over", "adultos de 65 años o más"),
        ("Child up to 10 years", "niños de hasta 10 años"),
        ("Child (> 10 kg)", "niños que pesan más de 10 kg"),
        ("Weight: 40.1 kg or more", "personas que pesan 40,1 kg o más"),
        ("Children 9–12 years under 45 kg", "niños de 9 a 12 años que pesan menos de 45 kg"),
        ("CrCl (mL/min): 30–50", "personas con aclaramiento de creatinina de 30 a 50 ml/min"),
        (
            "eGFR below 30 mL/min",
            "personas con filtrado glomerular (eGFR) de menos de 30 ml/min/1,73 m²",
        ),
        ("Adult and child", "adultos y niños"),
        ("Pregnant women", "embarazadas"),
    ],
)
def test_people_are_said(english: str, spanish: str) -> None:
    assert in_spanish(read_group(f"{english}: 250 mg daily")) == spanish


@pytest.mark.parametrize(
    "english",
    [
        "Adults",  # the control below: without the rest it is said
        "Under 5 years or weighing under 20 kg",
        "Adult and child over 12 years",
        "Weight: 60 to under 70 kg",
        "CrCl above 30 to 60 mL/min",
        "Children with pneumonia",
        "Without renal impairment",
        "Everyone",
    ],
)
def test_what_is_not_certain_is_not_said(english: str) -> None:
    said = in_spanish(read_group(f"{english}: 250 mg daily"))
    assert (said is None) is (english != "Adults")


BOUNDS = {
    "under {} years": "de menos de {} años",
    "over {} years": "de más de {} años",
    "up to {} years": "de hasta {} años",
    "{} years and over": "de {} años o más",
    "under {} kg": "que pesan menos de {} kg",
    "over {} kg": "que pesan más de {} kg",
}


@given(
    st.sampled_from(["Children", "Adults", "Infants"]),
    st.sampled_from(sorted(BOUNDS)),
    st.integers(2, 99),
)
def test_a_bound_keeps_its_number_and_its_side(stage: str, bound: str, number: int) -> None:
    said = in_spanish(read_group(f"{stage} {bound.format(number)}: 250 mg daily"))
    assert said is None or said.endswith(BOUNDS[bound].format(number)), said


@given(st.integers(1, 17), st.integers(1, 17), st.sampled_from(["years", "months"]))
def test_a_range_keeps_both_ends(low: int, more: int, unit: str) -> None:
    high = low + more
    said = in_spanish(read_group(f"Children {low} to {high} {unit}: 250 mg daily"))
    word = "años" if unit == "years" else "meses"
    whole = unit == "months" and (low % 12 == 0 or high % 12 == 0)
    if not whole:  # "12 months" is read as a year
        assert said == f"niños de {low} a {high} {word}"
