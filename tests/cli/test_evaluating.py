"""The measures as printed, on a collection small enough to reckon by hand."""

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from reportlab.pdfgen.canvas import Canvas

from osler.cli.app import app
from osler.evaluation.corruption_sentences import CDC, NSTG, OPENSTAX


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


MODULE = "dosing.txt"
SENTENCES = (
    "Adults: exampline 500 mg orally every 8 hours for 5 days",
    "Exampline 10-20 mg IV once daily; maximum 40 mg daily",
)


def archive(path: Path, name: str, text: str) -> None:
    path.parent.mkdir(parents=True)
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(text.encode())
        tar.addfile(member, io.BytesIO(text.encode()))


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The layout that is measured on, with sentences of ours."""
    text = "Exampline\n\n" + "\n\n".join(f"• {sentence}" for sentence in SENTENCES)
    archive(tmp_path / NSTG, MODULE, text)
    archive(tmp_path / OPENSTAX, "m1.cnxml", "<document><title>Empty</title></document>")
    return tmp_path


def test_the_gate_is_measured_on_claims_made_from_documents(published: Path) -> None:
    command = ["evaluate", "gate", "--data", str(published)]
    result = CliRunner().invoke(app, [*command, "--format", "json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    for whole, kinds in (("caught", "corruptions"), ("accepted", "rewrites")):
        rate = report[whole]
        assert rate["right"] == rate["total"] > 10
        assert rate["low"] < rate["high"] == 1
        assert sum(kind["total"] for kind in report[kinds]) == rate["total"]
    assert report["passed"] == report["refused"] == []
    shown = CliRunner().invoke(app, [*command, "--limit", "3"]).stdout
    assert shown.startswith("corruptions caught: 3/3 = 100.00 %")


def mark(published: Path, low: str) -> Path:
    text = "Exampline\n\n" + "\n\n".join(f"• {sentence}" for sentence in SENTENCES)
    start, said = text.index(SENTENCES[0]), SENTENCES[0]
    row = {
        "document": MODULE,
        "start": start,
        "end": start + len(said),
        "sha256": hashlib.sha256(said.encode()).hexdigest(),
        "mention": [said.index("500"), said.index("500 mg") + 6],
        "low": low,
        "high": low,
        "unit": "mg",
        "per": None,
        "routes": [["oral"]],
        "timing": ["1/8h"],
    }
    path = published / "marks.jsonl"
    path.write_text(json.dumps(row) + "\n")
    return path


@pytest.mark.parametrize(("low", "right"), [("500", 1), ("50", 0)])
def test_mentions_are_counted_field_by_field(published: Path, low: str, right: int) -> None:
    (published / CDC).parent.mkdir()
    (published / CDC).write_bytes(empty_pdf())
    command = ["evaluate", "mentions", "--data", str(published)]
    command += ["--marks", str(mark(published, low))]
    result = CliRunner().invoke(app, [*command, "--format", "json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    counts = {field["kind"]: field["right"] for field in report["fields"]}
    assert counts == {"amount": right, "unit": 1, "route": 1, "timing": 1}
    assert [miss["field"] for miss in report["misses"]] == ["amount"] * (1 - right)
    assert f"amount: {right}/1" in CliRunner().invoke(app, command).stdout


def empty_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("more", [["gate"], ["mentions", "--marks", "none.jsonl"]])
def test_documents_that_are_absent_are_told(tmp_path: Path, more: list[str]) -> None:
    result = CliRunner().invoke(app, ["evaluate", *more, "--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "osler:" in result.stderr
