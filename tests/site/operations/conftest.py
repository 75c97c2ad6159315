"""A real server, and a real PostgreSQL, for the tests that need one."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from site_server import Serve, Server, run, start
from with_postgresql import MISSING, programs, running

PREPARE = "from osler_site.operations.preparing import prepare; prepare(print)"
NewDatabase = Callable[..., str]


@pytest.fixture(scope="session")
def prepared(
    migrated_file: Path, starter_library: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A site's data folder after a first start; made once."""
    data = tmp_path_factory.mktemp("prepared") / "site"
    data.mkdir()
    if migrated_file.is_file():
        shutil.copy(migrated_file, data / "osler-site.db")
    run(PREPARE, data)
    return data


@pytest.fixture(scope="session")
def postgresql() -> Iterator[NewDatabase]:
    """Makes databases in a PostgreSQL of the tests' own; gives the address of each."""
    found = programs()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with running(found) as address:

        def new(name: str, like: str = "template1") -> str:
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(command.format(sql.Identifier(name), sql.Identifier(like)))
            return f"{address.rpartition('/')[0]}/{name}"

        yield new


@pytest.fixture(scope="session")
def on_postgresql(prepared: Path, postgresql: NewDatabase) -> NewDatabase:
    """Makes databases of a site after its first start; gives the address of each."""
    run(PREPARE, prepared, DATABASE_URL=postgresql("prepared"))
    return lambda name: postgresql(name, "prepared")


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
