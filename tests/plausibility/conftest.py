"""A dose said in words, as the engine reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from osler.domain import Statement
from osler.plausibility import Dose, doses_of
from osler.reading import RawFile, read
from osler.statements import extract


def statements(markdown: str) -> tuple[Statement, ...]:
    (document,) = read(RawFile(path="a.md", name="a.md", data=markdown.encode()))
    return extract(document)


@pytest.fixture
def stated() -> Callable[[str], tuple[Statement, ...]]:
    """The statements of a Markdown text."""
    return statements


@pytest.fixture
def doses() -> Callable[[str], tuple[Dose, ...]]:
    """The doses of a Markdown text."""
    return lambda markdown: tuple(d for s in statements(markdown) for d in doses_of(s))
