"""Who has been loaded, by the words of the question, is maintained."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

TEICOPLANIN = {
    "title": "Teicoplanin in adults",
    "text": "# Loading\n\nTeicoplanin 400 mg every 12 hours, 3 doses.\n\n"
    "# Maintenance, by creatinine clearance\n\n| Creatinine clearance | Dose |\n|---|---|\n"
    "| 30–80 mL/min | 400 mg every 2 days |\n| above 80 mL/min | 400 mg once daily |",
}


@pytest.mark.parametrize(
    "question",
    [
        "Patient loaded with teicoplanin, creatinine clearance comes out at 50. Dose from here on?",
        "teicoplanin: she has been loaded, CrCl came back at 50, what dose",
    ],
)
def test_who_has_been_loaded_is_maintained(tmp_path: Path, question: str) -> None:
    with library_of(tmp_path, TEICOPLANIN) as library:
        answer = ask(library, question)
    assert "every 2 days" in answer.bottom_line[0].text
    assert not any("every 12 hours" in claim.text for claim in answer.bottom_line)
