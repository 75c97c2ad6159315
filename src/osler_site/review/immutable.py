"""The database refuses to change or delete a sign-off or a withdrawal, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import NotSupportedError

_EVENTS = ("UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose rows are added and read, nothing else."""

    table: str
    row: str  # in words

    @property
    def _says(self) -> str:
        return f"{self.row} is never changed or deleted"

    def keep_rows(self, connection: Any) -> None:
        """Refuse to change or delete a row."""
        abort = f"BEGIN SELECT RAISE(ABORT, '{self._says}'); END"
        _run(
            connection,
            sqlite=tuple(
                f"CREATE TRIGGER {self.table}_no_{event.lower()} BEFORE {event} ON {self.table} "
                + abort
                for event in _EVENTS
            ),
            postgresql=(
                f"CREATE FUNCTION {self.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{self._says}'; END $$",
                f"CREATE TRIGGER {self.table}_immutable BEFORE UPDATE OR DELETE ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.table}_refuse()",
            ),
        )

    def keep_table(self, connection: Any) -> None:
        """Refuse what goes by the triggers on rows: REPLACE on SQLite, TRUNCATE on PostgreSQL."""
        _run(
            connection,
            sqlite=(
                f"CREATE TRIGGER {self.table}_no_replace BEFORE INSERT ON {self.table} "
                f"WHEN EXISTS (SELECT 1 FROM {self.table} WHERE id = NEW.id) "
                f"BEGIN SELECT RAISE(ABORT, '{self._says}'); END",
            ),
            postgresql=(
                f"CREATE TRIGGER {self.table}_no_truncate BEFORE TRUNCATE ON {self.table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {self.table}_refuse()",
            ),
        )

    def free_rows(self, connection: Any) -> None:
        """Undo `keep_rows`: to undo its migration, nothing else."""
        _run(
            connection,
            sqlite=tuple(f"DROP TRIGGER {self.table}_no_{event.lower()}" for event in _EVENTS),
            postgresql=(
                f"DROP TRIGGER {self.table}_immutable ON {self.table}",
                f"DROP FUNCTION {self.table}_refuse()",
            ),
        )

    def free_table(self, connection: Any) -> None:
        """Undo `keep_table`: to undo its migration, nothing else."""
        _run(
            connection,
            sqlite=(f"DROP TRIGGER {self.table}_no_replace",),
            postgresql=(f"DROP TRIGGER {self.table}_no_truncate ON {self.table}",),
        )


SIGN_OFFS = Kept("review_signoff", "a sign-off")
WITHDRAWALS = Kept("review_withdrawal", "a withdrawal")


def _run(connection: Any, **statements: tuple[str, ...]) -> None:
    if connection.vendor not in statements:
        raise NotSupportedError(f"records cannot be protected on {connection.vendor}")
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
