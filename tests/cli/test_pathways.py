"""Pathways as a person and a program meet them on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from osler.cli.app import app
from osler.cli.errors import FAILURE
from osler.pathways import from_yaml, pathway_names
from osler.pathways.authoring import same
from osler.pathways.loading import read_plan
from osler.pathways.reading import from_json


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], prog_name="osler")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pathways") / "library"
    assert run("init", folder, "--starter", "--no-vectors").exit_code == 0
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pathways") / "bare"
    assert run("init", folder).exit_code == 0
    return folder


def test_the_packaged_pathways_load_with_the_starter_library(library: Path) -> None:
    result = run("pathways", "list", "--library", library)
    assert result.exit_code == 0, result.output
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == list(pathway_names())
    assert result.stdout.count("loads,") == len(pathway_names())


def test_pathways_alone_lists_them(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSLER_LIBRARY", str(library))
    assert run("pathways").stdout == run("pathways", "list").stdout


def test_a_library_without_the_sources_is_told_which_to_add(bare: Path) -> None:
    result = run("pathways", "list", "--library", bare, "--format", "json")
    rows: list[dict[str, Any]] = json.loads(result.stdout)["pathways"]
    assert [row["loads"] for row in rows] == [False] * len(pathway_names())
    assert "add it with osler add" in rows[0]["problems"][0]["details"]


def test_a_folder_s_pathways_are_listed_too(library: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("pathway: mine\ntitle: Mine\nversion: 2.0.0\n", "utf-8")
    result = run("pathways", "list", "--library", library, "--folder", tmp_path)
    assert "Mine\t2.0.0" in result.stdout


def test_check_prints_every_problem_with_its_line_and_both_sides(
    library: Path, tmp_path: Path
) -> None:
    text = run("pathways", "convert", "metformin", "--to", "yaml").stdout
    file = tmp_path / "changed.yaml"
    file.write_text(text.replace("dose: 850 mg once a day", "dose: 850 g once a day"), "utf-8")
    result = run("pathways", "check", file, "--library", library)
    assert result.exit_code == FAILURE
    assert "changed.yaml line " in result.stdout
    assert "start-immediate-once" in result.stdout
    assert "“850 g once a day” is not what the passages have" in result.stdout
    assert "850 mg once a day" in result.stdout
    assert "2 problems: it does not load" in result.stdout


def test_check_of_a_sound_pathway_says_that_it_loads(library: Path) -> None:
    result = run("pathways", "check", "vitamin-b12", "--library", library)
    assert result.exit_code == 0, result.output
    assert "loads" in result.stdout


def test_a_mistake_in_the_yaml_is_told_with_its_line(library: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("pathway: a\naction:\n  - id: x\n    give: y\n    dose: lots\n", "utf-8")
    result = run("pathways", "check", file, "--library", library)
    assert result.exit_code == FAILURE
    assert "bad.yaml line 5: no dose is read in “lots”" in result.stdout


def test_convert_goes_both_ways(tmp_path: Path) -> None:
    plan = read_plan("metformin")
    as_json = run("pathways", "convert", "metformin").stdout
    assert same(from_json(as_json), plan)
    file = tmp_path / "metformin.json"
    file.write_text(as_json, "utf-8")
    assert same(from_yaml(run("pathways", "convert", file).stdout), plan)


def test_table_prints_markdown() -> None:
    assert run("pathways", "table", "metformin").stdout.startswith("# Metformin")


def test_a_name_that_is_none_is_told(library: Path) -> None:
    result = run("pathways", "check", "aspirin", "--library", library)
    assert result.exit_code == FAILURE
    assert "Packaged are: metformin, vitamin-b12" in result.stderr


def test_a_plan_that_costs_too_much_is_refused_by_each_command(tmp_path: Path, bare: Path) -> None:
    costly = "(1|2|3|4|5|6|7|8|9)" + ".select(1|2|3|4|5|6|7|8|9)" * 9 + ".exists()"
    options = [{"valueCoding": {"code": str(n)}} for n in range(10)]
    items = [{"linkId": f"q{n}", "type": "choice", "answerOption": options} for n in range(9)]
    reads = " and ".join(f"%answers.item.where(linkId = 'q{n}').exists()" for n in range(9))

    def when(text: str) -> list[dict[str, object]]:
        expression = {"language": "text/fhirpath", "expression": text}
        return [{"kind": "applicability", "expression": expression}]

    plan = {
        "resourceType": "PlanDefinition", "id": "p", "status": "draft",
        "contained": [
            {"resourceType": "Questionnaire", "id": "q", "status": "draft", "item": items}
        ],
        "action": [{"id": "a", "condition": when(costly)}, {"id": "b", "condition": when(reads)}],
    }  # fmt: skip
    file, patient = tmp_path / "plan.json", tmp_path / "patient.json"
    file.write_text(json.dumps(plan), "utf-8")
    patient.write_text('{"resourceType": "Patient", "id": "x", "birthDate": "1990-01-01"}', "utf-8")
    runner = CliRunner()
    applied = runner.invoke(app, ["apply", str(file), "--patient", str(patient)])
    assert '"too-costly"' in applied.stdout
    tabled = runner.invoke(app, ["pathways", "table", str(file)])
    assert tabled.exit_code == FAILURE
    assert "more than 100,000 items" in tabled.output
    checked = run("pathways", "check", file, "--library", bare)
    assert checked.exit_code in (0, FAILURE)


def test_the_statement_that_a_request_cites_opens(library: Path, tmp_path: Path) -> None:
    patient = tmp_path / "patient.json"
    patient.write_text('{"resourceType": "Patient", "id": "x", "birthDate": "1990-01-01"}', "utf-8")
    made = run("apply", "vitamin-b12", "--patient", patient, "--library", library)
    assert made.exit_code == 0, made.output
    held = json.loads(made.stdout)["contained"]
    ordered = [r for r in held if r["resourceType"] == "MedicationRequest"]
    assert ordered
    assert {r["status"] for r in ordered} == {"draft"}
    for request in ordered:
        cited = [e for e in request["extension"] if e["url"] == "urn:osler:citation"]
        parts = {e["url"]: next(iter(set(e) - {"url"})) for e in cited[0]["extension"]}
        values = {e["url"]: e[parts[e["url"]]] for e in cited[0]["extension"]}
        shown = json.loads(
            run("show", values["statement"], "--library", library, "--format", "json").stdout
        )
        assert shown["text"][values["start"] : values["end"]] == values["quote"]
        assert values["quote"] in shown["statement"]["quote"]
        source = run("show", values["source"], "--library", library, "--format", "json")
        assert json.loads(source.stdout)["text"] == shown["text"]
