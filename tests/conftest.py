"""For every test: what it changes in the environment ends with it, and no test is timed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import settings

# A busy machine is no fault of what is tested; speed is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def environment_given_back() -> Iterator[None]:
    """The site's commands name their folders in the environment of the process they run in."""
    with patch.dict(os.environ):
        yield
