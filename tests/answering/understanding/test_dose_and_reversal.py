"""The dose of a drug and what reverses it, asked in one breath, are both answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import opening_of

from osler.answering.understanding.scenarios import scenarios

ENOXAPARIN = """# Enoxaparin

Enoxaparin 1.5 mg/kg once daily for DVT.

If CrCl is below 30 mL/min, treatment is 1 mg/kg once daily.

Protamine sulfate partially reverses enoxaparin: 1 mg per 1 mg of enoxaparin.
"""
DABIGATRAN = """# Dabigatran

Dabigatran 150 mg twice daily.

The reversal agent is idarucizumab 5 g intravenously.
"""
APIXABAN = """# Apixaban

AF: apixaban 5 mg twice daily.

## Reversal

Andexanet alfa 400 mg reverses apixaban.
"""


@pytest.mark.parametrize(
    ("text", "question", "dose", "reversal"),
    [
        (
            ENOXAPARIN,
            "enoxaparin dose DVT, reversal agent available?",
            "1.5 mg/kg",
            "Protamine",
        ),
        (ENOXAPARIN, "enoxaparin dose DVT CrCl 20, can it be reversed?", "1 mg/kg", "Protamine"),
        (ENOXAPARIN, "enoxaparin dose, antidote? CrCl 20, DVT", "1 mg/kg", "Protamine"),
        (DABIGATRAN, "dabigatran dose and antidote?", "150 mg", "idarucizumab"),
        (DABIGATRAN, "dabigatran dose? reversal?", "150 mg", "idarucizumab"),
        (APIXABAN, "apixaban dose for AF and is there an antidote?", "5 mg", "Andexanet"),
    ],
)
def test_both_open(tmp_path: Path, text: str, question: str, dose: str, reversal: str) -> None:
    said = opening_of(tmp_path, question, {"text": text})
    assert dose in said
    assert reversal in said


@pytest.mark.parametrize(
    "question",
    [
        "enoxaparin dose, antidote available, CrCl 20?",  # the clearance is of the dose
        "protamine dose and enoxaparin reversal?",
        "enoxaparin, reversal?",
    ],
)
def test_what_cannot_be_taken_apart_stays_one(question: str) -> None:
    assert len(scenarios(question)) == 1


def test_how_a_drug_is_reversed_is_not_answered_with_its_dose(tmp_path: Path) -> None:
    said = opening_of(tmp_path, "how is dabigatran reversed?", {"text": DABIGATRAN})
    assert "idarucizumab" in said
    assert "150 mg" not in said
