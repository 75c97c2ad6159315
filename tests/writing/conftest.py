from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, running

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library
from osler.starter import sources
from osler.writing import open_writer, writer_settings
from osler.writing.model import Writer

QUESTIONS = (
    "What is the maintenance dose of vitamin B12?",
    "How is vitamin B12 deficiency with neurological symptoms treated?",
    "Vitamin B12 after bariatric surgery",
    "Which vitamin B12 in renal dysfunction?",
    "Metformin with an eGFR of 25",
    "Starting dose of metformin",
    "Lithium monitoring",
    "Signs of lithium toxicity",
    "Methotrexate dose in rheumatoid arthritis",
    "What must not be taken with methotrexate?",
    "Folic acid before conception",
    "Folic acid with methotrexate",
    "Amoxicillin for otitis media in a child",
    "Gentamicin dose in endocarditis",
    "Once daily gentamicin",
    "Iron for iron deficiency anaemia in an adult",
    "Atorvastatin dose in type 2 diabetes",
    "Thiamine in Wernicke's encephalopathy",
    "Vitamin C for scurvy",
)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library") / "starter"
    with Library.create(folder) as made:
        made.add([Path(path) for path in sources()])
    with Library.open(folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def answers(library: Library) -> tuple[Answer, ...]:
    found = tuple(ask(library, question) for question in QUESTIONS)
    assert not [answer.question.text for answer in found if not answer.answered]
    return found


@pytest.fixture(scope="session")
def running_server() -> Iterator[ModelServer]:
    with running() as started:
        yield started


@pytest.fixture
def server(running_server: ModelServer) -> ModelServer:
    running_server.requests.clear()
    running_server.hung_up.clear()
    return running_server


@pytest.fixture
def writer(server: ModelServer) -> Iterator[Writer]:
    settings = writer_settings(f"openai:test@{server.url}", {})
    assert settings is not None
    with open_writer(settings) as opened:
        yield opened


@pytest.fixture
def unhurried_writer(server: ModelServer) -> Iterator[Writer]:
    """Its limits are long: a busy machine is no fault of what is tested."""
    limits = {"OSLER_WRITER_LIMIT": "60", "OSLER_WRITER_FIRST_LIMIT": "60"}
    settings = writer_settings(f"openai:test@{server.url}", limits)
    assert settings is not None
    with open_writer(settings) as opened:
        yield opened
