"""Which wordings have the same words, and which have lost or gained one."""

from __future__ import annotations

import pytest

from osler.writing.sameness import same_words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            "Adults take metformin 500 mg orally twice daily.",
            "Metformin is taken by adults: 500 mg by mouth twice a day.",
        ),
        (
            "Avoid cyanocobalamin in renal dysfunction because cyanide may accumulate.",
            "Because cyanide may accumulate, cyanocobalamin is to be avoided in renal dysfunction.",
        ),
        ("Metformin: Take it with food.", "Take metformin with food."),
        (
            "Lithium is measured every 3 months in the first year.",
            "In the first year, lithium is measured every 3 months.",
        ),
        (
            "Stop metformin if the eGFR is below 30.",
            "When the eGFR is below 30, metformin should be stopped.",
        ),
    ],
)
def test_order_and_small_words_are_free(left: str, right: str) -> None:
    assert same_words(left, right)
    assert same_words(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hold methotrexate during an infection.", "Methotrexate during an infection."),
        ("After gastrectomy, give 1 mg.", "Gastrectomy: give 1 mg."),
        ("Give 1 mg or 2 mg.", "Give 1 mg and 2 mg."),
        (
            "If it is not tolerated, another may be tried.",
            "It is not tolerated, another may be tried.",
        ),
        ("It may be given.", "It must be given."),
        ("Take 5 mg.", "Take 5 mg. Take 5 mg."),
        ("Take 5 mg.", "Take 5.0 mg."),
        ("Take 1000 micrograms.", "Take 1 mg."),
        ("Do not stop it.", "Stop it."),
        ("Do not stop it, and do not crush it.", "Do not stop it, and crush it."),
        ("Give hydroxocobalamin.", "Give cobalamin."),
        ("Check potassium and creatinine.", "Check potassium."),
        ("Check potassium.", "Check potassium and creatinine."),
        ("eGFR: 60 or above; check renal function.", "60 or above; check renal function."),
        ("Only adults take it.", "Adults take it."),
        ("Give it before a meal.", "Give it after a meal."),
        ("Double the dose of metformin.", "Increase the dose of metformin."),
        ("It is rarely given.", "It is never given."),
        ("At 1–4 years give 5 mg.", "At 1–4 give 5 mg."),
        ("Raise it to 10 mg.", "Raise it by 10 mg."),
        ("Avoid it in renal dysfunction.", "Avoid it in kidney failure."),
        ("It is allowed in pregnancy.", "It is recommended in pregnancy."),
        ("Take it with or after food.", "Take it with food."),
        ("The sample is a trough.", "The sample is a peak."),
        ("Give tablets.", "Give capsules."),
    ],
)
def test_a_word_that_is_lost_or_gained_is_found(left: str, right: str) -> None:
    assert not same_words(left, right)
    assert not same_words(right, left)


@pytest.mark.parametrize("nothing", ["", "For", "of the", ".", "and", "it", "( )"])
def test_words_that_say_nothing_are_not_what_a_claim_says(nothing: str) -> None:
    claim = "Avoid cyanocobalamin in renal dysfunction."
    assert not same_words(nothing, claim)
    assert not same_words(claim, nothing)
