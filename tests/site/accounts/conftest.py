"""What the tests of accounts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from osler_site import environment as environment_module
from osler_site.environment import Environment


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Starts the process's settings anew: `told(OSLER_REQUIRE_TOTP="true")`."""

    def tell(**variables: Any) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        environment_module.environment.cache_clear()

    yield tell
    environment_module.environment.cache_clear()


@pytest.fixture
def here() -> Environment:
    return environment_module.environment()
