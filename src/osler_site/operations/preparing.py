"""Bringing a site to this version's shape: database, first pages, static files, articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from osler_site.environment import environment

Say = Callable[[str], object]
_ONE_AT_A_TIME = 4_711_2025  # the number of PostgreSQL's advisory lock


def set_up_django() -> None:
    """Make the settings and models usable in this process."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler_site.settings")
    environment().site_data.mkdir(parents=True, exist_ok=True)
    django.setup()


def prepare(say: Say) -> None:
    """Make what is missing. Raises LibraryNotFound where there is no library to serve.

    Only one process does it at a time: a second one waits and finds it done.
    """
    from osler.library import Library

    Library.open(environment().library).close()
    prepare_database(say)
    from osler_site.seeding.seed import seed

    with _alone(environment().site_data):
        _collect_static(say)
        if environment().starter_articles:
            seed(say)


def prepare_database(say: Say) -> None:
    """Migrations, the first pages and the roles: all that accounts need."""
    set_up_django()
    from django.core.management import call_command

    from osler_site.operations.bootstrap import bootstrap

    with _alone(environment().site_data):
        if _migrations_are_missing():
            say("preparing the database (up to a minute the first time)")
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        call_command("createcachetable", verbosity=0)
        bootstrap()


def _migrations_are_missing() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static(say: Say) -> None:
    """Static files under names that hold their hash, compressed; again when one has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    state = "\n".join(
        f"{name} {path.stat().st_mtime_ns} {path.stat().st_size}"
        for finder in get_finders()
        for name, storage in sorted(finder.list(None), key=lambda found: found[0])
        if (path := Path(storage.path(name)))
    )
    marker = Path(settings.STATIC_ROOT) / "collected-from"
    if marker.is_file() and marker.read_text("utf-8") == state:
        return
    say("collecting style sheets and scripts")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, skip_checks=True)
    marker.write_text(state, "utf-8")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process prepares this site's data, here or on another host."""
    from django.db import connection

    with closing(sqlite3.connect(folder / "preparing.lock", timeout=600)) as lock:
        lock.execute("BEGIN EXCLUSIVE")  # gone with the process that held it, however it ended
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
