"""A small library of our own, which a test may change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from editions import first_edition, question, second_edition

from osler.library import Library
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.engine import engine
from osler_site.environment import environment
from osler_site.review.workflow import submit

QUESTION = question()


@pytest.fixture
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of one guideline; the site reads it while the test runs."""
    folder = tmp_path / "library"
    (tmp_path / "old.md").write_text(first_edition(), "utf-8")
    with Library.create(folder) as library:
        library.add(tmp_path / "old.md")
    monkeypatch.setitem(os.environ, "OSLER_LIBRARY", str(folder))
    environment.cache_clear()
    engine.cache_clear()
    yield folder
    monkeypatch.undo()
    environment.cache_clear()
    engine.cache_clear()


@pytest.fixture
def new_edition(own_library: Path, tmp_path: Path) -> Path:
    """A file that supersedes the guideline, not yet added."""
    file = tmp_path / "new.md"
    file.write_text(second_edition(), "utf-8")
    return file


@pytest.fixture
def article(own_library: Path, site: None) -> ArticlePage:
    """An article that readers see while it awaits review."""
    return submit(promote(ask(QUESTION), None), None, visible=True)
