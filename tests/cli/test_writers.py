"""A language model on the command line: ask, chat, and whether it answers at all."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from model_server import Body, Handler, ModelServer, claims_in, echo, in_pieces, running

from osler.cli.app import app
from osler.cli.errors import FAILURE, USAGE
from osler.library import Library

GUIDE = """# Metformin

The maintenance dose of metformin in adults is 500 mg orally twice daily.

Metformin should be taken with food.
"""
QUESTION = "How is metformin taken?"
REWORDED = "With food, metformin should be taken."


def run(*arguments: str | Path, **keywords: Any) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], prog_name="osler", **keywords)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    (folder / "metformin.md").write_text(GUIDE, "utf-8")
    with Library.create(folder / "library") as made:
        made.add([folder / "metformin.md"])
    return folder / "library"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running() as started:
        yield started


def rewords(handler: Handler, body: Body) -> None:
    claims = {
        k: REWORDED if "with food" in text else text.replace("500", "5000")
        for k, text in claims_in(body).items()
    }
    in_pieces(handler, json.dumps(claims, ensure_ascii=False))


def test_ask_shows_what_passes_and_says_who_wrote(library: Path, server: ModelServer) -> None:
    server.reply = rewords
    writer = f"openai:tiny@{server.url}"
    result = run("ask", QUESTION, "--library", library, "--writer", writer)
    assert result.exit_code == 0, result.output
    page = " ".join(result.stdout.split())
    assert REWORDED in page
    assert "5000" not in page
    assert f"worded by tiny at 127.0.0.1:{server.server_port} (on this machine)" in page


def test_the_environment_names_the_writer_and_none_switches_it_off(
    library: Path, server: ModelServer
) -> None:
    server.reply = rewords
    environ = {"OSLER_WRITER": f"openai:tiny@{server.url}"}
    arguments = ("ask", QUESTION, "--library", library, "--format", "json")
    written = json.loads(run(*arguments, env=environ).stdout)
    assert written["writing"]["model"] == "tiny"
    assert written["writing"]["kept"] > 0
    plain = json.loads(run(*arguments, "--writer", "none", env=environ).stdout)
    assert plain["writing"] is None


def test_chat_keeps_one_writer_for_all_questions(library: Path, server: ModelServer) -> None:
    server.reply = rewords
    writer = f"openai:tiny@{server.url}"
    result = run(
        "chat", "--library", library, "--writer", writer, input=f"{QUESTION}\n{QUESTION}\n"
    )
    assert result.exit_code == 0, result.output
    assert " ".join(result.stdout.split()).count(REWORDED) == 2
    assert len(server.requests) == 2


def test_a_dead_writer_costs_no_answer(library: Path) -> None:
    writer = "openai:tiny@http://127.0.0.1:9/v1"
    result = run("ask", QUESTION, "--library", library, "--writer", writer)
    assert result.exit_code == 0, result.output
    assert "should be taken with food" in " ".join(result.stdout.split())
    assert "its server could not be reached" in " ".join(result.stdout.split())


def test_a_remote_writer_is_refused_before_anything_is_asked(library: Path) -> None:
    result = run("ask", QUESTION, "--library", library, "--writer", "openai:x@http://8.8.8.8/v1")
    assert result.exit_code == USAGE
    assert "OSLER_WRITER_REMOTE=yes" in result.stderr
    assert result.stdout == ""


def test_without_a_writer_nothing_of_it_is_loaded(library: Path) -> None:
    import subprocess

    code = (
        "import sys; from osler.cli.app import app\n"
        f"app(['ask', {QUESTION!r}, '--library', {str(library)!r}], standalone_mode=False)\n"
        "print([m for m in sys.modules if m.startswith(('osler.writing', 'pydantic_ai'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


SEPSIS = "Dose of gentamicin in sepsis in a woman aged 78, eGFR 24, allergic to penicillin?"
READ = "Dose of gentamicin in sepsis in a woman aged 78, allergic to penicillin?"


@pytest.fixture
def reads(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """A model that may read questions, and puts every follow-up so; it rewords nothing."""

    def reply(handler: Handler, body: Body) -> None:
        data = claims_in(body)
        said = {"question": READ} if "turn" in data else data
        in_pieces(handler, json.dumps(said, ensure_ascii=False))

    server.reply = reply
    monkeypatch.setenv("OSLER_WRITER", f"openai:tiny@{server.url}")
    monkeypatch.setenv("OSLER_WRITER_READS", "yes")
    return server


def test_chat_says_that_a_model_read_it_and_asks_the_other_reading(
    library: Path, reads: ModelServer
) -> None:
    lines = [SEPSIS, "scrap the kidney thing", "/own", "/history", "/own"]
    result = run("chat", "--library", library, input="\n".join(lines))
    assert result.exit_code == 0
    said = result.stdout
    assert f"Understood as: {READ}" in said
    assert "Read with the help of a language model (tiny, " in said
    assert "11 + 7 tokens" in said
    assert "Changed: eGFR 24 withdrawn" in said
    own = said.split("Osler's own reading: ")[1].split("\n")[0]
    assert "eGFR 24" in own
    assert f"Understood as: {own}" in said.split("/own asks that instead.")[1]
    assert said.rstrip().endswith(f"2  scrap the kidney thing\n   = {own}")
    assert "Osler read the last question by itself" in result.stderr


def test_ask_says_in_json_how_a_model_read_it(library: Path, reads: ModelServer) -> None:
    result = run(
        "ask", "scrap the kidney thing", "--after", SEPSIS, "--library", library,
        "--format", "json",
    )  # fmt: skip
    thread = json.loads(result.stdout)["thread"]
    assert thread["understood"] == READ
    assert "eGFR 24" in thread["own"]
    assert thread["reading"]["question"] == READ
    assert thread["reading"]["model"] == "tiny"


def test_a_dead_model_leaves_the_reading_to_osler(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSLER_WRITER_READS", "yes")
    result = run(
        "ask", "scrap the kidney thing", "--after", SEPSIS, "--library", library,
        "--writer", "openai:tiny@http://127.0.0.1:9/v1",
    )  # fmt: skip
    assert "eGFR 24" in result.stdout.split("Understood as:")[1]
    assert "Osler's own reading stands: its server could not be reached." in result.stdout


def test_check_says_what_is_sent_and_that_it_writes(server: ModelServer) -> None:
    server.reply = echo
    result = run("writer", "check", "--writer", f"openai:tiny@{server.url}")
    assert result.exit_code == 0, result.output
    assert "Do not crush the tablets." in result.stdout
    assert "this machine" in result.stdout
    assert "tokens   11 in\n         7 out\nprice    not known for this model" in result.stdout
    assert "2 sentences kept, 0 replaced · it writes" in result.stdout


def test_check_tells_a_server_that_writes_nothing_usable(server: ModelServer) -> None:
    server.says('{"c1": "Crush the tablets.", "c2": "Crush the tablets."}')
    result = run("writer", "check", "--writer", f"openai:tiny@{server.url}", "--format", "json")
    assert result.exit_code == 0, result.output
    trial = json.loads(result.stdout)
    assert (trial["written"]["kept"], trial["written"]["replaced"]) == (0, 2)
    assert trial["wordings"] == []


def test_check_fails_where_nobody_answers() -> None:
    result = run("writer", "check", "--writer", "openai:tiny@http://127.0.0.1:9/v1")
    assert result.exit_code == FAILURE
    assert "its server could not be reached" in result.stdout


def test_check_wants_a_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OSLER_WRITER", raising=False)
    result = run("writer", "check")
    assert result.exit_code == USAGE
    assert "docs/writing.md" in result.stderr
