"""What a follow-up tells that its full question does not hold, and what it drops from before."""

import pytest
from conversation import after
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.threads import to_json

GENTAMICIN = "Dose of gentamicin for endocarditis in a 61 kg woman with eGFR 24?"
TAMOXIFEN = "tamoxifen dose, breast cancer, premenopausal"
PROPRANOLOL = "What is the starting dose of propranolol for migraine?"


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        (GENTAMICIN, "what if she weighs 50 kg?"),
        (GENTAMICIN, "no, her eGFR is 42"),
        (GENTAMICIN, "forget the weight"),
        (GENTAMICIN, "and vancomycin?"),
        (GENTAMICIN, "how many days?"),
        (GENTAMICIN, "she's allergic to penicillin"),
        (GENTAMICIN, "and for a 30-year-old man?"),
        (PROPRANOLOL, "and the maximum?"),
        (PROPRANOLOL, "Right, how is scabies treated?"),
    ],
)
def test_what_is_accounted_for_is_not_doubted(before: str, typed: str) -> None:
    assert after(before, typed).unsure == ()


@pytest.mark.parametrize(
    ("before", "typed", "doubt"),
    [
        (GENTAMICIN, "with the Hartford nomogram?", "“Hartford” is not understood"),
        (TAMOXIFEN, "how many years", "“premenopausal” from before is left out"),
        (PROPRANOLOL, "can she take both on a Monday?", "“both” is not understood"),
        ("Maximum dose of lithium in bipolar disorder?", "and valproate?",
         "whether the maximum dose is meant"),
        (PROPRANOLOL, "What is the vancomycin trough target?", "whether it is a new topic"),
    ],
)  # fmt: skip
def test_what_is_not_accounted_for_is_told(before: str, typed: str, doubt: str) -> None:
    assert doubt in after(before, typed).unsure


def test_the_first_question_leaves_nothing_open() -> None:
    assert after("buccal midazolam at the gate?").unsure == ()


def test_a_new_topic_that_says_so_is_not_doubted() -> None:
    resolved = after(PROPRANOLOL, "new question: vancomycin trough target?")
    assert resolved.changed_topic
    assert resolved.unsure == ()


def test_json_has_the_doubts() -> None:
    resolved = after(TAMOXIFEN, "how many years")
    assert to_json(resolved)["unsure"] == list(resolved.unsure) != []


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["zorblat", "quexity", "frimbul"]), st.booleans())
def test_an_unknown_word_is_never_lost_in_silence(word: str, first: bool) -> None:
    typed = f"{word}, 50 kg?" if first else f"50 kg, {word}?"
    resolved = after(GENTAMICIN, typed)
    assert any(word in doubt for doubt in resolved.unsure)
