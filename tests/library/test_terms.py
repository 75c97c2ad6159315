from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.library.terms import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anaemia", "anemia"),
        ("Haemoglobin", "hemoglobin"),
        ("oestrogens", "estrogen"),
        ("foetal oedema", "fetal edema"),
        ("paediatric diarrhoea", "pediatric diarrhea"),
        ("tumour", "tumors"),
        ("randomised", "randomized"),
        ("sulphate", "sulfate"),
        ("leucocytes", "leukocytes"),
        ("5 litres", "5 liters"),
        ("vitamin B 12", "vitamin B12"),
        ("vitamin B-12", "vitamin B₁₂"),
        ("1,000 µg", "1000 micrograms"),
        ("1000 μg", "1000 mcg"),
        ("10mg", "10 mg"),
        ("1.0 mg", "1 mg"),
        ("pre-eclampsia", "preeclampsia"),
        ("co-trimoxazole", "cotrimoxazole"),
        ("β-blockers", "beta blocker"),
        ("Ménière", "meniere"),
        ("labelled", "labeled"),
    ],
)
def test_two_spellings_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("10 mg", "1 mg"), ("0.5 mg", "5 mg"), ("b12", "b6"), ("1000 mcg", "1000 mg")],
)
def test_different_amounts_stay_different(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_a_letter_is_not_joined_to_a_dose() -> None:
    assert "c50" not in terms("vitamin C 50 mg")
    assert "10" in terms("a 10 mg tablet")


def test_stop_words_are_dropped() -> None:
    assert terms("what is the dose of it") == terms("dose")


@given(st.text())
def test_any_text_gives_terms_that_the_index_can_split(text: str) -> None:
    assert all(term and term.split() == [term] for term in terms(text))
