"""A bullet alone on a line belongs to the line above or below, as the text tells."""

from __future__ import annotations

import pytest

from osler.reading.text.bullets import with_bullets_in_front


def test_a_bullet_before_a_joining_word_belongs_above() -> None:
    lines = ["Regimen", "Drugone 5 mg daily", "•", "Or:", "Drugtwo 2 mg daily", "•", "Caution"]
    wanted = ["Regimen", "• Drugone 5 mg daily", "Or:", "• Drugtwo 2 mg daily", "Caution"]
    assert with_bullets_in_front(lines) == wanted


def test_a_bullet_within_a_sentence_belongs_above() -> None:
    lines = ["Drugone by injection, at a", "•", "single session; repeat weekly"]
    assert with_bullets_in_front(lines) == ["• Drugone by injection, at a", lines[2]]


@pytest.mark.parametrize(
    "lines",
    [
        ["Give:", "•", "Drugone 5 mg", "•", "Drugtwo 2 mg"],
        ["", "•", "Drugone 5 mg", "•", "or", "•", "Drugtwo"],
        ["Treatment", "•", "Drugone 5 mg", "•", "Drugtwo 2 mg"],
        ["Drugone 5 mg", "• Drugtwo 2 mg"],
    ],
)
def test_bullets_above_their_items_stay(lines: list[str]) -> None:
    assert with_bullets_in_front(lines) == lines
