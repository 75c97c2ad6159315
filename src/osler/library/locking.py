"""One writer at a time, across processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from osler.domain import errors

_FILE = "writer.lock"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the library's writer lock. Raises LibraryLocked at once where another holds it.

    An exclusive SQLite transaction on a file of its own: the same on every operating system,
    and gone with the process that held it, however that ended.
    """
    with closing(_locked(folder)):
        yield


def _locked(folder: Path) -> sqlite3.Connection:
    connection = None
    try:
        connection = sqlite3.connect(folder / _FILE, timeout=0, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if connection is not None:
            connection.close()
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise errors.LibraryLocked(f"another process is writing to {folder}") from error
        raise errors.LibraryError(
            f"{folder} cannot be written to: {error}",
            help="Check the folder's permissions and the space left on its disk.",
        ) from error
    return connection
