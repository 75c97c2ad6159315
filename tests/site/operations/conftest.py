"""A real server for the tests that need one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from site_server import Serve, Server, environment_for, start


@pytest.fixture(scope="session")
def prepared(
    migrated_file: Path, starter_library: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A site's data folder after a first start; made once."""
    data = tmp_path_factory.mktemp("prepared") / "site"
    data.mkdir()
    if migrated_file.is_file():
        shutil.copy(migrated_file, data / "osler-site.db")
    code = "from osler_site.operations.preparing import prepare; prepare(print)"
    subprocess.run([sys.executable, "-c", code], env=environment_for(data), check=True, timeout=300)
    return data


@pytest.fixture
def serve(prepared: Path, tmp_path: Path) -> Iterator[Serve]:
    """Starts servers, each with its own copy of the prepared data unless `data` names another."""
    running: list[Server] = []

    def one(
        *options: str, workers: int = 1, data: Path | None = None, **environment: str
    ) -> Server:
        if data is None:
            data = tmp_path / f"site {len(running)}"
            shutil.copytree(prepared, data)
        log = tmp_path / f"log {len(running)}"
        server = start(data, log, *options, workers=workers, **environment)
        running.append(server)
        return server

    yield one
    for server in running:
        with suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait(30)
        if server.process.stdout:
            server.process.stdout.close()
