"""A server loads what is loaded once before its first question, and answers as ever."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from osler.answering import ask, to_json, warm_up
from osler.library import Library
from osler.statements.patients import reading as patients

QUESTIONS = (
    "What is the loading dose of hydroxocobalamin?",
    "methotrexate folic acid dose",
    "78F 61 kg eGFR 24, metformin dose?",
    "How is lithium monitored?",
    "gentamicin 70 kg endocarditis",
    "amoxicilin for otitis media in a child of 12 kg",
)


def said(library: Library, question: str) -> dict[str, Any]:
    answer = to_json(ask(library, question), library)
    del answer["elapsed_ms"]
    return answer


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "empty") as library:
        yield library


def test_warming_up_compiles_the_patterns_and_changes_no_answer(starter: Library) -> None:
    before = [said(starter, question) for question in QUESTIONS]
    warm_up(starter)
    assert all("pattern" in vars(p) for p in vars(patients).values() if hasattr(p, "is_compiled"))
    assert [said(starter, question) for question in QUESTIONS] == before


def test_an_empty_library_has_nothing_to_warm(empty: Library) -> None:
    warm_up(empty)
    assert not ask(empty, "metformin dose").answered


def test_several_threads_ask_one_library_and_get_what_one_gets(starter: Library) -> None:
    alone = [said(starter, question) for question in QUESTIONS]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda q: said(starter, q), QUESTIONS * 4))
    assert together == alone * 4
