"""A dose for an illness and an age of which nothing is told, beside one that surely applies."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

AZATHIOPRINE = {
    "title": "Azathioprine: shared care",
    "text": "# Azathioprine: who does what\n\n"
    "- In Crohn's disease we begin with 50 mg twice daily, go up by 50 mg a week and stay at "
    "100 mg twice daily.\n"
    "- Adults with a kidney transplant take 75 mg twice daily.\n"
    "- Children and adolescents with a transplant have 60 mg/m2 twice daily (maximum 200 mg a "
    "day).\n"
    "- If the GFR is below 25 mL/min, nobody should have more than 50 mg twice daily.",
}


@pytest.mark.parametrize(
    "question",
    [
        "Crohn's disease. What is the most azathioprine she should have?",
        "Crohn's disease, maximum dose of azathioprine?",
    ],
)
def test_a_childs_dose_for_another_illness_does_not_open(tmp_path: Path, question: str) -> None:
    with library_of(tmp_path, AZATHIOPRINE) as library:
        answer = ask(library, question)
    assert answer.bottom_line
    assert not any("200 mg a day" in claim.text for claim in answer.bottom_line)


def test_it_opens_for_the_child_who_has_it(tmp_path: Path) -> None:
    with library_of(tmp_path, AZATHIOPRINE) as library:
        answer = ask(library, "Azathioprine dose, child of 9, 30 kg, kidney transplant?")
    assert "60 mg/m2" in answer.bottom_line[0].text


AZTREONAM = {
    "title": "Neutropenic sepsis in adults",
    "text": "Neutropenic sepsis in adults:\n\n"
    "- Penicillin allergy: severe (anaphylaxis): aztreonam 2 g IV every 6 hours.\n\n"
    "| Creatinine clearance | Aztreonam in neutropenic sepsis |\n|---|---|\n"
    "| Any | first dose 2 g |\n| Below 20 mL/min | 2 g, then 500 mg every 6 hours |",
}


def test_a_dose_for_adults_opens_where_no_age_is_told(tmp_path: Path) -> None:
    with library_of(tmp_path, AZTREONAM) as library:
        answer = ask(
            library, "Neutropenic sepsis, had anaphylaxis with amoxicillin. Aztreonam dose?"
        )
    assert any("2 g IV every 6 hours" in claim.text for claim in answer.bottom_line)
