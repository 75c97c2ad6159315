"""The starter library, and documents of its answers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from osler.answering import ask
from osler.fhir import Release, answer_bundle
from osler.library import Library
from osler.starter import sources

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
Bundle = dict[str, Any]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.create(tmp_path_factory.mktemp("fhir") / "library") as made:
        made.add(list(sources()))
        yield made


@pytest.fixture(scope="session")
def document(library: Library) -> Callable[..., Bundle]:
    def of(question: str, release: Release = Release.R4) -> Bundle:
        return answer_bundle(ask(library, question), library, at=AT, release=release)

    return of
