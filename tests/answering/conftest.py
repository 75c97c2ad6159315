from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from osler.library import Library
from osler.starter import sources


@pytest.fixture(scope="session", params=["lexical", "hybrid"])
def starter(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The starter library, built from its packaged files, without and with its vectors."""
    folder = tmp_path_factory.mktemp("library") / "starter"
    with Library.create(folder) as library:
        library.add([Path(path) for path in sources()])
        if request.param == "hybrid":
            library.embed()
        assert library.ranking == request.param
    with Library.open(folder) as library:
        yield library
