"""Several people at once: one of them claims, one sign-off is made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

RACING = Path(__file__).parent / "racing.py"


def test_of_many_at_once_one_claims_and_one_signs(
    tmp_path: Path, starter_library: Path, migrated_file: Path
) -> None:
    if migrated_file.is_file():  # otherwise the script migrates a database of its own
        shutil.copy(migrated_file, tmp_path / "osler-site.db")
    env = {**os.environ, "OSLER_SITE_DATA": str(tmp_path), "DATABASE_URL": ""}
    ran = subprocess.run(
        [sys.executable, RACING], env=env, capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert result["claims"] == ["AlreadyClaimed"] * 5 + ["done"]
    assert result["signs"] == ["NotAllowed"] * 5 + ["done"]
    assert (result["assignments"], result["sign_offs"]) == (1, 1)
    assert (result["status"], result["live"]) == ("approved", True)
