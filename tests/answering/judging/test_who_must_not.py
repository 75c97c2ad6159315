"""Who must not have a drug, when, or which patients: a question for contraindications."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask, understand
from osler.domain import Aspect
from osler.library import Library

QUESTIONS = (
    "Who should not be given metformin?",
    "Which patients should never receive metformin?",
    "When must metformin not be used?",
    "Metformin should not be started in whom?",
    "When can't metformin be given?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_understood(question: str) -> None:
    assert Aspect.CONTRAINDICATION in understand(question).aspects


@pytest.mark.parametrize(
    "question",
    ["When should alternative treatment be given?", "Which patients want treatment to be started?"],
)
def test_a_word_that_only_holds_those_letters_asks_for_none(question: str) -> None:
    assert Aspect.CONTRAINDICATION not in understand(question).aspects


def test_what_bars_the_drug_opens_and_no_dose(starter: Library) -> None:
    answer = ask(starter, QUESTIONS[0])
    assert "Stop metformin" in answer.bottom_line[0].text
    assert not [claim.text for claim in answer.bottom_line if "500 mg" in claim.text]


def test_a_library_that_does_not_say_who_is_silent(starter: Library) -> None:
    assert not ask(starter, "Who should not take lithium?").answered


def test_a_bar_for_one_cause_holds_for_what_the_patient_has_besides(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        {
            "title": "Lisinopril",
            "text": "Heart failure: lisinopril 2.5 mg once daily by mouth.\n\n"
            "## Contraindications\n\n- Angioedema due to an ACE inhibitor.\n",
        },
    )
    with_it = ask(library, "lisinopril dose for heart failure in a man with angioedema")
    assert with_it.bottom_line[0].text.startswith("Contraindications: Angioedema")
    assert not any(claim.dosages for claim in with_it.bottom_line)
    without = ask(library, "lisinopril dose for heart failure in a man")
    assert without.bottom_line[0].dosages
