"""The database keeps what was signed and what was withdrawn, whatever statement is tried."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.review.models import SignOff, Withdrawal
from osler_site.review.workflow import withdraw

pytestmark = pytest.mark.usefixtures("site")
ATTEMPTS = {
    "sqlite": ("UPDATE {} SET title = 'x'", "DELETE FROM {}",
               "REPLACE INTO {0} SELECT * FROM {0}"),
    "postgresql": ("UPDATE {} SET title = 'x'", "DELETE FROM {}", "TRUNCATE {}",
                   "TRUNCATE wagtailcore_page CASCADE"),
}  # fmt: skip


@pytest.fixture
def withdrawn(approved: ArticlePage, publisher: User) -> ArticlePage:
    """An article with a sign-off and a withdrawal."""
    page = withdraw(approved, publisher, "A dose is wrong.")
    connection.check_constraints()  # PostgreSQL truncates no table with checks yet to be made
    return page


@pytest.mark.parametrize("table", ["review_signoff", "review_withdrawal"])
@pytest.mark.parametrize("attempt", ATTEMPTS[connection.vendor])
def test_nothing_changes_or_deletes_a_record(
    withdrawn: ArticlePage, table: str, attempt: str
) -> None:
    with (
        pytest.raises(DatabaseError, match="is never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attempt.format(table))
    assert SignOff.objects.get().title == Withdrawal.objects.get().title == withdrawn.title


def test_the_protection_can_be_put_up_again(withdrawn: ArticlePage) -> None:
    """Its migration is undone and done again as a whole."""
    migration = import_module("osler_site.review.migrations.0006_records_are_immutable")
    editor = SimpleNamespace(connection=connection)
    migration.unprotect(None, editor)
    migration.protect(None, editor)
    with pytest.raises(DatabaseError, match="a withdrawal is never"), transaction.atomic():
        Withdrawal.objects.update(why="x")
