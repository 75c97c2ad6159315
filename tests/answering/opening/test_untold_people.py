"""Doses for the old or for another illness open only where those are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

ZOPICLONE = {
    "title": "Zopiclone for insomnia",
    "text": "- Zopiclone 7.5 mg at bedtime.\n- Over 65 years: zopiclone 3.75 mg at bedtime.",
}
DIGOXIN = {
    "title": "Digoxin for atrial fibrillation",
    "text": "| Patient | Dose |\n|---|---|\n| Usual | 125–250 micrograms daily |\n"
    "| Aged 70 or over | 62.5–125 micrograms daily |",
}


@pytest.mark.parametrize(
    ("document", "question", "usual", "other"),
    [
        (ZOPICLONE, "zopiclone dose for insomnia", "7.5 mg", "3.75 mg"),
        (DIGOXIN, "digoxin dose in atrial fibrillation", "125–250 micrograms", "62.5"),
    ],
)
def test_the_usual_dose_opens_alone(
    tmp_path: Path, document: dict[str, str], question: str, usual: str, other: str
) -> None:
    with library_of(tmp_path, document) as library:
        answer = ask(library, question)
    opening = [claim.text for claim in answer.bottom_line]
    assert any(usual in text for text in opening)
    assert not any(other in text for text in opening)


@pytest.mark.parametrize(
    ("document", "question", "own"),
    [
        (ZOPICLONE, "zopiclone dose for insomnia in an 80 year old", "3.75 mg"),
        (ZOPICLONE, "zopiclone dose for insomnia in a patient over 65 years", "3.75 mg"),
    ],
)
def test_who_is_told_of_is_dosed(
    tmp_path: Path, document: dict[str, str], question: str, own: str
) -> None:
    with library_of(tmp_path, document) as library:
        answer = ask(library, question)
    assert any(own in claim.text for claim in answer.bottom_line)


AMIKACIN = {
    "title": "Amikacin",
    "text": "# Adults\n\nAmikacin 15 mg/kg once daily.",
}
MENINGITIS = {
    "title": "Meningitis in adults",
    "text": "| Creatinine clearance | Amikacin |\n|---|---|\n"
    "| above 50 mL/min | 500 mg twice daily |\n| 20–50 mL/min | 500 mg once daily |",
}


def test_a_row_for_an_illness_and_a_clearance_that_nobody_told_does_not_open(
    tmp_path: Path,
) -> None:
    with library_of(tmp_path, AMIKACIN, MENINGITIS) as library:
        answer = ask(library, "amikacin dose for an adult of 70 kg")
    opening = [claim.text for claim in answer.bottom_line]
    assert "15 mg/kg" in opening[0]
    assert not any("500 mg" in text for text in opening)


EDOXABAN = {
    "title": "Edoxaban in atrial fibrillation",
    "text": "- Edoxaban 60 mg once daily.\n- 30 mg once daily: weight 60 kg or less.\n"
    "- On haemodialysis: edoxaban 15 mg once daily if aged 80 or over.",
}


def test_a_dose_in_dialysis_does_not_open_for_an_age(tmp_path: Path) -> None:
    with library_of(tmp_path, EDOXABAN) as library:
        answer = ask(library, "edoxaban dose for atrial fibrillation, aged 84, 75 kg")
    opening = [claim.text for claim in answer.bottom_line]
    assert "60 mg once daily" in opening[0]
    assert not any("15 mg" in text for text in opening)
