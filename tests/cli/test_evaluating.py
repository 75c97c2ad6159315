"""The measures as printed, on a collection small enough to reckon by hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from osler.cli.app import app


@pytest.fixture
def collection(tmp_path: Path) -> list[str]:
    documents = {
        "d1": "Gentamicin is given once a day by infusion.",
        "d2": "Metformin is taken with meals.",
        "d3": "Lithium levels are checked weekly at first.",
    }
    queries = {"q1": "gentamicin infusion", "q2": "metformin meals"}
    (tmp_path / "c.jsonl").write_text(
        "".join(json.dumps({"_id": i, "title": "", "text": t}) + "\n" for i, t in documents.items())
    )
    (tmp_path / "q.jsonl").write_text(
        "".join(json.dumps({"_id": i, "text": t}) + "\n" for i, t in queries.items())
    )
    (tmp_path / "r.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t1\n")
    files = {"--corpus": "c.jsonl", "--queries": "q.jsonl", "--qrels": "r.tsv"}
    return [part for option, name in files.items() for part in (option, str(tmp_path / name))]


def test_retrieval_prints_its_measures(collection: list[str]) -> None:
    command = ["evaluate", "retrieval", *collection, "--tier", "none"]
    result = CliRunner().invoke(app, [*command, "--format", "json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    for name in ("ndcg@10", "recall@10", "mrr@10"):
        assert report[name]["mean"] == 0.5, "the first query is answered, the second is not"
        assert report[name]["low"] <= 0.5 <= report[name]["high"]
    assert report["seconds"] > 0
    assert "ndcg@10      0.500 (" in CliRunner().invoke(app, command).stdout


def test_a_missing_file_is_told(tmp_path: Path, collection: list[str]) -> None:
    collection[1] = str(tmp_path / "none.jsonl")
    result = CliRunner().invoke(app, ["evaluate", "retrieval", *collection, "--tier", "none"])
    assert result.exit_code in (1, 2)
    assert "none.jsonl" in result.stderr
