"""`osler evaluate findings` on a report of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from osler.cli.app import app

RESULT = "Knee pain was lower with exampline than with placebo (P = 0.01)."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = f"ABSTRACT.RESULTS:\n{RESULT}\nNo patient was lost.\n"
    start = text.index(RESULT)
    answer = {
        "prompt_id": "1", "pmcid": "R1", "outcome": "knee pain", "intervention": "exampline",
        "comparator": "placebo", "label": "significantly decreased", "start": start,
        "end": start + len(RESULT),
    }  # fmt: skip
    (tmp_path / "articles.jsonl").write_text(json.dumps({"_id": "R1", "text": text}))
    (tmp_path / "annotations.jsonl").write_text(json.dumps(answer))
    return tmp_path


def test_hits_and_direction_are_printed(folder: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "findings", str(folder)])
    assert result.exit_code == 0, result.output
    assert "hit@1          1.000" in result.output
    assert "macro-F1" in result.output


def test_the_same_as_json(folder: Path) -> None:
    command = ["evaluate", "findings", str(folder), "--format", "json", "--half", "held-out"]
    report = json.loads(CliRunner().invoke(app, command).output)
    assert report["half"] == "held-out"
    assert report["hits"]["answers"][0]["mean"] == 1.0
    assert report["misses"] == []


def test_a_folder_without_the_files_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "findings", str(tmp_path)])
    assert result.exit_code == 2
