"""Without PostgreSQL its tests are left out, and that is said; where all is to be run, it fails."""

from __future__ import annotations

import sys

import pytest
import with_postgresql


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("1", 1)])
def test_where_it_is_not_installed(
    ci: str, status: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(with_postgresql, "programs", lambda: None)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(sys, "argv", ["with_postgresql.py", sys.executable, "-c", "print('ran')"])
    assert with_postgresql.main() == status
    said = capfd.readouterr()
    assert "apt-get install postgresql" in said.err
    assert "ran" not in said.out
