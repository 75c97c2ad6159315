"""What bars a class of drugs bars its members; "poor kidneys" are those of a low eGFR."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer

HYPERTENSION = """## Drugs

- Thiazides
- Beta blockers
- Calcium channel blockers
- Choose a drug that is taken once daily

## Cautions

- Do not use beta blockers in asthma or heart block
- Calcium channel blockers may cause ankle swelling
- Avoid spironolactone in people with poor kidney function
"""


def _ask(folder: Path, question: str) -> Answer:
    with library_of(folder, {"title": "Hypertension", "text": HYPERTENSION}) as library:
        return ask(library, question)


@pytest.mark.parametrize(
    "question",
    [
        "Can a patient with asthma take atenolol for hypertension?",
        "Is bisoprolol safe in asthma?",
        "atenolol dose for hypertension in a patient with asthma",
    ],
)
def test_the_bar_of_its_class_opens_the_answer(tmp_path: Path, question: str) -> None:
    answer = _ask(tmp_path, question)
    opening = [claim.text for claim in answer.bottom_line]
    assert opening, answer.abstention
    assert "Do not use beta blockers in asthma" in opening[0]
    if question.endswith("?"):
        assert answer.yes_no == "no"


def test_a_bar_of_another_class_bars_nothing(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "Can a patient with asthma take amlodipine for hypertension?")
    assert not any("beta blockers in asthma" in c.text for c in answer.bottom_line)
    assert answer.yes_no != "no"


@pytest.mark.parametrize(("egfr", "barred"), [(20, True), (85, False)])
def test_poor_kidneys_are_told_by_a_low_filtration(tmp_path: Path, egfr: int, barred: bool) -> None:
    answer = _ask(tmp_path, f"Spironolactone in a patient with eGFR {egfr}")
    opening = [claim.text for claim in answer.bottom_line]
    assert any("Avoid spironolactone" in line for line in opening) is barred, opening
