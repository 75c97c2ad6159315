"""The site's data in the file of a library's backup: database, uploaded files, secret key."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url

from osler import __version__
from osler.domain.errors import BackupCorrupt, LibraryTooNew, UsageError
from osler_site.environment import environment

_ABOUT, _KEY, _MEDIA = "about.json", "secret-key", "media"
_SQLITE, _POSTGRESQL = "database.sqlite3", "database.pgdump"
_TRANSIENT = ("shared_cache",)  # tables whose rows are worth nothing later
_LONG = 3600  # seconds


@dataclass(frozen=True, slots=True)
class SiteData:
    """The data of the site of this process's settings (a `Beside` of a library)."""

    folder: Path
    database_url: str
    force: bool = False  # replace a site that is not empty

    @property
    def file(self) -> Path:
        """The SQLite database."""
        return self.folder / "osler-site.db"

    def exists(self) -> bool:
        """Whether there is a site to keep."""
        return bool(self.database_url) or self.file.is_file()

    def gather(self, folder: Path) -> None:
        """Copy everything into a folder, the database as of one moment."""
        if self.database_url:
            kind = _POSTGRESQL
            left_out = (f"--exclude-table-data={table}" for table in _TRANSIENT)
            self._run("pg_dump", "--format=custom", f"--file={folder / kind}", *left_out)
        else:
            kind = _SQLITE
            _copy(self.file, folder / kind)
            _make_lean(folder / kind)
        if (self.folder / _MEDIA).is_dir():
            shutil.copytree(self.folder / _MEDIA, folder / _MEDIA)
        (folder / _KEY).write_text(environment().key, "utf-8")
        about = {"database": kind, "engine_version": __version__}
        (folder / _ABOUT).write_text(json.dumps(about), "utf-8")

    def check(self, folder: Path) -> None:
        """Raise where what was kept is damaged, too new, or would replace what is in use."""
        about = _about(folder)
        kind = _POSTGRESQL if self.database_url else _SQLITE
        if about["database"] != kind:
            where, other = ("PostgreSQL", "SQLite")[:: 1 if self.database_url else -1]
            raise UsageError(
                f"the site was kept from {other} and this one is on {where}",
                help="Set or unset DATABASE_URL to restore into the same kind of database.",
            )
        if not self.force and self._is_in_use():
            raise UsageError(
                "there is a site already, with accounts or articles",
                help="Restore into another folder with --data, or replace it with --force.",
            )
        if self.database_url:
            self._run("pg_restore", "--list", str(folder / kind), connect=False)
            return
        with closing(sqlite3.connect(folder / kind)) as database:
            try:
                (sound,) = database.execute("PRAGMA quick_check(1)").fetchone()
            except sqlite3.DatabaseError as error:
                raise BackupCorrupt(f"the site's database is damaged: {error}") from error
        if sound != "ok":
            raise BackupCorrupt(f"the site's database is damaged: {sound}")

    def put_in_place(self, folder: Path) -> None:
        """Put database, uploaded files and key where this site looks for them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.database_url:
            self._run(
                "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
                "--single-transaction", str(folder / _POSTGRESQL),
            )  # fmt: skip
        else:
            # Through SQLite itself, so that a server that still runs sees all of it or nothing.
            _copy(folder / _SQLITE, self.file)
        media = self.folder / _MEDIA
        shutil.rmtree(media, ignore_errors=True)
        if (folder / _MEDIA).is_dir():
            shutil.copytree(folder / _MEDIA, media)
        key = self.folder / _KEY
        key.unlink(missing_ok=True)
        key.touch(mode=0o600)
        key.write_text((folder / _KEY).read_text("utf-8"), "utf-8")

    def _is_in_use(self) -> bool:
        ask = (
            "SELECT EXISTS (SELECT 1 FROM accounts_user) "
            "OR EXISTS (SELECT 1 FROM articles_articlepage)"
        )
        if self.database_url:
            import psycopg

            try:
                with psycopg.connect(self._address()) as connection:
                    return bool(connection.execute(ask).fetchone()[0])  # type: ignore[index]
            except psycopg.errors.UndefinedTable:
                return False
        if not self.file.is_file():
            return False
        with closing(sqlite3.connect(self.file)) as database:
            try:
                return bool(database.execute(ask).fetchone()[0])
            except sqlite3.OperationalError:
                return False  # no such table: never prepared

    @property
    def _said(self) -> dict[str, Any]:
        """What DATABASE_URL says, as Django reads it."""
        return dict(dj_database_url.parse(self.database_url))

    def _address(self, *, password: bool = True) -> str:
        """The database in PostgreSQL's own words, with what is asked of the connection (TLS)."""
        from psycopg.conninfo import make_conninfo

        said = self._said
        names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
        if password:
            names["password"] = "PASSWORD"
        known = {name: said[key] for name, key in names.items() if said[key]}
        return make_conninfo(**known, **said.get("OPTIONS", {}))

    def _run(self, program: str, *arguments: str, connect: bool = True) -> None:
        """Run a program of PostgreSQL's; the password goes by the environment, not by `ps`."""
        found = shutil.which(program)
        if found is None:
            raise UsageError(
                f"{program} is not installed; the site's database needs it",
                help="On Debian or Ubuntu: apt-get install postgresql-client",
            )
        named = [f"--dbname={self._address(password=False)}"] if connect else []
        done = subprocess.run(
            [found, *named, *arguments],
            env={**os.environ, "PGPASSWORD": str(self._said["PASSWORD"] or "")},
            capture_output=True,
            text=True,
            timeout=_LONG,
            check=False,
        )
        if done.returncode:
            reason = done.stderr.strip().splitlines()[:1] or [f"status {done.returncode}"]
            raise UsageError(f"{program} failed: {reason[0]}")


def site_data(*, force: bool = False) -> SiteData:
    """The data of this process's site."""
    return SiteData(environment().site_data, environment().database_url, force)


def _copy(source: Path, target: Path) -> None:
    """A copy of one moment, whoever is writing or reading."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write)


def _make_lean(copy: Path) -> None:
    """Take out rows that are worth nothing later, and the log that a copy needs no more."""
    with closing(sqlite3.connect(copy)) as database:
        held = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        for table in held.intersection(_TRANSIENT):
            database.execute(f'DELETE FROM "{table}"')
        database.commit()
        database.execute("PRAGMA journal_mode = DELETE")


def _about(folder: Path) -> dict[str, str]:
    try:
        said: dict[str, str] = json.loads((folder / _ABOUT).read_text("utf-8"))
        kind = said["database"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupCorrupt("what was kept of the site does not say what it is") from error
    if kind not in (_SQLITE, _POSTGRESQL):
        raise LibraryTooNew("the site was kept by a newer Osler", help="Upgrade Osler.")
    if not (folder / kind).is_file() or not (folder / _KEY).is_file():
        raise BackupCorrupt("the site's database or key is not in the backup")
    return said
