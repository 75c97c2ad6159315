"""Rows of a table by allergy: each is for who reacted so, and for nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

TEXT = """# Hip replacement prophylaxis

| Allergy | Drug | Dose |
|---|---|---|
| None | Cefuroxime | 1.5 g IV at induction |
| Cephalosporin, mild (rash) | Clindamycin | 600 mg IV at induction |
| Cephalosporin, severe (anaphylaxis) | Teicoplanin | 800 mg IV at induction |
"""


@pytest.mark.parametrize(
    ("told", "shown", "not_shown"),
    [
        ("NKDA", {"Cefuroxime"}, {"Clindamycin", "Teicoplanin"}),
        ("anaphylaxis to cefuroxime last year", {"Teicoplanin"}, {"Cefuroxime", "Clindamycin"}),
        ("rash with cefalexin", {"Clindamycin"}, {"Cefuroxime", "Teicoplanin"}),
        ("70 kg", {"Cefuroxime", "Clindamycin", "Teicoplanin"}, set()),
    ],
)
def test_the_row_of_the_patient_is_shown(
    tmp_path: Path, told: str, shown: set[str], not_shown: set[str]
) -> None:
    question = f"Hip replacement, adult, {told}. Which antibiotic and dose?"
    with library_of(tmp_path, {"title": "Hip replacement", "text": TEXT}) as library:
        answer = ask(library, question)
    below = [claim.text for section in answer.sections for claim in section.claims]
    said = " ".join([*(claim.text for claim in answer.bottom_line), *below])
    assert {drug for drug in shown | not_shown if f"Drug: {drug}" in said} == shown
