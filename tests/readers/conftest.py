from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library
from osler.starter import sources

QUESTIONS = (
    "maintenance dose of vitamin B12 in pernicious anaemia",
    "maintenance dose of vitamin B12 in malabsorption",
    "loading dose of vitamin B12",
    "78F, eGFR 24: dose of metformin?",
    "dose of gentamicin in endocarditis",
    "folic acid before pregnancy",
    "how is lithium monitored?",
    "thiamine in Wernicke's encephalopathy",
    "methotrexate in rheumatoid arthritis: dose and monitoring",
    "dose of oral iron",
    "amoxicillin for acute otitis media in a child of 20 kg",
    "which statin and what dose after a heart attack?",
)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The starter library, ranked by words."""
    folder = tmp_path_factory.mktemp("readers") / "starter"
    with Library.create(folder) as library:
        library.add([Path(path) for path in sources()])
        yield library


@pytest.fixture(scope="session")
def answers(starter: Library) -> tuple[Answer, ...]:
    """Answers on doses, groups, monitoring and conflicts."""
    found = tuple(ask(starter, question) for question in QUESTIONS)
    assert sum(answer.answered for answer in found) >= len(QUESTIONS) - 1
    return found


@pytest.fixture(scope="session")
def maintenance(answers: tuple[Answer, ...]) -> Answer:
    """The demonstration: three doses in the bottom line, and a conflict."""
    return answers[0]
