"""The library changes while a question is being answered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from osler.library import Library
from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer, uid_of
from osler_site.engine import Engine

pytestmark = pytest.mark.usefixtures("site")
QUESTION = "What is the maintenance dose of vitamin B12 after loading?"


@pytest.fixture
def versions(starter_library: Path, tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    """The starter library, and what it becomes."""
    folder = tmp_path / "library"
    shutil.copytree(starter_library, folder)
    with Library.open(folder) as library:
        library.remove("oral-iron--ni-formulary.md")
    with Library.open(starter_library) as before, Library.open(folder) as after:
        assert before.version < after.version
        yield before, after


def changing(monkeypatch: pytest.MonkeyPatch, versions: tuple[Library, Library]) -> None:
    """Whoever looks a second time finds the next version."""
    found = iter(versions)
    monkeypatch.setattr(Engine, "library", lambda _: next(found, versions[-1]))


def test_an_answers_address_names_the_version_that_it_was_composed_from(
    monkeypatch: pytest.MonkeyPatch, versions: tuple[Library, Library]
) -> None:
    changing(monkeypatch, versions)
    raw = ask(QUESTION)
    composed_by = f"{raw.library_version}/{raw.engine_version}"
    assert raw.uid == uid_of("answer", QUESTION, "", "physician", composed_by)
    assert raw.library_version == raw.body["library_version"] == versions[0].version


def test_the_next_question_is_answered_by_the_next_version(
    monkeypatch: pytest.MonkeyPatch, versions: tuple[Library, Library]
) -> None:
    changing(monkeypatch, versions)
    assert [ask(QUESTION).library_version for _ in range(2)] == [v.version for v in versions]
    assert RawAnswer.objects.count() == 2
