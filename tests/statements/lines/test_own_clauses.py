"""A clause on another purpose keeps its limit to itself."""

from __future__ import annotations

import pytest

from osler.statements.lines.own_clauses import split_at_purposes


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split_at_purposes(text, [(0, len(text))])]


@pytest.mark.parametrize(
    "text",
    [
        "Dalteparin 200 units/kg once daily for treatment|for prophylaxis in patients with CrCl "
        "10–29 mL/min, dalteparin 2500 units once daily.",
        "Give fluconazole 400 mg daily for candidaemia|and for oral candidiasis with an eGFR "
        "below 50, give 50 mg daily.",
        "Tinzaparin 175 units/kg once daily for treatment|for prophylaxis in those under 50 kg, "
        "3500 units once daily.",
    ],
)
def test_a_dose_for_another_purpose_within_a_limit_stands_apart(text: str) -> None:
    assert parts(text.replace("|", "; ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Amikacin 15 mg/kg once daily; for creatinine clearance below 30, 7.5 mg/kg once daily.",
        "Dalteparin 200 units/kg for treatment; for prophylaxis, 5000 units once daily.",
        "For treatment with CrCl above 30 mL/min 1 mg/kg; for prophylaxis with CrCl 15–30, 20 mg.",
        "Dalteparin for treatment; for prophylaxis watch for bleeding if CrCl is below 30 mL/min.",
    ],
)
def test_a_dose_for_others_within_one_purpose_does_not(text: str) -> None:
    assert parts(text) == [text]
