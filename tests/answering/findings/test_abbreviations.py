"""Abbreviations written out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from osler.answering.findings.abbreviations import Abbreviations


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
def test_any_text_is_read_and_what_is_unknown_stays(text: str) -> None:
    assert Abbreviations.of([text]).expand("nothing here") == "nothing here"
