"""Chat, update, backup and restore, as a person meets them; and Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from osler.cli.app import app
from osler.cli.errors import FAILURE, INTERRUPTED, USAGE
from osler.domain.errors import LibraryLocked
from osler.library import Library
from osler.library.locking import writing

GUIDE = """# Metformin

The maintenance dose of metformin in adults is 500 mg orally twice daily.
"""


def run(*arguments: str | Path, **keywords: Any) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], prog_name="osler", **keywords)


def answer(library: Path) -> dict[str, Any]:
    asked = run("ask", "maintenance dose of metformin", "--library", library, "--format", "json")
    printed: dict[str, Any] = json.loads(asked.stdout)
    del printed["elapsed_ms"]
    return printed


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "metformin.md").write_text(GUIDE, "utf-8")
    made = tmp_path / "made"
    assert run("init", made).exit_code == 0
    assert run("add", made, tmp_path / "metformin.md").exit_code == 0
    return made


def test_chat_answers_line_by_line_in_a_pipe(library: Path) -> None:
    lines = "/help\n\nmaintenance dose of metformin\n/sources\n/nonsense\n" + "x" * 10_001
    result = run("chat", "--library", library, input=lines + "\ndose of zorbium\n/quit\nunasked")
    assert result.exit_code == 0
    assert "/quit" in result.stdout
    assert "500 mg orally twice daily" in " ".join(result.stdout.split())
    assert "Metformin" in result.stdout
    assert "there is no /nonsense" in result.stderr
    assert "10,001" in result.stderr
    assert "No answer from this library" in result.stdout
    assert "unasked" not in result.stdout


def test_chat_ends_with_its_input(library: Path) -> None:
    assert run("chat", "--library", library, input="").exit_code == 0


def _listen() -> None:
    """Let Ctrl-C through, even where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is POSIX's")
def test_chat_on_a_terminal_leaves_cleanly_at_ctrl_c(library: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "osler.cli", "chat", "--library", library],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_listen,
    )
    os.close(theirs)
    shown = b""
    while b"osler> " not in shown:
        shown += os.read(ours, 1000)
    time.sleep(0.2)  # the prompt is shown just before typing is waited for
    with process:
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=30)
    os.close(ours)
    assert process.returncode == 0
    assert complaints == b""
    assert b"1 source" in shown


def test_a_backup_is_restored_with_its_answers(library: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "b.tar.gz", tmp_path / "other"
    made = run("backup", file, "--library", library, "--format", "json")
    assert json.loads(made.stdout)["backup"]["sources"] == 1
    assert "1 source" in run("restore", file, "--library", other).stdout
    assert answer(other) == answer(library)
    assert answer(other)["ranking"] == "hybrid"
    for command in (["restore", file, "--library", other], ["backup", file, "--library", library]):
        refused = run(*command)
        assert refused.exit_code == USAGE
        assert "--force" in refused.stderr
        assert run(*command, "--force").exit_code == 0


def test_a_damaged_backup_leaves_the_library_alone(library: Path, tmp_path: Path) -> None:
    before = answer(library)
    file = tmp_path / "b.tar.gz"
    run("backup", file, "--library", library)
    file.write_bytes(file.read_bytes()[:-2000])
    result = run("restore", file, "--library", library, "--force")
    assert result.exit_code == FAILURE
    assert "damaged" in result.stderr
    assert answer(library) == before


def test_update_has_nothing_to_ask_where_all_came_from_files(library: Path) -> None:
    result = run("update", library, "--dry-run")
    assert result.exit_code == 0
    assert "nothing in this library came from a feed" in result.stdout
    report = json.loads(run("update", library, "--format", "json").stdout)["report"]
    assert (report["asked"], report["changes"], report["failed"]) == (0, [], [])


def test_a_name_that_is_no_writer_says_so(library: Path) -> None:
    result = run("ask", "dose of metformin", "--library", library, "--writer", "model")
    assert result.exit_code == USAGE
    assert "“model” names no writer" in result.stderr
    assert "openai:MODEL@http://" in result.stderr
    assert result.stdout == ""


def test_a_library_in_the_folder_that_is_added_is_not_read(library: Path, tmp_path: Path) -> None:
    report = json.loads(run("add", library, tmp_path, "--format", "json").stdout)["report"]
    assert (report["added"], len(report["already_there"]), report["failed"]) == ([], 1, [])


def test_without_vectors_the_ranking_is_by_words(library: Path, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("# Gout\n\nThe dose of colchicine is 500 micrograms.\n")
    assert run("add", library, tmp_path / "more.md", "--no-vectors").exit_code == 0
    assert answer(library)["ranking"] == "lexical"
    assert run("add", library, tmp_path / "more.md").exit_code == 0
    assert answer(library)["ranking"] == "hybrid"


def test_the_embedder_is_chosen_for_the_whole_library(library: Path, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("# Gout\n\nThe dose of colchicine is 500 micrograms.\n")
    assert run("add", library, tmp_path / "more.md", "--no-vectors").exit_code == 0
    assert run("add", library, tmp_path / "more.md", "--embedder", "static").exit_code == 0
    assert answer(library)["ranking"] == "hybrid"
    both = run("add", library, tmp_path / "more.md", "--embedder", "static", "--no-vectors")
    assert both.exit_code == USAGE


def test_an_embedder_that_is_not_there_is_told_and_not_kept(library: Path, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("# Gout\n\nThe dose of colchicine is 500 micrograms.\n")
    told = run("add", library, tmp_path / "more.md", "--embedder", "word2vec")
    assert told.exit_code == USAGE
    assert "no embedding tier 'word2vec'" in told.stderr
    assert run("add", library, tmp_path / "more.md").exit_code == 0
    assert answer(library)["ranking"] == "hybrid"


def chapter(number: int) -> str:
    """Some hundreds of short passages, so that a folder of them takes seconds to read."""
    return f"# Chapter {number}\n\n" + "".join(
        f"## Part {part}\n\nThis is said in part {part} of chapter {number}.\n\n"
        for part in range(300)
    )


@pytest.mark.skipif(os.name != "posix", reason="SIGINT is POSIX's")
def test_ctrl_c_while_adding_loses_nothing(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(24):
        (files / f"{number:02}.md").write_text(chapter(number), "utf-8")
    library = tmp_path / "library"
    assert run("init", library).exit_code == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "osler.cli", "add", library, files],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_listen,
    )
    with process:
        _wait_for_the_writer(library)
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
        said, complained = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED, complained
    assert "stopped" in complained
    assert "resumes" in complained
    assert "Traceback" not in complained
    assert "added" in said
    with Library.open(library) as opened:
        kept = {source.id for source in opened.sources()}
        assert len(kept) < 24
        assert opened.doctor().problems == ()
    resumed = run("add", library, files, "--format", "json", "--no-vectors")
    report = json.loads(resumed.stdout)["report"]
    assert (len(report["added"]), len(report["already_there"])) == (24 - len(kept), len(kept))
    with Library.open(library) as opened:
        assert sorted(source.file for source in opened.sources()) == [
            f"{number:02}.md" for number in range(24)
        ]
        assert opened.doctor().problems == ()


def _wait_for_the_writer(library: Path) -> None:
    for _ in range(600):
        try:
            with writing(library):
                pass
        except LibraryLocked:
            return
        time.sleep(0.05)
    raise AssertionError("it did not begin in half a minute")
