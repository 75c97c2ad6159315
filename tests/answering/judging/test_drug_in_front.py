"""Which lines of an answer have the drug in front: those on taking it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

TOBRAMYCIN = """# Tobramycin once daily

Tobramycin 7 mg/kg is diluted in 100 mL of sodium chloride 0.9%. One blood level decides the
interval between doses of tobramycin.

## Infusion

The dose is diluted in 100 mL of sodium chloride 0.9%. Infuse 7 mg/kg over 60 minutes. One blood
sample is taken 6 to 14 hours later.
"""
SULFASALAZINE = """# Sulfasalazine

Start sulfasalazine at 500 mg daily. Liver function is checked every 2 weeks for 3 months. Increase
by 500 mg each week.
"""


def _lines(folder: Path, title: str, text: str, question: str) -> list[str]:
    with library_of(folder, {"title": title, "text": text}) as library:
        answer = ask(library, question)
    below = (claim for section in answer.sections for claim in section.claims)
    return [claim.text for claim in (*answer.bottom_line, *below)]


@pytest.mark.parametrize(
    ("title", "text", "question"),
    [
        ("Tobramycin once daily", TOBRAMYCIN, "When is the tobramycin level taken?"),
        ("Sulfasalazine", SULFASALAZINE, "How is sulfasalazine monitored and dosed?"),
    ],
)
def test_no_drug_in_front_of_what_is_checked(
    tmp_path: Path, title: str, text: str, question: str
) -> None:
    lines = _lines(tmp_path, title, text, question)
    assert lines
    assert not any("Sodium chloride: " in line for line in lines)
    assert not any(": One blood" in line for line in lines)


def test_the_drug_in_front_of_its_dose(tmp_path: Path) -> None:
    lines = _lines(tmp_path, "Sulfasalazine", SULFASALAZINE, "How is sulfasalazine dosed?")
    assert any(line == "Sulfasalazine: Increase by 500 mg each week." for line in lines), lines
