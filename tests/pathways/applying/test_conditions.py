"""A condition takes a branch only where it is true; every other outcome is told."""

from __future__ import annotations

from typing import Any

import pytest
from plans import applied, expression, plan, record, when

from osler.domain.issue import Severity


@pytest.mark.parametrize(
    ("condition", "language", "outcome", "severity"),
    [
        ("true", "text/fhirpath", "true", None),
        ("false", "text/fhirpath", "false", None),
        ("{}", "text/fhirpath", "empty", Severity.WARNING),
        ("%encounter.status = 'finished'", "text/fhirpath", "empty", Severity.WARNING),
        ("'yes'", "text/fhirpath", "not boolean", Severity.WARNING),
        ("1", "text/fhirpath", "not boolean", Severity.WARNING),
        ("true | false", "text/fhirpath", "not boolean", Severity.WARNING),
        ("%nobody", "text/fhirpath", "error", Severity.ERROR),
        ("1 > 'a'", "text/fhirpath", "error", Severity.ERROR),
        ("true and", "text/fhirpath", "error", Severity.ERROR),
        ("true banana", "text/fhirpath", "error", Severity.ERROR),
        ("", "text/fhirpath", "error", Severity.ERROR),
        ("true", "text/cql", "unsupported language", Severity.ERROR),
        ("Is It", "text/cql-identifier", "unsupported language", Severity.ERROR),
        ("true", "", "unsupported language", Severity.ERROR),
    ],
)
def test_only_true_takes_a_branch(
    condition: str, language: str, outcome: str, severity: Severity | None
) -> None:
    given: dict[str, Any] = {"id": "a", "condition": when(condition, language)}
    if not condition or not language:
        written = given["condition"][0]["expression"]
        given["condition"][0]["expression"] = {k: v for k, v in written.items() if v}
    result = applied(plan(given))
    (step,) = result.steps
    assert step.taken is (outcome == "true")
    assert [reason.outcome for reason in step.reasons] == [outcome]
    found = [(i.severity, i.path) for i in result.issues]
    path = "PlanDefinition.action[0].condition[0].expression"
    assert found == ([] if severity is None else [(severity, path)])


def test_an_unsupported_language_is_named() -> None:
    result = applied(plan({"id": "a", "condition": when("x", "text/cql")}))
    assert "text/cql" in result.issues[0].details
    assert result.issues[0].code == "not-supported"


def test_all_conditions_must_hold_and_each_has_its_reason() -> None:
    result = applied(plan({"id": "a", "condition": [*when("true"), *when("false")]}))
    assert [r.outcome for r in result.steps[0].reasons] == ["true", "false"]
    assert not result.steps[0].taken


@pytest.mark.parametrize("kind", ["start", "stop"])
def test_when_to_start_or_stop_does_not_decide_whether_it_applies(kind: str) -> None:
    condition = {"kind": kind, "expression": expression("x", "text/cql")}
    result = applied(plan({"id": "a", "condition": [condition]}))
    assert result.steps[0].taken
    assert result.issues == ()


def test_a_reason_gives_the_sentence_for_people_and_the_values_it_rests_on() -> None:
    variable = {
        "url": "http://hl7.org/fhir/StructureDefinition/variable",
        "valueExpression": {"name": "sex", **expression("%subject.gender")},
    }
    said = expression("%sex = 'male'", description="The patient is a man")
    action = {"id": "a", "condition": [{"kind": "applicability", "expression": said}]}
    result = applied(plan(action, extension=[variable]))
    (reason,) = result.steps[0].reasons
    assert (reason.text, reason.expression) == ("The patient is a man", "%sex = 'male'")
    assert reason.values == {"sex": ["female"]}
    assert result.variables == {"sex": ["female"]}


def test_a_patient_without_a_birth_date_is_not_old() -> None:
    nobody = record(patient={"resourceType": "Patient", "id": "ann"})
    action = {"id": "a", "condition": when("%subject.birthDate <= today() - 75 years")}
    result = applied(plan(action), to=nobody)
    assert not result.steps[0].taken
    assert [i.path for i in result.issues] == [
        "Bundle.entry[0].resource.birthDate",
        "PlanDefinition.action[0].condition[0].expression",
    ]


def test_steps_within_one_that_is_not_taken_say_why() -> None:
    inner = {"id": "b", "title": "Inner", "action": [{"id": "c"}]}
    outer = {"id": "a", "title": "Outer", "condition": when("false"), "action": [inner]}
    (step,) = applied(plan(outer)).steps
    assert [s.taken for s in (step, step.steps[0], step.steps[0].steps[0])] == [False] * 3
    assert step.steps[0].reasons[0].text == "“Outer” does not apply."
    assert step.steps[0].steps[0].reasons[0].text == "“Inner” does not apply."


def behaviour(code: str) -> dict[str, Any]:
    url = "http://hl7.org/fhir/StructureDefinition/cqf-applicabilityBehavior"
    return {"url": url, "valueCode": code}


_CHILDREN = [
    {"id": "no", "condition": when("false")},
    {"id": "first", "condition": when("true")},
    {"id": "second", "condition": when("true")},
]


@pytest.mark.parametrize(("code", "taken"), [("all", [0, 1, 1]), ("any", [0, 1, 0])])
def test_of_alternatives_any_takes_the_first_that_applies(code: str, taken: list[int]) -> None:
    action = {"id": "a", "extension": [behaviour(code)], "action": _CHILDREN}
    result = applied(plan(action))
    assert [step.taken for step in result.steps[0].steps] == [bool(t) for t in taken]


def test_an_unknown_behaviour_is_told_and_all_are_looked_at() -> None:
    action = {"id": "a", "extension": [behaviour("some")], "action": _CHILDREN}
    result = applied(plan(action))
    assert [i.path for i in result.issues] == ["PlanDefinition.action[0].extension[0]"]
    assert [step.taken for step in result.steps[0].steps] == [False, True, True]


def test_variables_read_each_other_in_any_order_and_a_circle_is_an_error() -> None:
    def variable(name: str, text: str) -> dict[str, Any]:
        url = "http://hl7.org/fhir/StructureDefinition/variable"
        return {"url": url, "valueExpression": {"name": name, **expression(text)}}

    extension = [
        variable("b", "%a + 1"),
        variable("a", "1"),
        variable("x", "%y"),
        variable("y", "%x"),
    ]
    result = applied(
        plan(
            {"id": "good", "condition": when("%b = 2")},
            {"id": "bad", "condition": when("%x = 1")},
            extension=extension,
        )
    )
    assert [step.taken for step in result.steps] == [True, False]
    assert "defined by itself" in result.steps[1].reasons[0].detail
    assert result.variables == {"b": [2], "a": [1], "x": [], "y": []}
