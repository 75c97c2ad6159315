"""What a stranger's plan may cost: it is refused at a count of steps, never by a clock."""

from __future__ import annotations

import pytest
from hostile import BIG, COSTLY, WRONG
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import activity, applied, dynamic, expression, plan, when

from osler.domain.errors import InvalidResource
from osler.pathways.deciding import Deciding
from osler.pathways.expressions import VARIABLE
from osler.pathways.fhirpath.budget import OUTPUT
from osler.pathways.table import markdown

VARIABLES = [{"url": VARIABLE, "valueExpression": {"name": "big", **expression(BIG)}}]


def condition_on(text: str) -> dict:
    return plan({"id": "a", "condition": when(text)}, extension=VARIABLES)


@pytest.mark.parametrize("text", COSTLY.values(), ids=COSTLY.keys())
def test_what_costs_too_much_is_not_applicable_and_says_where(text: str) -> None:
    result = applied(condition_on(text))
    (issue,) = result.issues
    assert (issue.severity, issue.code) == ("error", "too-costly")
    assert issue.path == "PlanDefinition.action[0].condition[0].expression"
    assert not result.steps[0].taken


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_evaluated_says_so(text: str) -> None:
    result = applied(condition_on(text))
    assert not result.steps[0].taken
    assert [i.path for i in result.issues] == ["PlanDefinition.action[0].condition[0].expression"]


def test_the_same_plan_stops_at_the_same_step() -> None:
    text = COSTLY["distinct of many"]
    assert applied(condition_on(text)).issues == applied(condition_on(text)).issues


def test_once_the_steps_are_spent_the_rest_is_not_evaluated() -> None:
    costly, cheap = {"id": "a", "condition": when(COSTLY["distinct of many"])}, when("true")
    first = applied(plan(costly, {"id": "b", "condition": cheap}, extension=VARIABLES))
    assert [i.code for i in first.issues] == ["too-costly", "too-costly"]
    second = applied(plan({"id": "b", "condition": cheap}, costly, extension=VARIABLES))
    assert second.steps[0].taken
    assert [i.path for i in second.issues] == ["PlanDefinition.action[1].condition[0].expression"]


def test_dynamic_values_may_not_fill_the_memory() -> None:
    many = dynamic("note.text", "%subject") * 3
    made = activity("ServiceRequest", code={"text": "x"}, dynamicValue=many)
    assert "too-costly" not in {
        i.code
        for i in applied(plan({"id": "a", "definitionCanonical": "#act"}, contained=[made])).issues
    }
    large = dynamic("note", "%big.select(%subject)") * 20
    made = activity("ServiceRequest", code={"text": "x"}, dynamicValue=large)
    result = applied(
        plan({"id": "a", "definitionCanonical": "#act"}, contained=[made], extension=VARIABLES)
    )
    (first, *_) = [i for i in result.issues if i.code == "too-costly"]
    assert first.path.startswith("ActivityDefinition.where(id = 'act').dynamicValue[")


def test_a_plan_that_makes_too_much_is_refused() -> None:
    note = "x" * 90
    made = activity("CommunicationRequest", payload=None, note=None)
    made = {k: v for k, v in made.items() if v is not None}
    made["useContext"] = [{"code": {"code": note}, "valueCodeableConcept": {"text": note}}] * 2000
    actions = [{"id": f"a{i}", "definitionCanonical": "#act"} for i in range(OUTPUT // 5000)]
    with pytest.raises(InvalidResource) as refused:
        applied(plan(*actions, contained=[made]))
    (issue,) = refused.value.issues
    assert issue.code == "too-costly"
    assert issue.path.startswith("PlanDefinition.action[")


def test_a_table_of_too_many_combinations_is_refused() -> None:
    options = [{"valueCoding": {"code": str(n)}} for n in range(10)]
    form = {
        "resourceType": "Questionnaire",
        "id": "form",
        "status": "draft",
        "item": [{"linkId": f"q{n}", "type": "choice", "answerOption": options} for n in range(20)],
    }
    wanted = " and ".join(f"%answers.item.where(linkId = 'q{n}').exists()" for n in range(20))
    with pytest.raises(InvalidResource) as refused:
        markdown(plan({"id": "a", "condition": when(wanted)}, contained=[form]), "p")
    assert [i.code for i in refused.value.issues] == ["too-costly"]
    apart = [
        {"id": f"a{n}", "condition": when(f"%answers.item.where(linkId = 'q{n}').exists()")}
        for n in range(20)
    ]
    nested: dict = {}
    for action in apart:
        nested = {**action, **({"action": [nested]} if nested else {})}
    with pytest.raises(InvalidResource) as refused:
        Deciding(plan(nested, contained=[form])).decisions()
    assert [i.code for i in refused.value.issues] == ["too-costly"]
    form["item"] *= 10
    with pytest.raises(InvalidResource) as refused:
        Deciding(plan(contained=[form]))
    assert [i.code for i in refused.value.issues] == ["too-costly"]


_BASES = ["%subject", "%big", "'abc'", "12", "1.5", "2 'mg'", "@2026-03-31", "%record", "{}",
          "true", "%context.action", "$this"]  # fmt: skip
_ENDS = [".select($this)", ".combine($this)", ".where(true)", ".first()", ".toString()", ".count()",
         ".descendants()", " + 1", " & 'a'", ".matches('a')", ".replaceMatches('a', '$1')",
         ".split('b')", ".toQuantity('g')", ".power(99)", ".exp()", ".round(3)", " = %record",
         ".repeat($this)", ".aggregate($total + $this, 0)", ".substring(1, 'a')", " ~ %subject",
         " > 1", ".indexOf(2)", ".toDecimal()", " in %big", ".intersect(%big)"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_BASES), st.lists(st.sampled_from(_ENDS), max_size=5))
def test_nothing_that_is_put_together_stops_the_process(base: str, ends: list[str]) -> None:
    text = base
    for end in ends:
        text = f"({text}){end}"
    result = applied(condition_on(text))
    assert len(result.steps) == 1
