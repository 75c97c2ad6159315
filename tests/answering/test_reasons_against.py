"""What a source tells as a reason not to use its method opens, and its dose does not stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer, Applies

GENTAMICIN = """## Who

Once-daily dosing suits most adults. {reasons}

## Dose

For bacterial infections give gentamicin 7 mg/kg intravenously once daily.

For endocarditis give gentamicin 1 mg/kg intravenously every 12 hours.
"""
LISTS = [
    "The usual reasons not to use this method are burns over 20%, endocarditis and pregnancy.",
    "Reasons against this method include pregnancy, endocarditis and burns.",
    "Endocarditis is a usual reason not to use this method.",
]


def _ask(folder: Path, reasons: str, question: str) -> Answer:
    text = GENTAMICIN.format(reasons=reasons)
    with library_of(folder, {"title": "Gentamicin once daily", "text": text}) as library:
        return ask(library, question)


@pytest.mark.parametrize("reasons", LISTS)
def test_a_reason_of_this_patient_opens(tmp_path: Path, reasons: str) -> None:
    answer = _ask(tmp_path, reasons, "gentamicin dose for endocarditis, man of 65, 120 kg, 175 cm")
    first = answer.bottom_line[0]
    assert "this method" in first.text
    assert first.applies is Applies.YES
    shown = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert not any("7 mg/kg" in claim.text for claim in shown)
    assert any("1 mg/kg" in claim.text for claim in shown)


@pytest.mark.parametrize("reasons", LISTS)
def test_who_has_none_of_them_is_dosed(tmp_path: Path, reasons: str) -> None:
    answer = _ask(tmp_path, reasons, "gentamicin dose for a bacterial infection, man of 65, 70 kg")
    assert "7 mg/kg" in answer.bottom_line[0].text
