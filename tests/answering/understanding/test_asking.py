"""Which sentences of a message ask something."""

from __future__ import annotations

import pytest

from osler.answering.understanding.asking import relevant_text
from osler.answering.understanding.understand import understand


@pytest.mark.parametrize(
    "question",
    ["Does he need a booster today?", "Can she have it again?", "Is she due one?"],
)
def test_a_question_of_everyday_words_is_kept(question: str) -> None:
    told = "32M trod on a rusty nail, full course of tetanus vaccines, last one 7 years ago."
    assert relevant_text(f"{told} {question}").endswith(question)


def test_talk_of_the_day_is_left_out() -> None:
    assert relevant_text("Busy day here, thanks. Dose of amoxicillin?") == "Dose of amoxicillin?"


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("FeverPAIN 5, pus on the tonsils. What should I prescribe?", ["pharyngitis"]),
        ("CHA2DS2-VASc 3, 80 kg, apixaban dose?", ["atrial fibrillation"]),
        ("CURB-65 of 4 and diabetes. Which antibiotic?", ["diabetes"]),
        ("Apixaban dose, 80 kg?", []),
    ],
)
def test_a_score_names_its_illness_where_nothing_else_does(
    question: str, conditions: list[str]
) -> None:
    named = [t.name for t in understand(question).terms if t.kind == "condition"]
    assert named == conditions
