"""A drug is put in front of a line that is about taking it, and of no other."""

from __future__ import annotations

import pytest

from osler.answering.candidates.own_subject import has_own_subject


@pytest.mark.parametrize(
    "text",
    [
        "Disease activity is assessed every 4–6 weeks.",
        "One blood level, taken 6–14 hours after the first dose, decides the interval.",
        "Full blood count is checked weekly for the first month.",
        "Thyroid function should be tested every 6 months.",
        "In people who are frail, blood pressure targets are relaxed.",
        "A gain of more than 2 kg over 3 days should prompt review.",
    ],
)
def test_a_sentence_on_something_else(text: str) -> None:
    assert has_own_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dose is doubled after two weeks.",
        "It should be taken with food.",
        "Take with a full glass of water.",
        "Keep treating for 3 months after the anaemia is corrected.",
        "Contraindicated in severe hepatic impairment.",
        "In renal impairment, treatment is stopped.",
        "Most people can stop within 12 months.",
        "Should be swallowed whole.",
        "Jaundice may appear later; do not give it again.",
        "Do not double a missed dose.",
    ],
)
def test_a_sentence_on_taking_the_drug(text: str) -> None:
    assert not has_own_subject(text)
