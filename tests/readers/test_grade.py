"""The reading grade, and that patients' pages stay at grade 8 or below."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.answering import ask, overview
from osler.domain import Answer, Audience
from osler.library import Library
from osler.readers import patient_text, reading_grade, worded
from osler.readers.gate import doses, equal
from osler.render import view

HIGHEST = 8.0
HIGHEST_OF_LONG = 10.0  # pages of more than 600 words: names of drugs and units are most of them
LONG = 600


def highest(page: str) -> float:
    return HIGHEST_OF_LONG if len(page.split()) > LONG else HIGHEST


NSTG = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "nstg_nigeria_2022"


def test_a_grade_worked_out_by_hand() -> None:
    # 9 words, 30 letters, 2 sentences: 0.058 · 333.3 − 0.296 · 22.2 − 15.8
    text = "The doctor gives one tablet. Take it with water."
    letters, words, sentences = 38, 9, 2
    expected = 0.058 * 100 * letters / words - 0.296 * 100 * sentences / words - 15.8
    assert reading_grade(text) == pytest.approx(expected)
    assert reading_grade("") == 0.0


PIECES = ["Take it. ", " the dose ", " is 1.5 mg ", " now! ", " (by mouth) ", " it's "]


@settings(deadline=None)  # the first call loads textstat
@given(st.lists(st.sampled_from(PIECES)))
def test_it_is_that_of_textstat(pieces: list[str]) -> None:
    textstat = pytest.importorskip("textstat")
    text = "".join(pieces)
    assert reading_grade(text) == pytest.approx(textstat.coleman_liau_index(text), abs=0.6)


def test_patients_pages_of_the_starter_are_easy(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        if answer.answered:
            page = patient_text(worded(answer, Audience.PATIENT))
            assert reading_grade(page) <= highest(page), answer.question.text


@pytest.mark.parametrize("topic", ["vitamin B12", "folic acid", "metformin", "lithium"])
def test_patients_articles_are_easy(starter: Library, topic: str) -> None:
    article = worded(overview(starter, topic), Audience.PATIENT)
    assert article.answered
    page = patient_text(article)
    assert reading_grade(page) <= highest(page)


@pytest.mark.skipif(not NSTG.is_dir(), reason="the guideline is absent")
def test_patients_pages_of_a_national_guideline_are_easy(tmp_path: Path) -> None:
    questions = yaml.safe_load(Path(__file__).with_name("questions_nstg.yaml").read_text("utf-8"))
    with Library.create(tmp_path / "library") as library:
        library.add([NSTG / "originals.tar.gz"])
        answered = [a for q in questions["tuned_on"] if (a := ask(library, q)).answered]
    assert len(answered) >= 18
    for answer in answered:
        patient = worded(answer, Audience.PATIENT)
        assert reading_grade(patient_text(patient)) <= HIGHEST, answer.question.text
        held = [d for c in view.claims(patient) for d in doses(c.text)]
        for claim in view.claims(answer):
            for dose in doses(claim.text):
                assert any(equal(dose, each) for each in held), (answer.question.text, dose.text)
