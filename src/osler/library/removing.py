"""Leaving a source out from the next version on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from osler.library import index
from osler.library.index import IndexWriter
from osler.library.locking import writing
from osler.library.opening import repair
from osler.library.schema import translated
from osler.library.store import Store, latest
from osler.library.writing import Writer


def remove(folder: Path, connection: sqlite3.Connection, source: str) -> int:
    """Remove a source by id or name; see `Library.remove`."""
    with translated(folder), writing(folder):
        repair(connection, folder)
        store = Store(connection, latest(connection))
        row = store.row_of_source(source)
        with IndexWriter(folder / index.FOLDER) as index_writer:
            return Writer(connection, index_writer).remove(row, store.source(row).id)
