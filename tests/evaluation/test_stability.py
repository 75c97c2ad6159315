"""Answers to the same question in other words: what stays, what goes, what comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from osler.cli.app import app
from osler.domain.errors import UsageError
from osler.evaluation.stability import evaluate_stability
from osler.library import Library

QUESTION = {
    "id": "cap",
    "topic": "chest",
    "question": "Amoxicillin dose for an adult with pneumonia?",
    "expected": [
        {
            "fact": "500 mg three times daily",
            "dose": {"substance": "amoxicillin", "high": 500, "unit": "mg"},
        }
    ],
}


def write(path: Path, layout: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(layout), "utf-8")
    return path


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write(tmp_path / "q.yaml", {"version": 1, "questions": [QUESTION]})


def rewordings(path: Path, *texts: str) -> Path:
    return write(path / "r.yaml", {"rewordings": [{"id": "cap", "texts": list(texts)}]})


def test_what_stays_the_same_agrees(wards: Library, questions: Path, tmp_path: Path) -> None:
    file = rewordings(tmp_path, "adult, pneumonia: dose of amoxicillin please")
    report = evaluate_stability(wards, questions, rewordings=[file])
    assert report.questions[0].stable
    assert [(r.right, r.total) for r in report.rates] == [(1, 1)] * len(report.rates)


def test_what_came_and_what_went_is_told(wards: Library, questions: Path, tmp_path: Path) -> None:
    child = "Amoxicillin dose for a 3 year old with pneumonia?"
    file = rewordings(tmp_path, child, "Amoxicillin dose, adult, pneumonia?", "Dose of zorbium?")
    report = evaluate_stability(wards, questions, rewordings=[file])
    of_a_child, same, unknown = report.questions[0].rewordings
    assert of_a_child.lost == ("500 mg three times daily",)
    assert "250 mg" in of_a_child.new[0]
    assert not of_a_child.same_top_doses
    assert same.agrees
    assert not unknown.answered
    assert not report.questions[0].stable
    counts = {rate.kind: (rate.right, rate.total) for rate in report.rates}
    assert counts["questions stable"] == (0, 1)
    assert counts["rewordings agreeing"] == (1, 3)
    text = "\n".join(report.lines())
    assert "went: 500 mg three times daily" in text
    assert "came: 250 mg" in text
    assert "answered or abstained otherwise" in text
    assert child not in "\n".join(report.lines(0))


def test_without_a_file_ten_are_made_of_each(wards: Library, questions: Path) -> None:
    assert len(evaluate_stability(wards, questions).questions[0].rewordings) == 10


def test_rewordings_of_other_questions_are_refused(
    wards: Library, questions: Path, tmp_path: Path
) -> None:
    file = write(tmp_path / "r.yaml", {"rewordings": [{"id": "other", "texts": ["x"]}]})
    with pytest.raises(UsageError, match="other questions"):
        evaluate_stability(wards, questions, rewordings=[file])


def test_the_command_prints_rates_and_what_changed(
    wards: Library, questions: Path, tmp_path: Path
) -> None:
    file = rewordings(tmp_path, "Dose of zorbium?")
    command = [
        "evaluate",
        "stability",
        "--library",
        str(wards.folder),
        "--questions",
        str(questions),
    ]
    command += ["--rewordings", str(file)]
    shown = CliRunner().invoke(app, command)
    assert shown.exit_code == 0, shown.output
    assert "questions stable: 0/1" in shown.stdout
    report = json.loads(CliRunner().invoke(app, [*command, "--format", "json"]).stdout)
    assert report["rates"][0]["total"] == 1
    assert report["questions"][0]["rewordings"][0]["lost"] == ["500 mg three times daily"]
