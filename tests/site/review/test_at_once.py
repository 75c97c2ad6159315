"""Several people at once: one of them claims, one sign-off is made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

RACING = Path(__file__).parent / "racing.py"


def own_database() -> str:
    """The address of a database that holds nothing; empty where the tests run on SQLite."""
    address = os.environ["DATABASE_URL"]
    if not address:
        return ""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS racing")
        connection.execute("CREATE DATABASE racing")
    return f"{address.rpartition('/')[0]}/racing"


def test_of_many_at_once_one_claims_and_one_signs(
    tmp_path: Path, starter_library: Path, migrated_file: Path
) -> None:
    if migrated_file.is_file():  # otherwise the script migrates a database of its own
        shutil.copy(migrated_file, tmp_path / "osler-site.db")
    env = {**os.environ, "OSLER_SITE_DATA": str(tmp_path), "DATABASE_URL": own_database()}
    ran = subprocess.run(
        [sys.executable, RACING], env=env, capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert result["claims"] == ["AlreadyClaimed"] * 5 + ["done"]
    assert result["signs"] == ["NotAllowed"] * 5 + ["done"]
    assert (result["assignments"], result["sign_offs"]) == (1, 1)
    assert (result["status"], result["live"]) == ("approved", True)
