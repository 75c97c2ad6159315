"""`osler backup` and `osler restore`: everything, in one command each."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from osler.library import Library


def osler(*arguments: str | Path, ok: bool = True) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "osler.cli", *map(str, arguments)],
        env={**os.environ, "DATABASE_URL": "", "OSLER_SECRET_KEY": ""},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert (done.returncode == 0) is ok, done.stderr
    return done.stdout if ok else done.stderr


def rows(data: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(data / "osler-site.db")) as database:
        tables = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "shared_cache"
        ]
        return {t: database.execute(f'SELECT * FROM "{t}" ORDER BY 1').fetchall() for t in tables}


def texts(folder: Path) -> dict[str, str]:
    with Library.open(folder) as library:
        return {s.id: library.text(s.id) for s in library.sources()}


@pytest.fixture
def site_folder(prepared: Path, tmp_path: Path) -> Path:
    """A site with an account, an uploaded file and a key of its own."""
    data = tmp_path / "site"
    data.mkdir()
    shutil.copy(prepared / "osler-site.db", data)
    shutil.copy(prepared / "secret-key", data)
    (data / "media" / "documents").mkdir(parents=True)
    (data / "media" / "documents" / "policy.pdf").write_bytes(b"%PDF a policy")
    with closing(sqlite3.connect(data / "osler-site.db")) as database:
        database.execute(
            "INSERT INTO accounts_user (password, is_superuser, username, first_name, last_name, "
            "email, is_staff, is_active, date_joined) "
            "VALUES ('x', 0, 'ann', 'Ann', 'Example', '', 0, 1, '2026-01-31')"
        )
        database.commit()
    return data


def test_what_is_restored_into_empty_folders_is_what_was_kept(
    site_folder: Path, starter_library: Path, tmp_path: Path
) -> None:
    file, library, data = tmp_path / "all.tar.gz", tmp_path / "l", tmp_path / "s"
    said = osler("backup", file, "--library", starter_library, "--data", site_folder)
    assert "the site's data" in said
    assert file.stat().st_mode & 0o777 == 0o600
    osler("restore", file, "--library", library, "--data", data)
    assert rows(data) == rows(site_folder)
    assert len(rows(data)) > 50
    assert texts(library) == texts(starter_library)
    assert (data / "media" / "documents" / "policy.pdf").read_bytes() == b"%PDF a policy"
    assert (data / "secret-key").read_text() == (site_folder / "secret-key").read_text()
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_site_in_use_and_a_damaged_file_change_nothing(
    site_folder: Path, starter_library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar.gz"
    osler("backup", file, "--library", starter_library, "--data", site_folder)
    library, before = tmp_path / "l", rows(site_folder)
    into = ("--library", library, "--data", site_folder)
    assert "--force" in osler("restore", file, *into, ok=False)
    assert not library.exists()
    whole = file.read_bytes()
    for place in (len(whole) // 3, len(whole) - 2_000):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        osler("restore", file, *into, "--force", ok=False)
    assert not library.exists()
    assert rows(site_folder) == before


def test_the_library_alone_is_kept_and_restored_where_that_is_asked(
    site_folder: Path, starter_library: Path, tmp_path: Path
) -> None:
    file, data = tmp_path / "library.tar.gz", tmp_path / "none"
    where = ("--library", starter_library, "--data", site_folder)
    assert "the site's data" not in osler("backup", file, *where, "--library-only")
    osler("restore", file, "--library", tmp_path / "l", "--data", data)
    assert not data.exists()
