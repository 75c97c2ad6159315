"""The plan's questions: answered by whoever asks, else by the record."""

from __future__ import annotations

from typing import Any

import pytest
from plans import applied, expression, fixture, plan, record, when

from osler.domain.errors import InvalidResource

INITIAL = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression"
WEIGHT = {
    "resourceType": "Observation",
    "id": "w",
    "status": "final",
    "code": {"text": "weight"},
    "subject": {"reference": "Patient/ann"},
    "valueQuantity": {"value": 61, "unit": "kg"},
}


def item(link: str, kind: str, text: str | None = None, **more: Any) -> dict[str, Any]:
    result = {"linkId": link, "type": kind, "text": link.capitalize(), **more}
    if text is not None:
        result["extension"] = [{"url": INITIAL, "valueExpression": expression(text)}]
    return result


def asking(*items: dict[str, Any], url: str = "urn:form") -> dict[str, Any]:
    form = {
        "resourceType": "Questionnaire",
        "id": "form",
        "url": url,
        "status": "draft",
        "item": list(items),
    }
    return plan({"id": "a", "condition": when("%answers.item.exists()")}, contained=[form])


def answers(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": "urn:form",
        "item": list(items),
        **more,
    }


def answered(result: Any) -> dict[str, Any]:
    return {i["linkId"]: i["answer"] for i in result.answers.get("item", []) if "answer" in i}


YES_NO = [{"valueCoding": {"code": "y", "display": "Yes"}}, {"valueCoding": {"code": "n"}}]


@pytest.mark.parametrize(
    ("kind", "text", "more", "expected"),
    [
        ("boolean", "%subject.gender = 'female'", {}, [{"valueBoolean": True}]),
        ("date", "%subject.birthDate", {}, [{"valueDate": "1956-02-29"}]),
        ("integer", "1 + 1", {}, [{"valueInteger": 2}]),
        ("string", "%subject.id", {}, [{"valueString": "ann"}]),
        ("choice", "'y'", {"answerOption": YES_NO}, [YES_NO[0]]),
        ("choice", "'z'", {"answerOption": YES_NO}, None),
        ("boolean", "'z'", {}, None),
        ("decimal", "5 'mg'", {}, None),
        ("string", "'a' | 'b'", {}, None),
        ("string", "'a' | 'b'", {"repeats": True}, [{"valueString": "a"}, {"valueString": "b"}]),
        ("string", "{}", {}, None),
        ("string", "%nobody", {}, None),
    ],
)
def test_the_record_answers_what_it_can(
    kind: str, text: str, more: dict[str, Any], expected: Any
) -> None:
    result = applied(asking(item("q", kind, text, **more)))
    assert answered(result).get("q") == expected
    if expected is None and text != "{}":
        assert next(i.path for i in result.issues) == "Questionnaire.item[0]"


def test_a_quantity_of_the_record_is_taken_with_its_unit() -> None:
    text = "%record.entry.resource.ofType(Observation).last().value"
    result = applied(asking(item("q", "quantity", text)), to=record(WEIGHT))
    assert answered(result)["q"][0]["valueQuantity"]["code"] == "kg"


def test_what_was_answered_is_not_looked_up() -> None:
    given = answers({"linkId": "q", "answer": [{"valueBoolean": False}]})
    result = applied(asking(item("q", "boolean", "%nobody")), answers=given)
    assert answered(result) == {"q": [{"valueBoolean": False}]}
    assert result.issues == ()


def test_an_initial_value_stands_where_nothing_else_answers() -> None:
    result = applied(asking(item("q", "boolean", initial=[{"valueBoolean": True}])))
    assert answered(result) == {"q": [{"valueBoolean": True}]}


def test_groups_keep_their_questions() -> None:
    group = {"linkId": "g", "type": "group", "item": [item("q", "boolean", "true")]}
    (found,) = applied(asking(group)).answers["item"]
    assert found["item"][0]["answer"] == [{"valueBoolean": True}]


def test_answers_of_the_record_to_this_form_are_taken() -> None:
    given = answers({"linkId": "q", "answer": [{"valueBoolean": True}]})
    result = applied(asking(item("q", "boolean")), to=record(given))
    assert answered(result) == {"q": [{"valueBoolean": True}]}
    assert result.answers["status"] == "completed"
    other = applied(asking(item("q", "boolean"), url="urn:other"), to=record(given))
    assert answered(other) == {}


def test_two_answers_of_the_record_to_one_form_are_refused() -> None:
    given = answers({"linkId": "q", "answer": [{"valueBoolean": True}]})
    with pytest.raises(InvalidResource, match="2 answers"):
        applied(asking(), to=record({**given, "id": "a"}, {**given, "id": "b"}))


@pytest.mark.parametrize(
    ("question", "answer", "path"),
    [
        (item("q", "choice", answerOption=YES_NO), {"valueCoding": {"code": "z"}}, "answer[0]"),
        (item("q", "boolean"), {"valueString": "yes"}, "answer[0]"),
        (item("q", "integer"), {"valueDecimal": 1}, "answer[0]"),
    ],
)
def test_an_answer_that_is_none_to_its_question_is_refused(
    question: dict[str, Any], answer: dict[str, Any], path: str
) -> None:
    with pytest.raises(InvalidResource) as refused:
        applied(asking(question), answers=answers({"linkId": "q", "answer": [answer]}))
    assert refused.value.issues[0].path == (
        f"QuestionnaireResponse.item.where(linkId = 'q').{path}"
    )


def test_an_answer_to_no_question_is_told() -> None:
    given = answers({"linkId": "x", "answer": [{"valueBoolean": True}]})
    result = applied(asking(item("q", "boolean")), answers=given)
    assert [i.code for i in result.issues] == ["not-found"]


def test_answers_that_are_another_resource_are_refused() -> None:
    with pytest.raises(InvalidResource, match="not a Patient"):
        applied(asking(), answers={"resourceType": "Patient"})


def test_a_variable_that_rests_on_answers_is_evaluated_anew_once_they_are_complete() -> None:
    def variable(name: str, text: str) -> dict[str, Any]:
        url = "http://hl7.org/fhir/StructureDefinition/variable"
        return {"url": url, "valueExpression": {"name": name, **expression(text)}}

    root = asking(
        item("a", "integer", "%count + %sex.count()"),
        item("b", "integer", "%answers.item.answer.count() + 5"),
    )
    root["extension"] = [
        variable("sex", "%subject.gender"),
        variable("count", "%twice.count()"),
        variable("twice", "%answers.item.answer"),
    ]
    result = applied(root)
    assert answered(result) == {"a": [{"valueInteger": 1}], "b": [{"valueInteger": 5}]}
    assert result.variables["count"] == [2]


def test_the_answers_decide_the_branch() -> None:
    root = fixture("anticoagulant.json")
    clearance = {"value": 45, "unit": "mL/min"}
    given = answers(
        {"linkId": "clearance", "answer": [{"valueQuantity": clearance}]},
        {"linkId": "setting", "answer": [{"valueCoding": {"code": "home"}}]},
    )
    del given["questionnaire"]
    result = applied(root, answers=given)
    assert [(s.id, s.taken) for s in result.steps[0].steps] == [("full", True), ("reduced", False)]
    assert result.steps[2].taken


OPEN = [*YES_NO, {"valueCoding": {"code": "unknown", "display": "Not known"}}]


def coded(*codes: str) -> dict[str, Any]:
    return {"linkId": "q", "answer": [{"valueCoding": {"code": code}} for code in codes]}


@pytest.mark.parametrize(
    ("question", "given", "told"),
    [
        (item("q", "choice", "iif(%subject.id = 'ann', 'y', 'unknown')", answerOption=OPEN),
         coded("n"), "“Q” is answered “n”, and the record says “Yes”. The answer stands."),
        (item("q", "boolean", "%subject.gender = 'female'"),
         {"linkId": "q", "answer": [{"valueBoolean": False}]},
         "“Q” is answered “false”, and the record says “true”. The answer stands."),
        (item("q", "choice", "iif(%subject.id = 'ann', 'y' | 'n', 'n')", answerOption=YES_NO,
              repeats=True),
         coded("n"), "“Q” is answered “n”, and the record says “Yes”. The answer stands."),
    ],
)  # fmt: skip
def test_an_answer_that_the_record_contradicts_stands_and_is_told(
    question: dict[str, Any], given: dict[str, Any], told: str
) -> None:
    result = applied(asking(question), answers=answers(given))
    (issue,) = result.issues
    assert (issue.severity, issue.code, issue.details) == ("warning", "conflict", told)
    assert issue.path == "QuestionnaireResponse.item.where(linkId = 'q').answer"
    assert [*answered(result)["q"]] == given["answer"]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("'y'", coded("n")),  # a default
        ("iif(%subject.id = 'ann', 'y', 'n')", coded("y")),
        ("iif(%subject.id = 'ann', 'unknown', 'n')", coded("y")),
        ("iif(%subject.id = 'ann', {}, 'n')", coded("y")),
        ("iif(%subject.id = 'ann', 'z', 'n')", coded("y")),
        ("%nobody", coded("y")),
    ],
)
def test_what_the_record_does_not_answer_contradicts_nothing(
    text: str, given: dict[str, Any]
) -> None:
    question = item("q", "choice", text, answerOption=OPEN)
    assert applied(asking(question), answers=answers(given)).issues == ()
