"""osler doctor: suspicious doses, and clearing them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from osler.cli.app import app

USAGE = 2


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    text = "# Bone\n\nZoledronic acid 400 mg intravenously once a month.\n"
    (tmp_path / "bone.md").write_text(text, "utf-8")
    assert run("init", tmp_path / "library").exit_code == 0
    assert run("add", tmp_path / "library", tmp_path / "bone.md", "--no-vectors").exit_code == 0
    return tmp_path / "library"


def suspicious(library: Path) -> list[dict[str, str]]:
    shown = run("doctor", library, "--format", "json")
    assert shown.exit_code == 0, shown.output
    found: list[dict[str, str]] = json.loads(shown.stdout)["health"]["suspicious"]
    return found


def test_doctor_lists_a_suspicious_dose_with_its_reason(library: Path) -> None:
    shown = run("doctor", library).stdout
    (found,) = suspicious(library)
    assert f"suspect  {found['statement_id']} bone.md: 400 mg of zoledronic acid" in shown
    assert "--clear ID --why TEXT" in shown
    assert shown.rstrip().endswith("sound · 1 dose suspicious")


def test_a_dose_is_cleared_and_the_decision_shown(library: Path) -> None:
    (found,) = suspicious(library)
    cleared = run(
        "doctor", library, "--clear", found["statement_id"], "--why", "as printed", "--by", "A. B."
    )
    assert cleared.exit_code == 0, cleared.output
    assert "cleared by A. B." in cleared.stdout
    assert suspicious(library) == []
    shown = run("doctor", library).stdout
    assert f"decided  {found['statement_id']} cleared by A. B." in shown
    assert shown.rstrip().endswith("sound")
    again = run(
        "doctor", library, "--suspect", found["statement_id"], "--why", "no", "--format", "json"
    )
    assert json.loads(again.stdout)["decision"]["cleared"] is False
    assert len(suspicious(library)) == 1


def test_a_decision_needs_a_reason_and_one_statement(library: Path) -> None:
    (found,) = suspicious(library)
    identifier = found["statement_id"]
    assert run("doctor", library, "--clear", identifier).exit_code == USAGE
    both = ("--clear", identifier, "--suspect", identifier, "--why", "x")
    assert run("doctor", library, *both).exit_code == USAGE
    assert run("doctor", library, "--clear", "t_0", "--why", "x").exit_code == 1
    assert len(suspicious(library)) == 1
