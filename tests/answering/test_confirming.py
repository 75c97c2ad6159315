"""What is suggested is answered, and by something that is not shown yet."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from osler.answering import ask, confirmed
from osler.answering.confirming import claims_shown
from osler.evaluation.questions import load_questions
from osler.library import Library

FOLDER = Path(__file__).parents[1] / "evaluation" / "topics_6_dev"
QUESTIONS = tuple(item.question for item in load_questions(FOLDER / "questions.yaml"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("topics") / "library"
    with Library.create(folder) as made:
        made.add([FOLDER / "sources"])
    with Library.open(folder) as opened:
        yield opened


def texts(library: Library, question: str) -> set[str]:
    return {claim.text for claim in claims_shown(ask(library, question))}


def test_every_suggestion_is_answered_by_a_claim_that_is_not_shown(library: Library) -> None:
    suggested = 0
    for question in QUESTIONS:
        answer = confirmed(library, ask(library, question))
        shown = {claim.text for claim in claims_shown(answer)}
        for suggestion in answer.follow_ups[len(answer.missing) :]:
            suggested += 1
            assert texts(library, suggestion) - shown, (question, suggestion)
    assert suggested > len(QUESTIONS) / 4  # there is something to suggest


def test_what_abstains_or_repeats_is_not_suggested(library: Library) -> None:
    answer = ask(library, QUESTIONS[0])
    assert answer.answered
    repeats = replace(answer, missing=(), follow_ups=(QUESTIONS[0], "What is the dose of zorbium?"))
    assert confirmed(library, repeats).follow_ups == ()


def test_what_is_asked_of_the_reader_stays(library: Library) -> None:
    answer = replace(
        ask(library, QUESTIONS[0]),
        missing=("weight",),
        follow_ups=("What is the patient's weight?",),
    )
    assert confirmed(library, answer) == answer
