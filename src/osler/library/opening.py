"""Creating and opening: the database and the index are brought to agree.

SQLite commits first and is the system of record. An index that is behind catches up from it;
one that is ahead, of another commit, or broken is built anew. A reader that may not write (the
folder is read-only, or a writer is at work) shows the last version that the index does hold.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from osler.domain import errors
from osler.library import index, schema
from osler.library.index import Broken, Index, IndexWriter
from osler.library.locking import writing
from osler.library.store import latest


def create(folder: Path) -> None:
    """An empty library in `folder`, which is made if need be.

    Raises UsageError where it holds a library already, LibraryError where it cannot be made.
    """
    if schema.exists(folder):
        raise errors.UsageError(
            f"{folder} already holds a library", help="Add to it with: osler add"
        )
    from osler.library.writing import now

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.LibraryError(f"{folder} cannot be made: {error}") from error
    with schema.translated(folder), writing(folder):
        index.create(folder / index.FOLDER)
        schema.create(folder, now())


def open_folder(folder: Path) -> tuple[sqlite3.Connection, Index]:
    """The database and the index of the library in `folder`, agreeing with each other."""
    connection = schema.open_database(folder)
    with schema.translated(folder):
        try:
            opened = _opened(connection, folder)
            if opened is None:
                try:
                    with writing(folder):
                        repair(connection, folder)
                except errors.LibraryError:
                    opened = _opened(connection, folder, behind=True)
                else:
                    opened = _opened(connection, folder)
        except Broken as error:
            connection.close()
            raise errors.LibraryCorrupt(f"the index does not open: {error}") from error
        if opened is None:
            connection.close()
            raise errors.LibraryCorrupt(f"the index in {folder} is of another library")
    return connection, opened


def _opened(connection: sqlite3.Connection, folder: Path, *, behind: bool = False) -> Index | None:
    """The index, if it holds the latest version (or, with `behind`, an earlier one)."""
    try:
        # The index before the database: a writer at work may then only make it seem behind.
        opened = Index(folder / index.FOLDER)
    except Broken:
        if behind:
            raise
        return None
    newest = latest(connection)
    if behind:
        return opened if opened.version <= newest else None
    return opened if opened.version == newest and _same_commit(connection, opened) else None


def _same_commit(connection: sqlite3.Connection, opened: Index) -> bool:
    (noted,) = connection.execute(
        "SELECT opstamp FROM versions WHERE number = ?", (opened.version,)
    ).fetchone()
    return noted is None or noted == opened.opstamp


def repair(connection: sqlite3.Connection, folder: Path) -> str | None:
    """Bring the index to the latest version; what was done. The caller holds the lock."""
    path = folder / index.FOLDER
    try:
        opened = Index(path)
        sound = opened.version <= latest(connection) and _same_commit(connection, opened)
        version = opened.version
    except Broken:
        sound = False
    if sound and version == latest(connection):
        return None
    if sound:
        try:
            catch_up(connection, path, version)
        except ValueError:  # tantivy's: a file that is in its way, or is not there
            sound = False
    if not sound:
        build_anew(connection, path)
    return "index caught up" if sound else "index built anew"


def build_anew(connection: sqlite3.Connection, path: Path) -> None:
    """Make the index from the database alone."""
    index.create(path)
    catch_up(connection, path, 0)


def catch_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Index what came after `version`."""
    target = latest(connection)
    with IndexWriter(path) as writer:
        for row, source, added, body, heading in connection.execute(
            "SELECT p.row, p.source, f.added, p.terms, s.terms FROM passages p "
            "JOIN sections s ON s.row = p.section "
            "JOIN (SELECT source, MIN(added) AS added FROM lifetimes GROUP BY source) f "
            "ON f.source = p.source WHERE f.added > ? ORDER BY p.row",
            (version,),
        ):
            writer.add(row, source, added, body + heading)
        opstamp = writer.commit(target)
    connection.execute("UPDATE versions SET opstamp = ? WHERE number = ?", (opstamp, target))
