"""A text is hidden, restored, and hidden again without change."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from osler.domain.identifier import IdentifierKind, hidden_kinds, told, without_placeholders
from osler.evaluation.identified import identified_questions
from osler.privacy import hide

_SAID = (
    "Mr|John|Smith|Maria Gonzalez|97F|NHS|943 476 5919|DOB|12/03/1946|B12|metformin|,|(|)|[NAME]|"
    "for|dose of|Crohn's disease|room 12|07700 900123|LS1 4AP|500 mg|é|🙂"
)
_WORDS = st.lists(st.sampled_from(_SAID.split("|")), max_size=14)


@settings(deadline=None)  # the first text waits for the lists of words
@given(st.one_of(st.text(max_size=80), _WORDS.map(" ".join)))
@example("Mr [NAME] [AGE OVER 89]M")
@example("A00 0AP John Mr")
def test_offsets_fit_and_hiding_twice_is_hiding_once(text: str) -> None:
    hidden = hide(text)
    assert all(text[i.start : i.end] == i.text for i in hidden.identifiers)
    assert hidden.restore() == text
    assert hide(hidden.text).text == hidden.text


def test_nothing_of_what_was_planted_stays() -> None:
    for question in identified_questions("dev", 30, seed=3):
        hidden = hide(question.text).text
        planted = [question.text[p.start : p.end] for p in question.planted if p.kind != "name"]
        assert planted or question.planted
        assert not [text for text in planted if text in hidden], question.text


def test_an_age_over_89_is_hidden_and_still_asked() -> None:
    hidden = hide("97F, Mrs Jane Doe, on metformin")
    assert hidden.text == "[AGE OVER 89]F, Mrs [NAME], on metformin"
    assert hidden.asked == "97F, Mrs [NAME], on metformin"
    assert hidden.told == "an age over 89 and a name"


def test_another_text_is_restored_in_order() -> None:
    hidden = hide("Mr John Smith and Mrs Maria Gonzalez")
    assert hidden.restore("[NAME], then [NAME], then [NAME]") == (
        "John Smith, then Maria Gonzalez, then [NAME]"
    )


def test_threads_find_the_same() -> None:
    texts = [q.text for q in identified_questions("dev", 60, seed=4)]
    alone = [hide(text).text for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: hide(text).text, texts)) == alone


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("B12 for [NAME], 67F?", "B12 for 67F?"),
        ("[NAME] ([DATE OF BIRTH], [NHS NUMBER]) needs B12", "needs B12"),
        ("What dose of B12 for Mr [NAME]?", "What dose of B12?"),
        ("a man named [NAME] on warfarin", "a man on warfarin"),
        ("Mr [NAME], 58: vancomycin dose?", "58: vancomycin dose?"),
        ("no placeholder, (here ) stays", "no placeholder, (here ) stays"),
    ],
)
def test_a_question_reads_as_if_nothing_had_been_hidden(text: str, bare: str) -> None:
    assert without_placeholders(text) == bare


def test_kinds_are_told_once_each() -> None:
    kinds = hidden_kinds("[NAME] [NAME] [ADDRESS] [BED]")
    assert kinds == (IdentifierKind.NAME, IdentifierKind.ADDRESS)
    assert told(kinds) == "a name and an address"
    assert told(()) == ""
