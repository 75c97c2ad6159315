"""`osler backup` and `osler restore` of a site on PostgreSQL: every row comes back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row
from site_server import environment_for, run

NewDatabase = Callable[..., str]
TRANSIENT = "shared_cache"
# Something in most tables: people, an answer, an article signed off, a report, a file, a session.
FILL = """
import django; django.setup()
from django.core.cache import cache
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from changing import sign_off
from people import person, session_of
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.promoting import promote
from osler_site.reports.keeping import keep
from osler_site.reports.subjects import subject_at
from osler_site.review.workflow import submit
editor, reviewer = person("ed", Role.EDITOR), person("rhea", Role.REVIEWER)
session_of(editor)
raw = ask("How often is lithium monitored?")
page = promote(raw, editor, title="Lithium: ≥ “quoted” \\\\N\\t")
sign_off(submit(page, editor), reviewer)
promote(raw, editor)
keep(subject_at(raw.get_absolute_url(), "c1"), kind="dose", words="Ünclear\\n\\t", email="")
ApiToken.issue("ward", [Scope.ASK])
Document.objects.create(title="Policy", file=ContentFile(b"%PDF a policy", "policy.pdf"))
cache.set("attempts", 3)
"""
# The restored site works on: it reads, and what it writes gets a key that is free.
GO_ON = """
import django; django.setup()
from wagtail.documents.models import Document
from wagtail.models import Page
from people import person
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
assert not any(Page.find_problems())
assert Document.objects.get().file.read() == b"%PDF a policy"
promote(ask("What is the starting dose of metformin?"), person("new"))
print(ArticlePage.objects.count())
"""


@contextmanager
def connected(address: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    with closing(psycopg.connect(address, row_factory=dict_row, autocommit=True)) as connection:
        yield connection


def contents(address: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table; of every sequence where it stands."""
    found = {}
    with connected(address) as connection:
        kinds = connection.execute(
            "SELECT relname, relkind FROM pg_class WHERE relkind IN ('r', 'S') "
            "AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        for kind in kinds:
            name = kind["relname"]
            columns = "last_value, is_called" if kind["relkind"] == "S" else "*"
            ask = sql.SQL(f"SELECT {columns} FROM {{}}").format(sql.Identifier(name))
            found[name] = sorted(connection.execute(ask).fetchall(), key=repr)
    return found


def laws(address: str) -> list[dict[str, Any]]:
    """The indexes, constraints and triggers."""
    with connected(address) as connection:
        return connection.execute(
            "SELECT indexname AS law FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
            "SELECT conrelid::regclass || ' ' || conname || contype::text || convalidated "
            "FROM pg_constraint WHERE connamespace = 'public'::regnamespace UNION ALL "
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        ).fetchall()


def osler(*arguments: str | Path, data: Path, address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "osler.cli", *map(str, arguments), "--data", str(data)],
        env={**environment_for(data), "DATABASE_URL": address, "OSLER_SECRET_KEY": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def kept(
    on_postgresql: NewDatabase,
    prepared: Path,
    starter_library: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path, Path]:
    """A site that has been worked with, and its backup: address, data folder, file."""
    address, data = on_postgresql("kept"), tmp_path_factory.mktemp("kept")
    file = data.with_suffix(".tar.gz")
    shutil.copy(prepared / "secret-key", data)
    run(FILL, data, DATABASE_URL=address)
    done = osler("backup", file, "--library", starter_library, data=data, address=address)
    assert "the site's data" in done.stdout, done.stderr
    return address, data, file


def test_what_is_restored_into_an_empty_database_is_what_was_kept(
    kept: tuple[str, Path, Path], postgresql: NewDatabase, starter_library: Path, tmp_path: Path
) -> None:
    address, data, file = kept
    empty, library, other = postgresql("empty"), tmp_path / "l", tmp_path / "s"
    done = osler("restore", file, "--library", library, data=other, address=empty)
    assert done.returncode == 0, done.stderr

    before, after = contents(address), contents(empty)
    assert before.pop(TRANSIENT)
    assert after.pop(TRANSIENT) == []
    assert set(after) == set(before)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert sum(1 for rows in after.values() if rows) > 50
    assert len(after["review_signoff"]) == len(after["reports_problemreport"]) == 1
    assert laws(empty) == laws(address)
    with connected(empty) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute("UPDATE review_signoff SET scope = 'nothing'")
    assert (other / "secret-key").read_text() == (data / "secret-key").read_text()
    assert run(GO_ON, other, DATABASE_URL=empty, OSLER_LIBRARY=str(library)) == "3"

    # That site is in use now: it is replaced where that is asked, and not otherwise.
    again = ("restore", file, "--library", tmp_path / "m")
    refused = osler(*again, data=other, address=empty)
    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    assert len(contents(empty)["articles_articlepage"]) == 3
    done = osler(*again, "--force", data=other, address=empty)
    assert done.returncode == 0, done.stderr
    after = contents(empty)
    del after[TRANSIENT]
    assert after == before


def test_a_password_and_what_the_address_asks_of_the_connection_are_used(
    kept: tuple[str, Path, Path], starter_library: Path, tmp_path: Path
) -> None:
    """Of a server that speaks no TLS, a backup that demands it gets nothing."""
    address, data, _ = kept
    file = tmp_path / "second.tar.gz"
    demanding = address.replace("osler@", "osler:s%40cret@") + "?sslmode=require"
    done = osler("backup", file, "--library", starter_library, data=data, address=demanding)
    assert (done.returncode, "SSL" in done.stderr) == (2, True)
    assert "cret" not in done.stderr
    assert not file.exists()
    shown = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    assert "'sslmode': 'require'" in run(shown, data, DATABASE_URL=demanding)
