"""Abbreviations that a text defines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.answering.findings.abbreviations import Abbreviations, defined_in


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("loss of visceral adipose tissue (VAT) was seen", "VAT", "visceral adipose tissue"),
        ("the body mass index (BMI; kg/m2) was", "BMI", "body mass index"),
        ("six-minute walking distance (6MWD)", None, None),  # the letters do not say "six"
        ("serum interleukin-6 (IL-6) levels", "IL-6", "interleukin-6"),
    ],
)
def test_a_short_form_is_paired_with_its_words(
    text: str, short: str | None, long: str | None
) -> None:
    assert defined_in(text) == ([(short, long)] if short else [])


@pytest.mark.parametrize(
    "text", ["fell (P = 0.01)", "in both arms (see Table 2)", "(BMI) alone", "by half (95% CI)"]
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert defined_in(text) == []


def test_short_forms_are_written_out_singular_and_plural() -> None:
    known = Abbreviations.of(["randomised controlled trial (RCT)", "body mass index (BMI)"])
    assert known.expand("Two RCTs of BMI") == ("Two randomised controlled trial of body mass index")
    assert known.expand("RCTX and rct") == "RCTX and rct"


def test_the_first_definition_counts_and_a_question_s_own_goes_before_it() -> None:
    known = Abbreviations.of(["blood pressure (BP)", "back pain (BP)"])
    assert known.expand("BP") == "blood pressure"
    assert known.also("back pain (BP)").expand("BP") == "back pain"
    assert known.also("pain") is known


@given(st.text(alphabet="abcABC ()-6;,=[]", max_size=80))
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    for short, long in defined_in(text):
        assert short in text
        assert long in " ".join(text.split())
        assert Abbreviations.of([text]).expand("nothing here") == "nothing here"
