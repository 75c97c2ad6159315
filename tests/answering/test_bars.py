"""What rules a drug out for this patient stands before any dose of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.answering.documents import library_of

from osler.answering import ask, overview, summarize
from osler.domain import Answer
from osler.library import Library


def every_text(answer: Answer) -> list[str]:
    body = [claim for section in answer.sections for claim in section.claims]
    return [claim.text for claim in (*answer.bottom_line, *body)]


@pytest.mark.parametrize(
    "question",
    [
        "78F, eGFR 24: dose of metformin?",
        "dose of metformin, eGFR 24",
        "Can I give metformin with an eGFR of 28?",
        "already on metformin, eGFR 21, what now?",
    ],
)
def test_a_drug_ruled_out_by_renal_function_is_not_dosed(starter: Library, question: str) -> None:
    answer = ask(starter, question)
    assert "Stop metformin" in answer.bottom_line[0].text
    assert not [text for text in every_text(answer) if "Start: 500 mg" in text]


def test_a_drug_to_be_lowered_is_said_to_be_lowered_first(starter: Library) -> None:
    answer = ask(starter, "metformin dose, eGFR 40")
    assert "lower the dose" in answer.bottom_line[0].text


def test_with_normal_kidneys_the_dose_opens(starter: Library) -> None:
    answer = ask(starter, "metformin start dose, type 2 diabetes, eGFR 95")
    assert "Start: 500 mg" in answer.bottom_line[0].text


def test_an_interval_that_may_not_be_used_is_said_first(starter: Library) -> None:
    answer = ask(starter, "gentamicin once daily dose for 70 kg adult, CrCl 15")
    assert "do not use extended intervals" in answer.bottom_line[0].text


def test_before_and_during_pregnancy_are_either(starter: Library) -> None:
    answer = ask(starter, "folic acid dose, BMI 34, planning pregnancy")
    higher, not_higher = (claim.text for claim in answer.bottom_line[:2])
    assert "BMI of 30 or more" in higher  # two sources, of which each says another thing
    assert "body mass index" in not_higher
    assert any("BMI of 30 or more" in text for text in every_text(answer))


def test_an_allergy_to_the_class_of_the_drug_is_said(starter: Library) -> None:
    answer = ask(starter, "dose of amoxicillin for otitis media, 3 years old, penicillin allergy")
    assert any("allergic to penicillin" in notice for notice in answer.safety_notices)


def test_a_summary_and_an_overview_keep_what_rules_the_drug_out(starter: Library) -> None:
    for answer in (summarize(starter, "Using metformin by eGFR"), overview(starter, "metformin")):
        assert any("below 30" in text and "Stop" in text for text in every_text(answer))


@pytest.fixture(scope="module")
def pregnancy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    doxycycline = {
        "title": "Doxycycline for acne",
        "text": "# Dose\n\nDoxycycline 100 mg once daily.\n\n# Pregnancy\n\nDoxycycline must not "
        "be used in the second trimester, because it stains the teeth.\n\n"
        "# Contraindications\n\n- creatinine clearance under 10 mL/min",
    }
    indometacin = {
        "title": "Pain in pregnancy",
        "text": "# Choice of drug\n\nPregnant women:\n\n- Indometacin 25 mg three times a day. "
        "Avoid at term: it can cause neonatal bleeding.\n"
        "- Nitrous oxide may be inhaled at any time.",
    }
    with library_of(tmp_path_factory.mktemp("pregnancy"), doxycycline, indometacin) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "said", "dose"),
    [
        ("doxycycline dose in the second trimester, acne", "must not be used", "100 mg"),
        ("dose of doxycycline, 20 weeks pregnant, acne", "must not be used", "100 mg"),
        ("indometacin dose at 39 weeks pregnant", "Avoid at term", "25 mg"),
    ],
)
def test_what_pregnancy_rules_out_opens_whatever_was_asked(
    pregnancy: Library, question: str, said: str, dose: str
) -> None:
    answer = ask(pregnancy, question)
    assert said in answer.bottom_line[0].text
    assert not any(dose in claim.text for claim in answer.bottom_line)


def test_what_is_ruled_out_for_others_is_not_said_first(pregnancy: Library) -> None:
    answer = ask(pregnancy, "indometacin dose at 20 weeks pregnant")
    assert "25 mg" in answer.bottom_line[0].text
    assert "100 mg" in ask(pregnancy, "doxycycline dose in acne").bottom_line[0].text
