from __future__ import annotations

import pytest

from osler.answering import ask
from osler.answering.engine import go_on
from osler.answering.understanding.scenarios import scenarios
from osler.answering.understanding.understand import understand
from osler.library import Library


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("dose of gentamicin in sepsis?", ("dose of gentamicin in sepsis?",)),
        (
            "Atorvastatin dose if QRISK 14%, vs after a heart attack",
            ("Atorvastatin dose if QRISK 14%", "Atorvastatin dose after a heart attack"),
        ),
        ("warfarin vs apixaban for AF", ("warfarin vs apixaban for AF",)),
        (
            "Dose of gentamicin in adults? Dose of zorbium in adults?",
            ("Dose of gentamicin in adults?", "Dose of zorbium in adults?"),
        ),
        (
            "Gout, eGFR 50. 1) allopurinol start dose 2) how often urate? 3) diet?",
            (
                "Gout, eGFR 50. allopurinol start dose",
                "how often urate? (allopurinol)",
                "diet? (allopurinol)",
            ),
        ),
    ],
)
def test_two_questions_in_one_are_taken_apart(question: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.text for part in scenarios(question)) == parts


def test_a_later_question_is_about_the_patient_and_condition_of_the_first() -> None:
    first = understand("Gentamicin dose in endocarditis, CrCl 70, 75 kg")
    later = go_on(first, understand("how often are levels taken (gentamicin)?"))
    assert later.patient.weight_kg == 75
    assert later.patient.crcl == 70
    assert "endocarditis" in {term.name for term in later.terms}


def test_what_the_library_is_silent_on_is_said_beside_what_it_answers(starter: Library) -> None:
    answer = ask(starter, "Dose of gentamicin in adults? Dose of zorbium in adults?")
    assert answer.bottom_line
    assert any("zorbium" in part for part in answer.unanswered)
    assert not any(
        "zorbium" in claim.text.lower()
        for claim in (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))
    )


def test_what_is_told_after_a_question_belongs_to_it() -> None:
    text = "Febuxostat starting dose after allopurinol rash? CKD 3"
    assert [part.text for part in scenarios(text)] == [text]


def test_what_can_we_give_leaves_the_drug_before_it() -> None:
    open_ = scenarios("Child with croup. Salbutamol? What can we give")
    assert [part.text for part in open_] == ["Child with croup. Salbutamol?", "What can we give"]
    assert open_[1].follows
    # Without a condition there is nothing else that it could be about.
    [_, of_it] = scenarios("Ondansetron ok? What can we give")
    assert "Ondansetron" in of_it.text
