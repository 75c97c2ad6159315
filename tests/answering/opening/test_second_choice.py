"""What is for want of a drug names that drug as what is lacking, and no other thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.opening.second_choice import drugs_lacking


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Octreotide (if there is no terlipressin): 50 micrograms", {"terlipressin"}),
        ("If there is no oral rehydration, terlipressin 2 mg", set()),
        ("If no terlipressin or octreotide is available, propranolol 40 mg",
         {"terlipressin", "octreotide"}),
        ("If you have no stock of terlipressin, octreotide 50 micrograms", {"terlipressin"}),
        ("If terlipressin has failed, octreotide 50 micrograms", {"terlipressin"}),
        ("When terlipressin cannot be had: octreotide 50 micrograms", {"terlipressin"}),
        ("If there is no penicillin allergy, flucloxacillin 500 mg", set()),
        ("If there is no response after 4 weeks, raise fluoxetine to 40 mg", set()),
        ("If there is no bleeding, edoxaban 60 mg", set()),
        ("If there is no flucloxacillin allergy, flucloxacillin 500 mg", set()),
    ],
)  # fmt: skip
def test_the_drug_itself_is_what_is_lacking(text: str, drugs: set[str]) -> None:
    assert drugs_lacking(text, len(text)) == drugs


@pytest.mark.parametrize(
    "line",
    [
        "If there is no bleeding, edoxaban 60 mg by mouth once daily.",
        "If there is no heparin allergy, edoxaban 60 mg by mouth once daily.",
    ],
)
def test_a_dose_where_something_else_is_absent_opens(tmp_path: Path, line: str) -> None:
    text = f"## Atrial fibrillation\n\n{line}\n\nEdoxaban 30 mg once daily below 60 kg.\n"
    with library_of(tmp_path, {"title": "Edoxaban", "text": text}) as library:
        answer = ask(library, "Atrial fibrillation, 80 kg, edoxaban dose?")
    assert any("60 mg by mouth" in claim.text for claim in answer.bottom_line)
