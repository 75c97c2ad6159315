"""The starter library, and patients to apply the packaged pathways to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from osler.library import Library
from osler.starter import sources


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library") / "starter"
    with Library.create(folder) as library:
        library.add([Path(path) for path in sources()])
    with Library.open(folder) as library:
        yield library
