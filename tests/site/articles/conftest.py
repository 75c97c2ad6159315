"""Articles to be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role


@pytest.fixture
def editor(person: Callable[..., User]) -> User:
    """Who writes."""
    return person("edith", Role.EDITOR)


@pytest.fixture
def publisher(person: Callable[..., User]) -> User:
    """Who decides what is shown."""
    return person("paul", Role.PUBLISHER)


@pytest.fixture
def reviewer(person: Callable[..., User]) -> User:
    """Who reviews."""
    return person("rhea", Role.REVIEWER)
