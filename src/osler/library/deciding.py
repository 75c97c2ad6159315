"""Keeping a person's decision on a statement's dose."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from osler.domain import StatementId, errors
from osler.library import decisions, index
from osler.library.decisions import Decision
from osler.library.index import IndexWriter
from osler.library.locking import writing
from osler.library.opening import repair
from osler.library.schema import translated
from osler.library.store import Store, latest
from osler.library.writing import Writer


def decide(
    folder: Path,
    connection: sqlite3.Connection,
    statement_id: StatementId,
    *,
    cleared: bool,
    why: str,
    who: str,
) -> Decision:
    """See `Library.clear` and `Library.suspect`."""
    if not why.strip() or not who.strip():
        raise errors.UsageError(
            "a decision needs a reason and a name",
            help='For example: --clear ID --why "checked against the printed page" --by "A. Name"',
        )
    with translated(folder), writing(folder):
        repair(connection, folder)
        statement = Store(connection, latest(connection)).statement(statement_id)
        with IndexWriter(folder / index.FOLDER) as index_writer:
            Writer(connection, index_writer).decide(
                statement.id, cleared=cleared, why=why.strip(), who=who.strip()
            )
        decided = decisions.read(connection, latest(connection), statement.id)
        assert decided is not None
        return decided
