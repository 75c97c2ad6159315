"""The command line as a person and a program meet it, on a small library of our own."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from osler import __version__
from osler.cli.app import app
from osler.cli.errors import ABSTAINED, FAILURE, USAGE

GUIDE = """---
title: Metformin in adults
organization: Ministry of Fixtures
year: 2021
kind: guideline
jurisdiction: GB
---

# Metformin

## Maintenance

The maintenance dose of metformin in adults is 500 mg orally twice daily.

Check the eGFR every 12 months in adults who take metformin.
"""


def run(*arguments: str | Path, **keywords: Any) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], prog_name="osler", **keywords)


def printed(*arguments: str | Path) -> Any:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    (folder / "metformin.md").write_text(GUIDE, "utf-8")
    library = folder / "made"
    assert run("init", library).exit_code == 0
    result = run("add", library, folder / "metformin.md")
    assert result.exit_code == 0, result.output
    return library


@pytest.mark.parametrize("release", ["R4", "R5"])
def test_an_answer_is_printed_as_a_fhir_document(release: str, library: Path) -> None:
    as_fhir = ("--library", library, "--format", "fhir", "--fhir-version", release)
    result = run("ask", "maintenance dose of metformin", *as_fhir)
    assert result.exit_code == 0
    bundle = json.loads(result.stdout)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert (bundle["type"], kinds[0]) == ("document", "Composition")
    assert ("Citation" in kinds) == (release == "R5")
    assert datetime.fromisoformat(bundle["timestamp"]).tzinfo is not None
    abstained = run("ask", "dose of zorbium", *as_fhir)
    assert abstained.exit_code == ABSTAINED
    assert "OperationOutcome" in abstained.stdout


def test_version() -> None:
    assert run("--version").stdout.strip() == f"osler {__version__}"


def test_sources_lists_what_was_added(library: Path) -> None:
    (source,) = printed("sources", library)["sources"]
    assert source["title"] == "Metformin in adults"
    assert source["file"] == "metformin.md"
    assert source["year"] == 2021
    text = run("sources", library).stdout
    assert "Metformin in adults" in text
    assert "1 source" in text


def test_adding_the_same_again_adds_nothing(library: Path) -> None:
    report = printed("add", library, library.parent / "metformin.md")["report"]
    assert report["added"] == []
    assert len(report["already_there"]) == 1


def test_an_answer_as_json_quotes_its_source_exactly(library: Path) -> None:
    answer = printed("ask", "maintenance dose of metformin in adults", "--library", library)
    assert answer["answered"] is True
    assert answer["abstention"] is None
    cited = answer["bottom_line"][0]["citations"][0]
    text = printed("show", cited["source_id"], "--library", library)["text"]
    assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert "500 mg orally twice daily" in cited["quote"]
    for key in ("sections", "conflicts", "safety_notices", "references", "follow_ups"):
        assert isinstance(answer[key], list), key


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_answer_for_people_holds_the_dose(form: str, library: Path) -> None:
    result = run("ask", "maintenance dose of metformin", "--library", library, "--format", form)
    assert result.exit_code == 0
    assert "500 mg orally twice daily" in " ".join(result.stdout.split())
    assert "Educational purpose only" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("--audience", "patient"), ("500 mg by mouth twice a day", "When to get help")),
        (("--audience", "nurse"), ("500 mg orally twice a day", "How to give it safely")),
        (("--audience", "pharmacist"), ("Check before it is handed out", "Kidneys: ask")),
        (("--audience", "student"), ("How to read this answer",)),
        (
            ("--audience", "patient", "--language", "es"),
            ("metformin (mantenimiento): 500 mg por vía oral dos veces al día", "En inglés"),
        ),
        ((), ("500 mg orally twice daily",)),
    ],
)
@pytest.mark.parametrize(
    "asked", [("ask", "maintenance dose of metformin"), ("overview", "metformin")]
)
def test_an_answer_is_worded_for_its_reader(
    asked: tuple[str, str], arguments: tuple[str, ...], shown: tuple[str, ...], library: Path
) -> None:
    result = run(*asked, "--library", library, *arguments)
    assert result.exit_code == 0, result.output
    for words in shown:
        assert words in " ".join(result.stdout.split()), words


def test_a_summary_and_a_conversation_are_worded_too(library: Path) -> None:
    reader = ("--audience", "patient", "--library", library)
    summary = run("summarize", "metformin.md", *reader)
    assert "500 mg by mouth twice a day" in " ".join(summary.stdout.split())
    spoken = run("chat", *reader, "--language", "es", input="maintenance dose of metformin?\n")
    assert "500 mg por vía oral dos veces al día" in " ".join(spoken.stdout.split())


def test_json_of_a_worded_answer_has_both_texts(library: Path) -> None:
    answer = printed(
        "ask", "maintenance dose of metformin", "--library", library, "--audience", "patient"
    )
    claim = answer["bottom_line"][0]
    assert "by mouth" in claim["text"]
    assert "orally" in claim["composed"]
    assert [box["kind"] for box in answer["boxes"]] == ["meaning", "help"]
    assert (answer["audience"], answer["language"]) == ("patient", "en")


def test_a_question_from_standard_input(library: Path) -> None:
    result = run("ask", "-", "--library", library, input="maintenance dose of metformin?")
    assert result.exit_code == 0
    assert "500 mg" in result.stdout


def test_an_abstention_prints_its_json_with_every_array_and_exits_3(library: Path) -> None:
    result = run("ask", "dose of warfarin in children", "--library", library, "--format", "json")
    assert result.exit_code == ABSTAINED
    answer = json.loads(result.stdout)
    assert answer["answered"] is False
    assert answer["abstention"]["reason"]
    assert answer["bottom_line"] == answer["sections"] == answer["conflicts"] == []


def test_the_library_of_the_environment(library: Path) -> None:
    result = run("search", "metformin", env={"OSLER_LIBRARY": str(library)})
    assert result.exit_code == 0
    assert "metformin" in result.stdout


def test_search_gives_passages_with_their_place(library: Path) -> None:
    found = printed("search", "metformin maintenance", "--library", library, "-k", "3")
    (hit, *_) = found["hits"]
    text = printed("show", hit["source_id"], "--library", library)["text"]
    assert text[hit["start"] : hit["end"]] == hit["text"]
    assert hit["statement_ids"]


def test_show_prints_a_statement_in_its_place(library: Path) -> None:
    hit = printed("search", "metformin maintenance dose", "--library", library)["hits"][0]
    shown = printed("show", hit["statement_ids"][0], "--library", library)
    statement = shown["statement"]
    assert shown["text"][statement["start"] : statement["end"]] == statement["quote"]
    text = run("show", hit["statement_ids"][0], "--library", library).stdout
    assert statement["statement_id"] in text
    assert "Metformin in adults" in text


def test_show_finds_a_source_by_its_file_name(library: Path) -> None:
    assert printed("show", "metformin.md", "--library", library)["source"]["file"] == "metformin.md"


def test_doctor_finds_a_sound_library_sound(library: Path) -> None:
    assert printed("doctor", library)["sound"] is True
    assert run("doctor", library).stdout.splitlines()[-1] == "sound"


def test_a_removed_source_is_gone_and_its_version_remains(tmp_path: Path) -> None:
    (tmp_path / "metformin.md").write_text(GUIDE, "utf-8")
    library = tmp_path / "l"
    run("init", library)
    before = printed("add", library, tmp_path / "metformin.md")["library_version"]
    assert printed("remove", library, "metformin.md")["library_version"] > before
    assert printed("sources", library)["sources"] == []
    question = ("ask", "maintenance dose of metformin in adults", "--library", library)
    assert run(*question).exit_code == ABSTAINED
    assert printed(*question, "--at", str(before))["answered"] is True


def test_check_names_what_is_wrong() -> None:
    passage = "Give 1000 micrograms of hydroxocobalamin intramuscularly every 2 months."
    right = ("check", "--passage", passage, "--claim")
    claim = "Hydroxocobalamin 1 mg intramuscularly every 2 months."
    assert printed(*right, claim) == {"supported": True, "problems": []}
    wrong = printed(*right, claim.replace("1 mg", "1000 mg"))
    assert wrong["supported"] is False
    assert {p["kind"] for p in wrong["problems"]} & {"amount", "unit"}
    assert "not supported" in run(*right, claim.replace("1 mg", "1000 mg")).stdout


def test_check_reads_pairs_line_by_line(tmp_path: Path) -> None:
    pair = {"id": "a", "claim": "Give 5 mg daily.", "passage": "Give 5 mg daily."}
    file = tmp_path / "pairs.jsonl"
    file.write_text(f"{json.dumps(pair)}\n{json.dumps(pair | {'id': 'b', 'claim': '6 mg'})}\n")
    result = run("check", "--pairs", file, "--format", "json")
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["id"], first["supported"]) == ("a", True)
    assert (second["id"], second["supported"]) == ("b", False)


def test_dosage_reads_a_sentence() -> None:
    (dosage,) = printed("dosage", "Take 500 mg orally twice daily.")["dosages"]
    assert (dosage["low"], dosage["unit"], dosage["route"]) == (500, "mg", "oral")
    fhir = json.loads(run("dosage", "Take 500 mg orally twice daily.", "--format", "fhir").stdout)
    assert fhir[0]["timing"]["repeat"]["frequency"] == 2
    assert "500 mg" in run("dosage", "Take 500 mg orally twice daily.").stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", ""], USAGE),
        (["ask", "   "], USAGE),
        (["ask", "x" * 10_001], USAGE),
        (["ask", "dose of metformin", "--patient", "shoe=42"], USAGE),
        (["ask", "dose of metformin", "--audience", "nobody"], USAGE),
        (["ask", "dose of metformin", "--language", "xx"], USAGE),
        (["chat", "--language", "xx"], USAGE),
        (["ask"], USAGE),
        (["nonsense"], USAGE),
        (["search", " "], USAGE),
        (["dosage", ""], USAGE),
        (["check", "--claim", "x"], USAGE),
        (["ask", "dose of metformin", "--at", "999"], FAILURE),
        (["show", "s_0000000000000000"], FAILURE),
        (["check", "--pairs", "no-such-file.jsonl"], FAILURE),
    ],
)
def test_a_bad_request_says_what_to_do(arguments: list[str], status: int, library: Path) -> None:
    result = run(*arguments, env={"OSLER_LIBRARY": str(library)})
    assert result.exit_code == status, result.output
    assert result.stderr.strip()
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "question",
    ["dose of metformin " + "é" * 9_982, "Quelle est la dose de métronidazole ?", "甲硝唑的剂量"],
)
def test_a_long_or_foreign_question_is_handled(question: str, library: Path) -> None:
    result = run("ask", question, "--library", library)
    assert result.exit_code in (0, ABSTAINED)
    assert result.stdout


def test_no_library_says_how_to_make_one(tmp_path: Path) -> None:
    result = run("ask", "dose of metformin", "--library", tmp_path / "none")
    assert result.exit_code == FAILURE
    assert result.stderr.startswith("osler: ")
    assert "osler init" in result.stderr


def test_a_path_that_is_not_there_fails(library: Path) -> None:
    result = run("add", library, library.parent / "no-such-file.md")
    assert result.exit_code in (FAILURE, USAGE)
    assert "no-such-file.md" in result.stderr


def test_help_comes_without_loading_the_engine() -> None:
    heavy = "numpy tantivy lxml pydantic rich httpx jinja2 osler.library"
    code = (
        "import sys; from osler.cli.app import app; app(['--help'], standalone_mode=False); "
        f"print([m for m in {heavy.split()!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert "Answer a clinical question." in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
