"""What persons have decided of doses that looked wrong, or looked right and are not.

A decision belongs to a statement, whose id follows from its content: it outlives the removal of
its source and holds again when the same document is added. Each makes a version, and earlier
versions show what was decided by then.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from osler.domain import StatementId


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a statement's dose: that it is right (`cleared`), or is not."""

    statement_id: StatementId
    cleared: bool
    why: str
    who: str
    made_at: str  # ISO 8601, UTC
    version: int  # the first that shows it


def read(
    connection: sqlite3.Connection, version: int, statement_id: StatementId
) -> Decision | None:
    """The last decision on a statement that a version holds."""
    row = connection.execute(
        "SELECT cleared, why, who, made_at, version FROM decisions "
        "WHERE statement = ? AND version <= ? ORDER BY version DESC LIMIT 1",
        (statement_id, version),
    ).fetchone()
    return None if row is None else Decision(statement_id, bool(row[0]), *row[1:])


def kept(connection: sqlite3.Connection, version: int) -> tuple[Decision, ...]:
    """The decisions that hold in a version, the earliest first."""
    rows = connection.execute(
        "SELECT statement, cleared, why, who, made_at, MAX(version) FROM decisions "
        "WHERE version <= ? GROUP BY statement ORDER BY MAX(version)",
        (version,),
    )
    return tuple(Decision(row[0], bool(row[1]), *row[2:]) for row in rows)
