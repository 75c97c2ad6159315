"""Why a claim applies, in Spanish: the facts and their numbers, never another number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.readers import reason_said, translator

SPANISH = translator("es")


@pytest.mark.parametrize(
    ("reason", "spanish"),
    [
        ("78 years: adult", "78 años: adulto"),
        ("14 months: not infant", "14 meses: no lactante"),
        ("eGFR 24 < 60", "eGFR 24 < 60"),
        ("potassium 5.8 > 5.5", "potasio 5,8 > 5,5"),
        ("weight 13 within 12–15.9", "peso 13 entre 12 y 15,9"),
        ("5 within 2–9", "5 entre 2 y 9"),
        ("77 ≥ 0.5", "77 ≥ 0,5"),
        ("severe: severe", "grave"),
        ("pregnant", "embarazada"),
        ("adult", "adulto"),
    ],
)
def test_a_reason_is_said(reason: str, spanish: str) -> None:
    assert reason_said(reason, SPANISH) == spanish
    assert reason_said(reason, translator("en")) == reason


@pytest.mark.parametrize(
    "reason",
    [
        "heart failure",
        "no asthma",
        "68 years: aged 6 to 12 years",
        "troponin 5 > 2",
        "two of three",
    ],
)
def test_what_is_not_known_stays_as_it_is(reason: str) -> None:
    assert reason_said(reason, SPANISH) == reason


@given(
    st.sampled_from(["eGFR", "weight", "BMI", "potassium", "creatinine clearance"]),
    st.decimals(0, 500, places=1),
    st.sampled_from("<>≤≥"),
    st.decimals(0, 500, places=1),
)
def test_numbers_and_signs_are_kept(name: str, value: object, sign: str, bound: object) -> None:
    said = reason_said(f"{name} {value} {sign} {bound}", SPANISH)
    assert sign in said
    assert re.findall(r"\d+,\d", said) == [
        str(value).replace(".", ","),
        str(bound).replace(".", ","),
    ]
