"""The tables of `osler.db`, and opening them.

Content is immutable and addressed by what it says; what a version shows is kept apart from
it: `lifetimes` says from which version to which a source is there, `term_counts` how each
version changed the number of passages that hold a term, `aliases` when a name came.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from osler.domain import errors

SCHEMA_VERSION = 4
DATABASE = "osler.db"
_LEAST_FREE = 1_000_000  # bytes

_TABLES = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE versions (
    number INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,
    what TEXT NOT NULL,
    sources INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    terms INTEGER NOT NULL,          -- total length of all passages, in weighted terms
    embedder TEXT,                   -- the vectors that rank this version, if any
    opstamp INTEGER                  -- tantivy's commit that holds it; NULL until it does
);
CREATE TABLE sources (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    facts TEXT NOT NULL,             -- the Source, as JSON
    title TEXT NOT NULL,
    kind TEXT,
    jurisdiction TEXT,
    year INTEGER,
    status TEXT NOT NULL,            -- as declared; superseded sources are worked out
    supersedes TEXT,                 -- a key in `names`
    text BLOB NOT NULL,              -- zlib
    checksum BLOB NOT NULL,          -- SHA-256 of the text
    suspicions TEXT NOT NULL
);
CREATE INDEX sources_supersedes ON sources (supersedes) WHERE supersedes IS NOT NULL;
CREATE TABLE names (key TEXT NOT NULL, source INTEGER NOT NULL REFERENCES sources,
    PRIMARY KEY (key, source)) WITHOUT ROWID;
CREATE TABLE lifetimes (source INTEGER NOT NULL REFERENCES sources, added INTEGER NOT NULL,
    removed INTEGER, PRIMARY KEY (source, added)) WITHOUT ROWID;
CREATE TABLE aliases (source INTEGER NOT NULL REFERENCES sources, file TEXT NOT NULL,
    version INTEGER NOT NULL, PRIMARY KEY (source, file)) WITHOUT ROWID;
CREATE TABLE files (hash BLOB PRIMARY KEY) WITHOUT ROWID;  -- read to the end, by SHA-256
CREATE TABLE file_sources (hash BLOB NOT NULL, source INTEGER NOT NULL REFERENCES sources,
    PRIMARY KEY (hash, source)) WITHOUT ROWID;
CREATE TABLE sections (
    row INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources,
    path TEXT NOT NULL,              -- JSON
    terms TEXT NOT NULL              -- title and headings, repeated by their weight
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources,
    section INTEGER NOT NULL REFERENCES sections,
    length INTEGER NOT NULL,         -- weighted terms
    terms TEXT NOT NULL
);
CREATE INDEX passages_source ON passages (source);
CREATE TABLE contents (
    row INTEGER PRIMARY KEY REFERENCES passages,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    page INTEGER,
    text TEXT NOT NULL,
    statements BLOB                  -- zlib; NULL: none
);
CREATE TABLE statements (id INTEGER PRIMARY KEY, passage INTEGER NOT NULL REFERENCES passages);
CREATE TABLE held (passage INTEGER PRIMARY KEY REFERENCES passages);
CREATE TABLE term_counts (term TEXT NOT NULL, version INTEGER NOT NULL, change INTEGER NOT NULL,
    PRIMARY KEY (term, version)) WITHOUT ROWID;
"""
_PLAUSIBILITY = """
CREATE TABLE doses (                 -- see `osler.library.doses`
    passage INTEGER NOT NULL REFERENCES passages,
    drug TEXT NOT NULL,
    wording INTEGER NOT NULL,
    routes TEXT NOT NULL,
    unit TEXT NOT NULL,
    per TEXT,
    low REAL NOT NULL,
    high REAL NOT NULL,
    child INTEGER NOT NULL,
    shared INTEGER NOT NULL
);
CREATE INDEX doses_drug ON doses (drug);
CREATE TABLE decisions (             -- see `osler.library.decisions`
    statement TEXT NOT NULL,
    version INTEGER NOT NULL,
    cleared INTEGER NOT NULL,
    why TEXT NOT NULL,
    who TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (statement, version)
) WITHOUT ROWID;
"""
_VOCABULARY = """
CREATE TABLE other_names (           -- see `osler.library.vocabulary`
    phrase TEXT NOT NULL,
    short INTEGER NOT NULL,
    name TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES sources,
    PRIMARY KEY (phrase, short, name, source)
) WITHOUT ROWID;
"""
_NOTICES = """
CREATE TABLE notices (               -- see `osler.library.notices`
    source TEXT NOT NULL,            -- its id
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    pmid TEXT,
    service TEXT,
    found_at TEXT NOT NULL
);
"""
# From this schema to the next; `doctor` then fills the tables that follow from the texts.
_UPGRADES = {1: _PLAUSIBILITY, 2: _VOCABULARY, 3: _NOTICES}


def create(folder: Path, made_at: str) -> None:
    """A new database at version 0 in `folder`, whole or not at all."""
    connection = _connect(folder / DATABASE, "rwc")
    connection.executescript(
        f"BEGIN IMMEDIATE; {_TABLES} {_PLAUSIBILITY} {_VOCABULARY} {_NOTICES} "
        f"PRAGMA user_version = {SCHEMA_VERSION}; "
        f"INSERT INTO versions VALUES (0, '{made_at}', 'created', 0, 0, 0, NULL, NULL); COMMIT;"
    )
    connection.close()


def exists(folder: Path) -> bool:
    """Whether `folder` holds a library's database, and not only the start of making one."""
    path = folder / DATABASE
    if not path.is_file() or path.stat().st_size == 0:
        return False
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return bool(connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())
    except sqlite3.DatabaseError:
        return True
    finally:
        connection.close()


def open_database(folder: Path) -> sqlite3.Connection:
    """The database in `folder`, for reading and (where the folder allows it) writing.

    Raises LibraryNotFound, LibraryTooNew, LibraryCorrupt.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise errors.LibraryNotFound(f"there is no library at {folder}")
    with translated(folder):
        connection = _connect(path, "rw")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            connection.close()
            raise errors.LibraryTooNew(
                f"{folder} has schema {version}; this Osler knows up to {SCHEMA_VERSION}"
            )
        if version < 1:
            connection.close()
            raise errors.LibraryCorrupt(f"{path} is not a library's database")
        _upgrade(connection, version)
    return connection


def _upgrade(connection: sqlite3.Connection, version: int) -> None:
    """Bring an earlier schema up to this one; a library that may not be written stays usable."""
    for earlier in range(version, SCHEMA_VERSION):
        script = f"{_UPGRADES[earlier]} PRAGMA user_version = {earlier + 1};"
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {script} COMMIT;")
        except sqlite3.OperationalError as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
                raise
            connection.executescript(
                _UPGRADES[earlier].replace("CREATE TABLE", "CREATE TEMP TABLE")
            )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=10,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """SQLite's errors as Osler's."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise errors.LibraryFull(f"the disk that holds {folder} is full") from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise errors.LibraryLocked(f"another process is writing to {folder}") from error
        raise errors.LibraryCorrupt(f"the database in {folder} does not read: {error}") from error
    except (OSError, ValueError) as error:
        # Tantivy says ValueError for an index that it could not write.
        full = "No space left" in str(error) or shutil.disk_usage(folder).free < _LEAST_FREE
        if not full:
            raise
        raise errors.LibraryFull(f"the disk that holds {folder} is full") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
