"""`osler apply`: the resource on standard output, faults as an OperationOutcome."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from osler.cli.app import app

FIXTURES = Path(__file__).parents[1] / "pathways" / "fixtures"
PLAN, ANN = str(FIXTURES / "anticoagulant.json"), str(FIXTURES / "ann.json")


@pytest.fixture(autouse=True)
def _no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSLER_LIBRARY", str(tmp_path / "none"))


def osler(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["apply", *arguments])


@pytest.mark.parametrize(("shape", "kind"), [("careplan", "CarePlan"), ("bundle", "Bundle")])
def test_the_result_is_printed_in_the_shape_that_was_asked_for(shape: str, kind: str) -> None:
    result = osler(PLAN, "--patient", ANN, "--shape", shape, "--now", "2026-03-31")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["resourceType"] == kind
    assert "PlanDefinition.action[2].condition[0].expression" in result.stderr


def test_decimals_are_printed_as_they_were_written(tmp_path: Path) -> None:
    text = (FIXTURES / "ann.json").read_text("utf-8").replace('"value": 24,', '"value": 45.0,')
    patient = tmp_path / "patient.json"
    patient.write_text(text, "utf-8")
    result = osler(PLAN, "--patient", str(patient), "--now", "2026-03-31")
    assert '"value": 5.0' in result.stdout


def test_the_text_tells_every_step_and_why() -> None:
    result = osler(PLAN, "--patient", ANN, "--now", "2026-03-31", "--format", "text")
    assert "[ ] Full dose\n        Clearance is at least 30 mL/min: false" in result.stdout
    assert "→ MedicationRequest/reduced-full-dose" in result.stdout


def test_the_text_gives_the_doses_and_the_passages_behind_them() -> None:
    result = osler("vitamin-b12", "--patient", ANN, "--now", "2026-03-31", "--format", "text")
    said = " ".join(result.stdout.split())
    assert "hydroxocobalamin: 1 mg by intramuscular injection on alternate days" in said
    assert "“Where there is neurological involvement, loading is hydroxocobalamin 1 mg" in said
    assert said.endswith("This supports a clinician and does not replace one.")


def test_a_library_that_does_not_hold_the_passages_stops_it(tmp_path: Path) -> None:
    made = CliRunner().invoke(app, ["init", str(tmp_path / "empty")])
    assert made.exit_code == 0
    refused = osler("metformin", "--patient", ANN, "--library", str(tmp_path / "empty"))
    first = outcome(refused)
    assert first["code"] == "not-found"
    assert "metformin--egfr-proposal.md" in first["details"]["text"]


def test_without_any_library_it_says_that_nothing_was_held_against_one() -> None:
    result = osler("metformin", "--patient", ANN)
    assert result.exit_code == 0
    assert "not held against any library" in result.stderr
    assert "not held against" not in osler(PLAN, "--patient", ANN).stderr


def test_the_environment_s_library_counts_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSLER_LIBRARY", str(tmp_path / "empty"))
    assert CliRunner().invoke(app, ["init", str(tmp_path / "empty")]).exit_code == 0
    assert outcome(osler("metformin", "--patient", ANN))["code"] == "not-found"


def test_answers_and_parties_are_taken(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    home = {"linkId": "setting", "answer": [{"valueCoding": {"code": "home"}}]}
    response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [home]}
    answers.write_text(json.dumps(response), "utf-8")
    result = osler(PLAN, "--patient", ANN, "--now", "2026-03-31", "--answers", str(answers),
                   "--encounter", "Encounter/1")  # fmt: skip
    careplan = json.loads(result.stdout)
    assert careplan["encounter"] == {"reference": "Encounter/1"}
    assert [a["id"] for a in careplan["contained"][0]["action"]] == ["dose", "monitor", "home"]


def outcome(result: Result) -> dict[str, Any]:
    assert result.exit_code == 1
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["resourceType"] == "OperationOutcome"
    issue: dict[str, Any] = found["issue"][0]
    return issue


@pytest.mark.parametrize(
    ("patient", "code", "path"),
    [
        ({"resourceType": "Patient", "gender": "banana"}, "code-invalid", ["Patient.gender"]),
        ({"resourceType": "Bundle", "entry": []}, "required", ["Bundle"]),
        ({"resourceType": "Patient", "birthDate": "3026-01-01"}, "value", ["Patient.birthDate"]),
    ],
)
def test_a_patient_with_a_fault_gives_an_operation_outcome(
    patient: dict[str, Any], code: str, path: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "patient.json"
    file.write_text(json.dumps(patient), "utf-8")
    issue = outcome(osler(PLAN, "--patient", str(file)))
    assert (issue["code"], issue["expression"]) == (code, path)


def test_a_file_that_is_no_json_gives_an_operation_outcome(tmp_path: Path) -> None:
    file = tmp_path / "patient.json"
    file.write_text("{", "utf-8")
    assert outcome(osler(PLAN, "--patient", str(file)))["severity"] == "fatal"


@pytest.mark.parametrize(
    "arguments",
    [
        [PLAN],
        ["--patient", ANN],
        [PLAN, "--patient", ANN, "--now", "tomorrow"],
        [PLAN, "--patient", ANN, "--shape", "tree"],
    ],
)
def test_what_cannot_be_asked_ends_with_status_2(arguments: list[str]) -> None:
    assert osler(*arguments).exit_code == 2


def test_other_commands_load_no_pathways() -> None:
    code = (
        "import sys; from osler.cli.app import app; from osler.cli import texts, applying; "
        "print([m for m in sys.modules if m.startswith(('osler.pathways', 'fhirpathpy'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_applying_loads_no_parser_of_others() -> None:
    code = (
        "import sys, osler.pathways; from osler.pathways.elements import is_resource; "
        "is_resource('Patient'); print([m for m in sys.modules if m.startswith('fhirpathpy')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
