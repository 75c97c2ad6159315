"""For every test: what it changes in the environment ends with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest.mock import patch

import pytest


@pytest.fixture(autouse=True)
def environment_given_back() -> Iterator[None]:
    """The site's commands name their folders in the environment of the process they run in."""
    with patch.dict(os.environ):
        yield
