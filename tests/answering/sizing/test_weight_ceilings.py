"""A dose per kg goes by no more than the greatest weight that its source doses by."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask


@pytest.mark.parametrize(
    ("remark", "question", "result"),
    [
        ("Doses are worked out on actual weight, with a ceiling of 100 kg.", "140 kg", "1,000 mg"),
        ("The dose is calculated on body weight up to 100 kg.", "140 kg", "1,000 mg"),
        ("The maximum weight to dose by is 100 kg.", "140 kg", "1,000 mg"),
        ("The dose is calculated on body weight up to 100 kg.", "80 kg", "800 mg"),
        ("People of body weight up to 100 kg tolerate it well.", "140 kg", "1,400 mg"),
    ],
)
def test_a_dose_is_held_to_the_ceiling_of_weight(
    tmp_path: Path, remark: str, question: str, result: str
) -> None:
    document = {
        "title": "Fomepizole in adults",
        "text": f"Fomepizole 10 mg/kg IV over 30 minutes.\n\n{remark}",
    }
    with library_of(tmp_path, document) as library:
        answer = ask(library, f"fomepizole dose for an adult of {question}")
    derived = answer.bottom_line[0].derivations
    assert derived[0].result.startswith(result)


def test_the_maximum_of_the_next_row_is_for_others(tmp_path: Path) -> None:
    document = {
        "title": "Mercaptopurine by TPMT",
        "text": "| TPMT activity | Dose |\n|---|---|\n| normal | 1.5 mg/kg once daily |\n"
        "| intermediate | maximum 0.75 mg/kg daily |",
    }
    with library_of(tmp_path, document) as library:
        answer = ask(library, "mercaptopurine dose, 80 kg adult, normal TPMT")
    results = [d.result for claim in answer.bottom_line for d in claim.derivations]
    assert results == ["120 mg once a day"]
