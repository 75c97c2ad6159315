"""Written pairs of passage and claim, scored by kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from osler.cli.app import app
from osler.domain.errors import UsageError
from osler.evaluation.pairs import evaluate_pairs

PASSAGE = "Adults: 500 mg orally three times daily."
PAIRS = [
    {"id": "a", "label": "pass", "kind": "faithful", "claim": "Adults take 500 mg orally tds."},
    {"id": "b", "label": "fail", "kind": "10x dose", "claim": "Adults take 5 g orally tds."},
    {"id": "c", "label": "fail", "kind": "mislabelled", "claim": "Adults take 500 mg tds."},
    {
        "id": "d",
        "label": "pass",
        "kind": "faithful",
        "claim": "Adults take amoxicillin 500 mg orally three times daily.",
        "source": "a.md",
    },
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.yaml"
    pairs = [{"passage": PASSAGE} | pair for pair in PAIRS]
    path.write_text(yaml.safe_dump({"version": 1, "pairs": pairs}), "utf-8")
    return path


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: Amoxicillin\n---\n\nText of ours.\n", "utf-8")
    return folder


def test_pairs_are_counted_by_kind(file: Path, sources: Path) -> None:
    report = evaluate_pairs(file, sources=sources)
    assert (report.caught.right, report.caught.total) == (1, 2)
    assert (report.passed.right, report.passed.total) == (2, 2)
    counts = {rate.kind: (rate.right, rate.total) for rate in report.kinds}
    assert counts == {"faithful": (2, 2), "10x dose": (1, 1), "mislabelled": (0, 1)}
    assert [pair.id for pair in report.pairs if not pair.right] == ["c"]


def test_the_title_of_the_source_is_the_context(file: Path) -> None:
    without = {pair.id: pair for pair in evaluate_pairs(file).pairs}
    assert not without["d"].right
    assert [problem.kind.value for problem in without["d"].problems] == ["substance"]


def test_a_source_that_is_not_there_is_told(file: Path, sources: Path) -> None:
    (sources / "a.md").rename(sources / "b.md")
    with pytest.raises(UsageError, match=r"pair d.*a\.md"):
        evaluate_pairs(file, sources=sources)


def test_the_command_tells_the_problems_of_each_wrong_one(file: Path, sources: Path) -> None:
    command = ["evaluate", "pairs", str(file)]
    shown = CliRunner().invoke(app, command)
    assert shown.exit_code == 0, shown.output
    assert "changed claims caught: 1/2" in shown.stdout
    assert "d (faithful): must pass" in shown.stdout
    assert "substance: 'amoxicillin'" in shown.stdout
    given = CliRunner().invoke(app, [*command, "--sources", str(sources), "--format", "json"])
    report = json.loads(given.stdout)
    assert report["passed"]["right"] == 2
    assert [pair["id"] for pair in report["wrong"]] == ["c"]
