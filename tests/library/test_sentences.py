"""A long question's sentences."""

from __future__ import annotations

import pytest

from osler.library.sentences import MOST, parts


@pytest.mark.parametrize(
    "question",
    ["", "gout", "What is the dose of colchicine in gout?", "Hello. What is gout? Thank you."],
)
def test_a_question_of_one_sentence_that_says_something_stays_whole(question: str) -> None:
    assert parts(question) == [question]


def test_each_sentence_that_says_something_is_looked_for() -> None:
    message = "Good morning! My son has gout.\nWhich tablets help a child? Thanks."
    assert parts(message) == [
        message,
        "Good morning!",
        "My son has gout.",
        "Which tablets help a child?",
    ]


def test_a_very_long_message_is_looked_for_by_its_first_sentences() -> None:
    assert len(parts("My knee hurts badly. " * 40)) == MOST + 1
