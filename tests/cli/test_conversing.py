"""Chat and ask, one question after another."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from osler.cli.app import app
from osler.cli.errors import USAGE

GUIDE = """# Metformin in type 2 diabetes

In adults with type 2 diabetes the starting dose of metformin is 500 mg orally twice daily.

In adults with type 2 diabetes the maximum dose of metformin is 2,000 mg a day.

# Gliclazide in type 2 diabetes

In adults with type 2 diabetes the starting dose of gliclazide is 40 mg orally once daily.
"""
FIRST = "Starting dose of metformin for type 2 diabetes in an adult?"


def run(*arguments: str | Path, **keywords: Any) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], prog_name="osler", **keywords)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chat")
    (folder / "guide.md").write_text(GUIDE, "utf-8")
    assert run("init", folder / "made").exit_code == 0
    assert run("add", folder / "made", folder / "guide.md", "--no-vectors").exit_code == 0
    return folder / "made"


def chat(library: Path, *lines: str, options: tuple[str | Path, ...] = ()) -> Result:
    result = run("chat", "--library", library, *options, input="\n".join(lines))
    assert result.exit_code == 0
    return result


def test_a_follow_up_is_shown_as_understood_and_answered(library: Path) -> None:
    said = chat(library, FIRST, "and gliclazide?").stdout
    assert "Understood as: What is the starting dose of gliclazide for type 2 diabetes" in said
    assert "40 mg" in said.split("Understood as:")[1]


def test_another_topic_is_told(library: Path) -> None:
    said = chat(library, FIRST, "What is the dose of zinc for diarrhoea?").stdout
    assert "Another topic: nothing is taken from the questions before." in said


def test_the_history_shows_the_questions_in_full(library: Path) -> None:
    said = chat(library, "/history", FIRST, "and the maximum?", "/history").stdout
    assert "Nothing was asked yet." in said
    assert f"1  {FIRST}\n2  and the maximum?\n   = What is the maximum dose of metformin" in said


def test_a_question_is_edited_and_asked_again(library: Path) -> None:
    edited = "Starting dose of gliclazide for type 2 diabetes in an adult?"
    said = chat(library, FIRST, "how often?", f"/edit 1 {edited}", "/history").stdout
    assert said.rstrip().endswith(f"1  {edited}")
    assert "40 mg" in said


def test_words_without_a_subject_go_on_from_what_came_before_the_edited_question(
    library: Path,
) -> None:
    said = chat(library, FIRST, "how often?", "/edit 2 and the maximum?", "/history").stdout
    asked = said[said.rindex("1  ") :]
    assert "2  and the maximum?\n   = What is the maximum dose of metformin" in asked
    assert "how often?" not in asked


@pytest.mark.parametrize("line", ["/edit", "/edit 2 what?", "/edit one what?", "/edit 1"])
def test_an_edit_that_names_no_question_is_refused(library: Path, line: str) -> None:
    assert "/edit N TEXT, with N from 1 to 1" in chat(library, FIRST, line).stderr


def test_facts_are_listed_and_forgotten(library: Path) -> None:
    lines = (FIRST, "what if she weighs 61 kg, eGFR 50?", "/patient", "/forget weight", "/patient")
    _, before, after = chat(library, *lines).stdout.rpartition("Changed: weight 61 kg withdrawn")
    assert before
    assert "eGFR 50" in after
    assert "weight" not in after


def test_what_the_command_was_given_of_the_patient_is_listed_too(library: Path) -> None:
    options = ("--patient", "weight=61,egfr=50")
    said = chat(library, "/patient", "/forget weight", "/patient", options=options).stdout
    assert said.count("eGFR 50 (--patient)") == 2
    assert said.count("weight 61 kg (--patient)") == 1


def test_what_is_not_known_cannot_be_forgotten(library: Path) -> None:
    assert "nothing is known by the name of “shoes”" in chat(library, FIRST, "/forget shoes").stderr


def test_a_new_conversation_takes_nothing_along(library: Path) -> None:
    said = chat(library, FIRST, "/new", "/patient", "/history").stdout
    assert "Nothing is known of the patient." in said
    assert said.rstrip().endswith("Nothing was asked yet.")


def test_a_chat_goes_on_from_its_file(library: Path, tmp_path: Path) -> None:
    kept = tmp_path / "chat.json"
    chat(library, FIRST, options=("--history", kept))
    said = chat(library, "and the maximum?", options=("--history", kept)).stdout
    assert "1 question from before" in said
    assert "maximum dose of metformin for type 2 diabetes" in said
    assert [t["typed"] for t in json.loads(kept.read_text("utf-8"))["turns"]] == [
        FIRST,
        "and the maximum?",
    ]


def test_a_chat_is_saved_in_the_users_folder_only_if_asked(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    chat(library, FIRST)
    assert not list(tmp_path.rglob("chat.json"))
    chat(library, FIRST, options=("--save",))
    assert len(list(tmp_path.rglob("chat.json"))) == 1


def test_ask_after_earlier_questions(library: Path) -> None:
    asked = run(
        "ask", "and the maximum?", "--after", FIRST, "--after", "and gliclazide?",
        "--after", "no, metformin", "--library", library, "--format", "json",
    )  # fmt: skip
    assert asked.exit_code == 0
    body = json.loads(asked.stdout)
    assert body["thread"]["understood"] == body["question"]
    assert body["question"].startswith("What is the maximum dose of metformin")
    assert body["thread"]["changed_topic"] is False
    assert "type 2 diabetes" in body["thread"]["carried"]
    assert body["bottom_line"][0]["dosages"]


def test_ask_alone_has_no_thread(library: Path) -> None:
    assert "thread" not in json.loads(
        run("ask", FIRST, "--library", library, "--format", "json").stdout
    )


def test_ask_after_an_empty_question_is_refused(library: Path) -> None:
    assert run("ask", "how often?", "--after", " ", "--library", library).exit_code == USAGE
