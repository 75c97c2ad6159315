"""Bad input through the real command line: a clear error, an exit status, and nothing lost."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from osler.cli.app import app
from osler.cli.errors import ABSTAINED, FAILURE, USAGE
from osler.library.locking import writing

GUIDE = """# Metformin

The maintenance dose of metformin in adults is 500 mg orally twice daily.
"""
QUESTION = "maintenance dose of metformin"
CNXML = '<document xmlns="http://cnx.rice.edu/cnxml"><title>T</title><content>{}</content>'


def run(*arguments: str | Path, **keywords: Any) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], prog_name="osler", **keywords)


def assert_told(result: Result, status: int, *words: str) -> None:
    """It ended with `status`, and said `words` and what to do, without a traceback."""
    assert result.exit_code == status, result.output
    assert result.stderr.startswith("osler: "), result.stderr
    assert "Traceback" not in result.output
    for word in words:
        assert word.lower() in result.stderr.lower(), result.stderr
    message, _, help_ = result.stderr.strip().partition("\n")
    assert message
    assert help_.startswith("       "), "it says what to do"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "metformin.md").write_text(GUIDE, "utf-8")
    made = tmp_path / "library"
    assert run("init", made).exit_code == 0
    assert run("add", made, tmp_path / "metformin.md").exit_code == 0
    return made


def answers(library: Path) -> bool:
    result = run("ask", QUESTION, "--library", library)
    return result.exit_code == 0 and "500 mg orally twice daily" in " ".join(result.stdout.split())


def pdf(**options: Any) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, **options)
    canvas.drawString(72, 720, "The dose of inventine is 5 mg once daily.")
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scan() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _ in range(3):
        canvas.rect(72, 72, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture() -> bytes:
    """A PNG, as a scanner writes it and a hand renames it."""
    stream = io.BytesIO()
    Image.new("L", (8, 8)).save(stream, "png")
    return stream.getvalue()


def zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("words.txt", b"0" * 30_000_000)
    return stream.getvalue()


def entity(secret: str) -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE document [<!ENTITY e SYSTEM "{secret}">]>'
    return (head + CNXML.format("<para>a &e; b</para>") + "</document>").encode()


FILES: dict[str, tuple[str, Callable[[], bytes], tuple[str, ...]]] = {
    "a scanned PDF": ("a.pdf", scan, ("text", "ocr")),
    "an encrypted PDF": (
        "a.pdf",
        lambda: pdf(encrypt=StandardEncryption("secret", "owner")),
        ("password",),
    ),
    "a truncated PDF": ("a.pdf", lambda: pdf()[:400], ("the end of the file is missing",)),
    "a picture named as a PDF": ("a.pdf", picture, ("not one", "osler reads markdown")),
    "a text named as a PDF": ("a.pdf", lambda: b"notes\n" * 300, ("is not one",)),
    "a zip bomb": ("a.zip", zip_bomb, ("bomb",)),
    "malformed XML": ("a.cnxml", lambda: CNXML.format("<para>a").encode(), ("line 1",)),
    "wrong encoding": (
        "a.html",
        lambda: b'<html><meta charset="utf-16"><p>words</p>\xff</html>',
        ("utf-16",),
    ),
    "bytes called text": ("a.txt", lambda: bytes(range(256)) * 20, ("not text",)),
    "an empty file": ("a.md", lambda: b" \n", ("empty",)),
    "a format without a reader": ("a.xlsx", lambda: b"PK\x03\x04" + b"\0" * 50, ("cannot read",)),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_read_is_named(what: str, library: Path, tmp_path: Path) -> None:
    name, make, words = FILES[what]
    file = tmp_path / "bad" / name
    file.parent.mkdir()
    file.write_bytes(make())
    assert_told(run("add", library, file), FAILURE, name, *words)
    assert answers(library)


@pytest.mark.parametrize("what", FILES)
def test_it_does_not_keep_the_others_out(what: str, library: Path, tmp_path: Path) -> None:
    name, make, _ = FILES[what]
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / name).write_bytes(make())
    (folder / "z.md").write_text("# Gout\n\nThe dose of colchicine is 500 micrograms.\n", "utf-8")
    result = run("add", library, folder, "--format", "json")
    report = json.loads(result.stdout)["report"]
    assert len(report["added"]) == 1
    named = [each["path"] for each in (*report["failed"], *report["skipped"])]
    assert result.exit_code == (FAILURE if report["failed"] else 0)
    if what != "a format without a reader":
        assert len(named) == 1
        assert named[0].startswith(f"mixed/{name}")
    assert answers(library)


def test_html_of_100_mb_is_refused(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as stream:
        stream.write(b"<html><body><p>words</p>")
        stream.seek(100_000_000)
        stream.write(b"</body></html>")
    assert_told(run("add", library, path), FAILURE, "big.html", "larger than 50 MB")
    assert answers(library)


def test_no_external_entity_is_read(library: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("TOPSECRET")
    path = tmp_path / "a.cnxml"
    path.write_bytes(entity((tmp_path / "secret.txt").as_uri()))
    assert_told(run("add", library, path), FAILURE, "entity")
    found = json.loads(run("search", "secret", "--library", library, "--format", "json").stdout)
    assert "TOPSECRET" not in json.dumps(found["hits"])


def test_a_path_that_does_not_exist(library: Path, tmp_path: Path) -> None:
    assert_told(run("add", library, tmp_path / "nowhere.md"), USAGE, "nowhere.md")
    assert_told(run("ask", QUESTION, "--library", tmp_path / "none"), FAILURE, "osler init")
    assert_told(run("add", tmp_path / "none", tmp_path / "metformin.md"), FAILURE, "osler init")
    assert_told(
        run("restore", tmp_path / "none.tar.gz", "--library", tmp_path / "x"), USAGE, "none.tar"
    )


@pytest.mark.parametrize(
    "question", ["", "  \n", "?" * 500, "x" * 10_001, "dose of metformin " + "é" * 9_983]
)
def test_a_question_that_is_none(question: str, library: Path) -> None:
    assert_told(run("ask", question, "--library", library), USAGE)
    assert_told(run("ask", "-", "--library", library, input=question), USAGE)


@pytest.mark.parametrize(
    "question",
    [
        "x" * 10_000,
        "dose of metformin " + "é" * 9_982,
        "Wie hoch ist die Erhaltungsdosis von Digoxin bei Erwachsenen?",
        "二甲双胍的维持剂量是多少?",
        "ما هي جرعة الوارفارين؟",
        "\x00\ud800 \u202e dose",
        "'; DROP TABLE sources; -- \" * ( ) AND OR NOT ^ ~",
    ],
    ids=["10,000", "10,000 é", "German", "Chinese", "Arabic", "odd", "syntax"],
)
def test_a_question_that_cannot_be_answered_is_abstained_on(question: str, library: Path) -> None:
    for form in ("json", "text", "html", "markdown"):
        result = run("ask", question, "--library", library, "--format", form)
        assert result.exit_code in (0, ABSTAINED), result.output
        assert result.stdout
        assert result.stderr == ""
    assert answers(library)


def test_an_empty_library_abstains_with_every_array(tmp_path: Path) -> None:
    assert run("init", tmp_path / "library").exit_code == 0
    result = run("ask", QUESTION, "--library", tmp_path / "library", "--format", "json")
    assert result.exit_code == ABSTAINED
    answer = json.loads(result.stdout)
    assert answer["answered"] is False
    arrays = ("bottom_line", "sections", "conflicts", "safety_notices", "references", "follow_ups")
    assert {name: answer[name] for name in arrays} == {name: [] for name in arrays}
    assert answer["abstention"]["nearby"] == []
    assert answer["library_version"] == 0


@pytest.mark.parametrize("how", ["deleted", "garbled"])
def test_a_corrupt_index_is_built_anew(how: str, library: Path) -> None:
    index = library / "index"
    if how == "deleted":
        shutil.rmtree(index)
    else:
        (index / "meta.json").write_text("{")
    assert answers(library)
    assert run("doctor", library).stdout.rstrip().endswith("sound")


def test_a_half_written_library(library: Path, tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "osler.db").touch()
    assert_told(run("ask", QUESTION, "--library", tmp_path / "half"), FAILURE, "half")
    whole = (library / "osler.db").read_bytes()
    (library / "osler.db").write_bytes(whole[: len(whole) // 2])
    for extra in library.glob("osler.db-*"):
        extra.unlink()
    for command in (["ask", QUESTION, "--library", library], ["sources", library]):
        result = run(*command)
        assert result.exit_code in (0, FAILURE), result.output
        assert "Traceback" not in result.output
    assert run("doctor", library).exit_code == FAILURE


def test_a_library_of_a_newer_schema_is_left_alone(library: Path, tmp_path: Path) -> None:
    with sqlite3.connect(library / "osler.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    for command in (
        ["ask", QUESTION, "--library", library],
        ["add", library, tmp_path / "metformin.md"],
        ["doctor", library],
        ["backup", tmp_path / "b.tar.gz", "--library", library],
    ):
        assert_told(run(*command), FAILURE, "schema 99", "upgrade")
    assert not (tmp_path / "b.tar.gz").exists()


def test_the_second_of_two_writers_is_told(library: Path, tmp_path: Path) -> None:
    with writing(library):
        for command in (
            ["add", library, tmp_path / "metformin.md"],
            ["remove", library, "metformin.md"],
            ["doctor", library],
        ):
            assert_told(run(*command), FAILURE, "another process is writing", "wait")
        assert answers(library)
        assert run("backup", tmp_path / "b.tar.gz", "--library", library).exit_code == 0
    assert run("add", library, tmp_path / "metformin.md").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("sources", "nowhere"), FAILURE, "no library"),
        (("ask", "dose?", "--nonsense"), USAGE, "--nonsense"),
        (("evaluate", "gate", "--nonsense"), USAGE, "--nonsense"),
    ],
)
def test_errors_are_json_too_where_json_is_asked_for(
    arguments: tuple[str, ...], status: int, said: str
) -> None:
    plain = CliRunner().invoke(app, arguments)
    result = CliRunner().invoke(app, [*arguments, "--format", "json"])
    assert result.exit_code == plain.exit_code == status
    error = json.loads(result.stdout)["error"]
    assert set(error) == {"message", "help"}
    assert said in error["message"]
    assert plain.stdout == ""
    assert error["message"].splitlines()[0] in result.stderr


def test_front_matter_that_fits_nothing_is_told_and_the_file_added(tmp_path: Path) -> None:
    library, guide = tmp_path / "library", tmp_path / "guide.md"
    guide.write_text(f"---\nkind: nonsense\nyear: soon\ncolour: red\n---\n\n{GUIDE}")
    CliRunner().invoke(app, ["init", str(library)])
    result = CliRunner().invoke(
        app, ["add", str(library), str(guide), "--no-vectors", "--format", "json"]
    )
    assert result.exit_code == 0
    report = json.loads(result.stdout)["report"]
    assert len(report["added"]) == 1
    kind, year = report["warnings"]
    assert "nonsense" in kind["message"]
    assert "guideline summary" in kind["message"]
    assert "soon" in year["message"]
    assert "nonsense" in result.stderr
    listed = CliRunner().invoke(app, ["sources", str(library), "--format", "json"])
    assert json.loads(listed.stdout)["sources"][0]["kind"] is None


def test_what_shares_nothing_with_the_question_is_not_nearby(tmp_path: Path) -> None:
    """ "Newborn" alone brings statistics of newborns; two words of the question are a subject."""
    library = tmp_path / "library"
    (tmp_path / "a.md").write_text("# Health\n\nNewborn mortality is 28 deaths in 1,000 births.\n")
    (tmp_path / "b.md").write_text("# Fluids\n\nThe volume of a bolus is small in a newborn.\n")
    CliRunner().invoke(app, ["init", str(library)])
    CliRunner().invoke(app, ["add", str(library), str(tmp_path), "--no-vectors"])
    question = "newborn, bolus volume of qorbium per kg and rate after that?"
    result = CliRunner().invoke(
        app, ["ask", question, "--library", str(library), "--format", "json"]
    )
    assert result.exit_code == ABSTAINED
    near = json.loads(result.stdout)["abstention"]["nearby"]
    assert [each["file"] for each in near] == ["b.md"]
