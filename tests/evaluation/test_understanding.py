"""What is understood of a question: how it is counted, and how much it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.domain.errors import UsageError
from osler.evaluation.understanding import evaluate_understanding, load_rows

QUESTIONS = Path(__file__).parents[1] / "statements" / "understanding.yaml"


def test_facts_are_counted_by_kind() -> None:
    row = {
        "q": "Augmentin for a 5yo, 18 kg, with otitis media, no fever",
        "drugs": ["co-amoxiclav"],
        "conditions": ["otitis media"],
        "absent": ["fever"],
        "age": "5 years",
        "weight": 20,
    }
    report = evaluate_understanding([row])
    assert report.right == {
        "drugs": 1, "conditions": 1, "absent": 1, "age": 1, "weight": 0,
    }  # fmt: skip
    assert report.total.total() == 5
    assert not report.too_much


def test_what_no_row_names_is_too_much() -> None:
    report = evaluate_understanding([{"q": "warfarin with aspirin, 70 kg", "drugs": ["warfarin"]}])
    assert report.too_much == {"drugs": 1, "measures": 1}


def test_most_is_understood_even_without_a_library() -> None:
    """Without a library no spelling is mended, so the misspelt words of the file are missed."""
    report = evaluate_understanding(load_rows(QUESTIONS))
    assert report.right.total() >= 0.9 * report.total.total()
    assert report.too_much.total() <= 6


def test_a_file_that_is_no_list_of_questions_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- {drugs: [warfarin]}", "utf-8")
    with pytest.raises(UsageError, match="question"):
        load_rows(wrong)
