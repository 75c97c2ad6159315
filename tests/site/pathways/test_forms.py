"""A questionnaire becomes a form, and the form a QuestionnaireResponse."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from typed_pathway import QUESTIONNAIRE, choice, coding

from osler_site.pathways.answering import Read, answers_in, read_form, response_to
from osler_site.pathways.enabling import asked
from osler_site.pathways.questions import questions_of, sections_of

QUESTIONS = questions_of(QUESTIONNAIRE)


def read(**fields: str | list[str]) -> Read:
    form = QueryDict(mutable=True)
    for name, value in fields.items():
        form.setlist(f"a-{name}", value if isinstance(value, list) else [value])
    return read_form(QUESTIONS, form)


def test_questions_stand_in_their_groups() -> None:
    sections = sections_of(QUESTIONNAIRE)
    assert [(s.title, [q.link_id for q in s.questions]) for s in sections] == [
        ("", ["renal", "egfr", "dialysis"]),
        ("The person", ["weight", "children", "seen", "remark", "causes"]),
    ]
    renal, egfr, *_ = QUESTIONS
    assert renal.required
    assert [(o.token, o.label) for o in renal.options] == [
        ("normal", "Normally"), ("impaired", "Impaired"),
    ]  # fmt: skip
    assert (egfr.low, egfr.high) == (Decimal(1), Decimal(200))
    assert egfr.units[0].code == "mL/min/{1.73_m2}"
    assert next(q for q in QUESTIONS if q.link_id == "remark").hint == "In a few words."


def test_every_sort_of_answer_is_read() -> None:
    got = read(
        renal="impaired", egfr="12.5", dialysis="false", weight="61.50", children="2",
        seen="2026-03-31", remark=" tired ", causes=["diet", "ileum"],
    )  # fmt: skip
    assert got.errors == {}
    assert got.answers == {
        "renal": ({"valueCoding": coding("impaired", "Impaired")},),
        "egfr": (
            {
                "valueQuantity": {
                    "value": Decimal("12.5"),
                    "unit": "mL/min/1.73 m²",
                    "system": "http://unitsofmeasure.org",
                    "code": "mL/min/{1.73_m2}",
                }
            },
        ),
        "dialysis": ({"valueBoolean": False},),
        "weight": ({"valueDecimal": Decimal("61.50")},),
        "children": ({"valueInteger": 2},),
        "seen": ({"valueDate": "2026-03-31"},),
        "remark": ({"valueString": "tired"},),
        "causes": (
            {"valueCoding": coding("diet", "Diet")},
            {"valueCoding": coding("ileum", "Ileum")},
        ),
    }


def test_the_response_holds_groups_within_groups() -> None:
    got = read(renal="normal", weight="61.5")
    response = response_to(QUESTIONNAIRE, QUESTIONS, got.answers)
    assert response == {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "inputs",
        "status": "completed",
        "item": [
            {"linkId": "renal", "answer": [{"valueCoding": coding("normal", "Normally")}]},
            {
                "linkId": "person",
                "item": [{"linkId": "weight", "answer": [{"valueDecimal": Decimal("61.5")}]}],
            },
        ],
    }
    assert answers_in(response) == got.answers


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("weight", "61,5", "such as 61.5"),
        ("weight", "heavy", "such as 61.5"),
        ("weight", "1e400", "such as 61.5"),
        ("weight", "Infinity", "such as 61.5"),
        ("children", "1.5", "whole number"),
        ("egfr", "0", "1 or more"),
        ("egfr", "201", "200 or less"),
        ("seen", "31/3/2026", "year-month-day"),
        ("causes", "magic", "Choose one of the answers"),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(field: str, typed: str, says: str) -> None:
    got = read(renal="impaired", **{field: typed})
    assert says in got.errors[field]
    assert got.typed[field] == (typed,)
    assert field not in got.answers


def test_an_answer_counts_only_where_its_question_is_asked() -> None:
    """And what was wrong with it is not held against the form."""
    assert "egfr" not in read(renal="normal", egfr="12").answers
    assert read(renal="normal", egfr="nonsense").errors == {}


def test_a_question_that_is_not_asked_takes_those_that_hang_on_it_along() -> None:
    answers = {
        "renal": [{"valueCoding": coding("impaired")}],
        "egfr": [{"valueQuantity": {"value": 12, "code": "mL/min/{1.73_m2}"}}],
    }
    there = asked(QUESTIONS, answers)
    assert {"egfr", "dialysis"} <= there
    answers["renal"] = [{"valueCoding": coding("normal")}]
    assert not {"egfr", "dialysis"} & asked(QUESTIONS, answers)


def when(operator: str, answer: dict[str, Any], behaviour: str = "all", **more: Any) -> Any:
    condition = {"question": "n", "operator": operator, **answer}
    other = {"question": "x", "operator": "exists", "answerBoolean": True}
    item = {
        "linkId": "then", "text": "?", "type": "string",
        "enableWhen": [condition, other] if behaviour == "any" else [condition],
        "enableBehavior": behaviour,
    }  # fmt: skip
    return questions_of(
        {"item": [{"linkId": "n", "type": "integer"}, {"linkId": "x", "type": "integer"}, item]}
    )


@pytest.mark.parametrize(
    ("operator", "answer", "given", "holds"),
    [
        ("exists", {"answerBoolean": True}, 3, True),
        ("exists", {"answerBoolean": True}, None, False),
        ("exists", {"answerBoolean": False}, None, True),
        ("=", {"answerInteger": 3}, 3, True),
        ("!=", {"answerInteger": 3}, 4, True),
        ("!=", {"answerInteger": 3}, None, False),
        (">", {"answerInteger": 3}, 4, True),
        (">", {"answerInteger": 3}, 3, False),
        (">=", {"answerInteger": 3}, 3, True),
        ("<=", {"answerInteger": 3}, 4, False),
        ("<", {"answerString": "a"}, 4, False),
    ],
)
def test_each_operator(
    operator: str, answer: dict[str, Any], given: int | None, holds: bool
) -> None:
    answers = {} if given is None else {"n": [{"valueInteger": given}]}
    assert ("then" in asked(when(operator, answer), answers)) is holds


def test_one_of_several_conditions_may_be_enough() -> None:
    questions = when("=", {"answerInteger": 3}, "any")
    assert "then" in asked(questions, {"x": [{"valueInteger": 1}]})
    assert "then" not in asked(questions, {})


def test_two_options_of_one_code_stay_apart() -> None:
    item = choice("q", "?", ("a", "One"), ("a", "Other"))
    item["answerOption"][1]["valueCoding"]["system"] = "urn:other"
    (question,) = questions_of({"item": [item]})
    assert len({option.token for option in question.options}) == 2


@given(st.dictionaries(st.sampled_from([q.link_id for q in QUESTIONS]), st.text(max_size=40)))
def test_whatever_is_typed_is_read_or_told(typed: dict[str, str]) -> None:
    got = read(**typed)
    assert not set(got.answers) & set(got.errors)
    response = response_to(QUESTIONNAIRE, QUESTIONS, got.answers)
    assert answers_in(response) == got.answers
