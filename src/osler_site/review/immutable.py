"""The database refuses to change or delete a sign-off, whoever asks."""

from __future__ import annotations

from typing import Any

TABLE = "review_signoff"
_SAYS = "a sign-off is never changed or deleted"

_SQLITE = tuple(
    f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    for event in ("UPDATE", "DELETE")
)
_SQLITE_OFF = tuple(f"DROP TRIGGER {TABLE}_no_{event}" for event in ("update", "delete"))
_POSTGRESQL = (
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$",
    f"CREATE TRIGGER {TABLE}_immutable BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
)
_POSTGRESQL_OFF = (
    f"DROP TRIGGER {TABLE}_immutable ON {TABLE}",
    f"DROP FUNCTION {TABLE}_refuse()",
)
_ON = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_OFF = {"sqlite": _SQLITE_OFF, "postgresql": _POSTGRESQL_OFF}


def protect(connection: Any) -> None:
    """Put the triggers in place."""
    _run(connection, _ON)


def unprotect(connection: Any) -> None:
    """Take them away: to undo the migration, nothing else."""
    _run(connection, _OFF)


def _run(connection: Any, statements: dict[str, tuple[str, ...]]) -> None:
    if connection.vendor not in statements:
        raise NotImplementedError(f"sign-offs cannot be protected on {connection.vendor}")
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
