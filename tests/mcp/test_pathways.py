"""Pathways through the server, over both transports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from osler.library import Library
from osler.pathways import pathway_names

Session = Any
ANSWERS = {
    "deficiency": "confirmed",
    "phase": "finished",
    "cause": "bypass",
    "absorption": "malabsorption",
    "neurology": "no",
    "renal": "impaired",
    "salts": ["cyanocobalamin", "hydroxocobalamin"],
}


def taken(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in steps:
        if step["taken"]:
            yield step
        yield from taken(step["steps"])


@pytest.fixture(scope="module")
def applied(session: Session) -> Any:
    return session.tool("apply_pathway", pathway="vitamin-b12", answers=ANSWERS, brief=False)


def test_pathways_are_listed_with_what_they_ask(session: Session) -> None:
    found = {p["name"]: p for p in session.tool("list_pathways")["pathways"]}
    assert found.keys() >= set(pathway_names())
    for each in found.values():
        assert (each["loads"], each["problems"]) == (True, [])
        assert all(i["ask"] and i["choices"] for i in each["inputs"])
    inputs = {i["id"]: i for i in found["vitamin-b12"]["inputs"]}
    for name, said in ANSWERS.items():
        codes = {choice["code"] for choice in inputs[name]["choices"]}
        assert {said} <= codes if isinstance(said, str) else set(said) <= codes
    assert inputs["salts"]["several"] is True


def test_results_are_what_their_schemas_say(session: Session, applied: Any) -> None:
    schemas = {tool.name: tool.output_schema for tool in session.list_tools().tools}
    said = {"apply_pathway": applied, "list_pathways": session.tool("list_pathways")}
    for name, result in said.items():
        faults = list(jsonschema.Draft202012Validator(schemas[name]).iter_errors(result))
        assert faults == [], name


def test_each_dose_it_proposes_cites_what_a_source_says(applied: Any, library: Path) -> None:
    requests = {f"{r['resourceType']}/{r['id']}": r for r in applied["requests"]}
    dosed = [s for s in taken(applied["steps"]) if "MedicationRequest" in str(s["request"])]
    assert dosed
    assert "proposals" in applied["guidance"]
    numbers = {reference["number"] for reference in applied["references"]}
    with Library.open(library) as opened:
        for step in dosed:
            assert requests[step["request"]]["status"] in ("draft", "active")
            assert step["citations"], step["id"]
            for cited in step["citations"]:
                text = opened.text(cited["source_id"])
                assert text[cited["start"] : cited["end"]] == cited["quote"]
                assert cited["reference"] in numbers


def test_a_brief_result_holds_every_step_that_is_taken_with_its_doses(
    applied: Any, session: Session
) -> None:
    brief = session.tool("apply_pathway", pathway="vitamin-b12", answers=ANSWERS)
    told = list(taken(brief["steps"]))
    assert [s["id"] for s in told] == [s["id"] for s in taken(applied["steps"])]
    assert brief["requests"] == []
    assert len(json.dumps(brief)) < len(json.dumps(applied)) * 0.7
    doses = [dose for step in told for dose in step["doses"]]
    assert any("1000 micrograms intramuscularly" in dose for dose in doses)
    assert all(step["citations"] for step in told if step["doses"])


def test_alternatives_stand_side_by_side(applied: Any) -> None:
    choices = [step for step in taken(applied["steps"]) if step["choose"] == "exactly-one"]
    assert any(len([s for s in step["steps"] if s["taken"]]) > 1 for step in choices)


def test_each_branch_not_taken_says_why(applied: Any) -> None:
    def refused(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for step in steps:
            if not step["taken"]:
                yield step
            yield from refused(step["steps"])

    found = list(refused(applied["steps"]))
    assert found
    assert all(any(r["outcome"] != "true" for r in step["reasons"]) for step in found)


def test_the_record_answers_what_was_left_open(session: Session) -> None:
    record = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01"}},
            {
                "resource": {
                    "resourceType": "MedicationRequest",
                    "id": "m",
                    "status": "active",
                    "intent": "order",
                    "subject": {"reference": "Patient/p"},
                    "medicationCodeableConcept": {"text": "Metformin 500 mg tablets"},
                }
            },
        ],
    }
    said = session.tool("apply_pathway", pathway="metformin", record=record)
    assert said["answers"]["use"] == ["taking"]
    assert said["answers"]["age"] == ["adult"]
    below = session.tool(
        "apply_pathway", pathway="metformin", record=record, answers={"egfr": "below 30"}
    )
    assert "stop" in {step["id"] for step in taken(below["steps"])}
    assert "conflict" not in {issue["code"] for issue in below["outcome"]["issue"]}


def test_answers_that_the_record_contradicts_are_told(session: Session) -> None:
    child = {"resourceType": "Patient", "id": "p", "birthDate": "2020-01-01"}
    said = session.tool(
        "apply_pathway", pathway="metformin", record=child, answers={"age": "adult"}
    )
    (told,) = [i for i in said["outcome"]["issue"] if i["code"] == "conflict"]
    assert told["severity"] == "warning"
    assert "“18 years or over”, and the record says “Under 10 years”" in told["details"]["text"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"pathway": "warfarin"}, "There are: metformin, vitamin-b12"),
        ({"pathway": "../../etc/passwd"}, "There are: metformin, vitamin-b12"),
        ({"pathway": "metformin", "answers": {"egfr": "44"}}, "There are: 60, 45, 30"),
        ({"pathway": "metformin", "answers": {"gfr": "45"}}, "There are: egfr, use"),
        ({"pathway": "metformin", "answers": {"use": ["new", "taking"]}}, "takes one choice"),
        ({"pathway": "metformin", "record": "tall"}, "valid dictionary"),
    ],
)
def test_what_cannot_be_applied_is_refused_with_what_to_do(
    arguments: dict[str, Any], says: str, session: Session
) -> None:
    assert says in session.refused("apply_pathway", **arguments)


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ({"resourceType": "Observation", "status": "final", "code": {"text": "x"}}, None),
        ({"resourceType": "Patient", "birthDate": "tomorrow"}, "Patient.birthDate"),
        ({"resourceType": "Patient", "gender": "banana"}, "Patient.gender"),
        ({"resourceType": "Bundle", "type": "collection", "entry": []}, None),
    ],
)
def test_a_faulty_record_gets_an_operation_outcome(
    record: dict[str, Any], path: str | None, session: Session
) -> None:
    result = session.call_tool("apply_pathway", {"pathway": "metformin", "record": record})
    assert result.is_error
    outcome = result.structured_content["outcome"]
    assert outcome["resourceType"] == "OperationOutcome"
    assert outcome["issue"][0]["severity"] in ("error", "fatal")
    if path:
        assert path in str(outcome["issue"][0]["expression"])
    assert json.dumps(outcome, ensure_ascii=False) in result.content[0].text


def test_a_long_text_in_a_record_stops_nothing(session: Session) -> None:
    """Patterns are searched in time that grows with the text."""
    record = {"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01"}},
        {"resource": {"resourceType": "Condition", "subject": {"reference": "Patient/p"},
                      "code": {"text": "b12 cobalamin " * 5000}}}]}  # fmt: skip
    said = session.tool("apply_pathway", pathway="vitamin-b12", record=record)
    assert said["pathway"] == "vitamin-b12"
