"""What the words of the YAML stand for, and how a mistake is told."""

from __future__ import annotations

from typing import Any

import pytest

from osler.domain.errors import InvalidResource
from osler.pathways import from_yaml, to_yaml
from osler.pathways.authoring import lines_of_actions

START = """\
pathway: small
sources:
  book: {file: book.md, title: A book, by: "Its publisher, 2020"}
inputs:
  kidneys:
    ask: How are the kidneys?
    choices: {well: Well, ill: Ill}
    from record: "'well'"
variables:
  late: "%kidneys = 'ill'"
action:
"""


def made(actions: str) -> dict[str, Any]:
    return from_yaml(START + actions)


def test_a_pathway_is_a_plan_with_an_address() -> None:
    plan = made("  - title: a\n")
    assert plan["resourceType"] == "PlanDefinition"
    assert (plan["id"], plan["url"]) == ("small", "urn:osler:pathway:small")


def test_an_input_is_a_question_and_a_variable_that_reads_its_answer() -> None:
    plan = made("  - title: a\n")
    (item,) = plan["contained"][0]["item"]
    assert [o["valueCoding"]["code"] for o in item["answerOption"]] == ["well", "ill"]
    assert item["extension"][0]["valueExpression"]["expression"] == "'well'"
    names = [extension["valueExpression"]["name"] for extension in plan["extension"]]
    assert names == ["late", "kidneys"]
    assert "linkId='kidneys'" in plan["extension"][1]["valueExpression"]["expression"]


def test_an_action_without_words_of_its_own_says_what_it_quotes_and_who_says_so() -> None:
    (action,) = made("  - evidence: [{book: Give it.}, {book: Then stop.}]\n")["action"]
    assert action["description"] == "Give it. Then stop."
    assert action["title"] == "Its publisher, 2020"
    assert action["documentation"][0] == {
        "type": "citation", "display": "A book · Its publisher, 2020", "citation": "Give it.",
        "url": "urn:osler:source:book.md",
    }  # fmt: skip


def test_a_dose_in_words_becomes_a_fhir_dosage() -> None:
    plan = made("  - {id: a, give: {metformin: A10BA02}, dose: 500 mg orally twice daily}\n")
    activity = plan["contained"][1]
    assert plan["action"][0]["definitionCanonical"] == "#a"
    assert activity["productCodeableConcept"]["text"] == "metformin"
    (dosage,) = activity["dosage"]
    assert dosage["doseAndRate"][0]["doseQuantity"]["code"] == "mg"
    assert dosage["timing"]["repeat"] == {"frequency": 2, "period": 1, "periodUnit": "d"}


def test_a_check_has_its_interval_and_its_first_date() -> None:
    plan = made("  - {id: a, monitor: eGFR, every: every 3–6 months, due: 3 months}\n")
    activity = plan["contained"][1]
    assert activity["timingTiming"]["repeat"]["periodMax"] == 6
    assert activity["dynamicValue"][0]["expression"]["expression"] == "%today + 3 months"


def test_a_check_may_be_due_from_the_last_one() -> None:
    action = "  - {id: a, monitor: eGFR, every: every 3 months, due: 3 months, since: last}\n"
    plan = made(action)
    (value,) = plan["contained"][1]["dynamicValue"]
    assert value["expression"]["expression"] == (
        "iif(%last.empty(), %today + 3 months, "
        "iif(%last + 3 months < %today, %today, %last + 3 months))"
    )
    assert "since: last" in to_yaml(plan)
    assert from_yaml(to_yaml(plan)) == plan


def test_an_input_without_an_answer_is_unknown_where_that_can_be_chosen() -> None:
    text = START.replace("{well: Well, ill: Ill}", "{well: Well, unknown: Not known}")
    plan = from_yaml(text + "  - title: a\n")
    read = plan["extension"][-1]["valueExpression"]["expression"]
    answer = "%answers.item.where(linkId='kidneys').answer.value.code"
    assert read == f"iif({answer}.empty(), 'unknown', {answer})"
    assert from_yaml(to_yaml(plan)) == plan


def test_an_alternative_that_may_stand_first_stands_there_or_in_its_turn() -> None:
    plan = made(
        "  - either:\n"
        "      - {id: a, title: A}\n"
        "      - {id: b, title: B, first: {if ill: \"%kidneys = 'ill'\"}}\n"
    )
    children = plan["action"][0]["action"]
    assert [child["id"] for child in children] == ["b-first", "a", "b"]
    tests = [c["condition"][-1]["expression"]["expression"] for c in children if "condition" in c]
    assert tests == ["iif(%kidneys = 'ill', true, false)", "iif(%kidneys = 'ill', false, true)"]
    assert "first:" in to_yaml(plan)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("pathway: a\npathway: b\n", 2, "twice"),
        ("pathway: a\naction:\n  - {id: x, give: y, dose: a lot}\n", 3, "no dose is read"),
        (
            "pathway: a\naction:\n  - id: x\n    give: y\n    dose: 1 mg daily if sunny\n",
            5,
            "only “1 mg daily” is read",
        ),
        ("pathway: a\naction:\n  - title: x\n    evidence:\n      - b: c\n", 5, "not among"),
        ("pathway: a\naction:\n  - {id: x, monitor: y, every: often}\n", 3, "how often"),
        ("pathway: a\naction:\n  - {id: x, give: y, warn: urgent}\n", 3, "one thing"),
        ("pathway: a\naction:\n  - {give: y}\n", 3, "needs an id"),
        ("pathway: a\naction:\n  - {id: x, warn: loudly, description: y}\n", 3, "how pressing"),
        ("pathway: a\naction:\n  - {title: x, first: {a: b}}\n", 3, "either"),
        ("pathway: a\naction: x\n", 2, "list of actions"),
        ("pathway: a\nx: &b 1\ny: *b\n", 2, "anchors"),
        ("pathway: a\nx: !!python/object:os.system 1\n", 2, "tag"),
        ("pathway: [a\n", 2, "expected"),
        ("pathway: a\ninputs:\n  x: {ask: y}\n", 3, "choices"),
        ("just words\n", 1, "key: value"),
        ("", 1, "key: value"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, told: str) -> None:
    with pytest.raises(InvalidResource, match=told) as raised:
        from_yaml(text, "mine.yaml")
    assert f"mine.yaml line {line}: " in str(raised.value)


def test_the_line_of_each_action_is_known() -> None:
    text = "pathway: a\naction:\n  - id: x\n    title: y\n  - title: z\n    id: w\n"
    assert {k: v for k, v in lines_of_actions(text).items() if len(k) == 1} == {"x": 3, "w": 5}


def test_a_note_is_told() -> None:
    words = "  - {id: a, title: Ask, description: Ask first., note: question}\n"
    plan = made(words)
    (action,) = plan["action"]
    assert (action["definitionCanonical"], action["priority"]) == ("#a", "routine")
    assert action["code"] == [
        {"coding": [{"system": "urn:osler:pathway:note", "code": "question"}]}
    ]
    activity = plan["contained"][1]
    assert (activity["kind"], activity["description"]) == ("CommunicationRequest", "Ask first.")
    assert "note: question" in to_yaml(plan)
    assert "priority" not in to_yaml(plan)


def test_a_note_says_something() -> None:
    with pytest.raises(InvalidResource, match="line 12: what is told needs a description"):
        made("  - {id: a, title: Ask, note: question}\n")


def test_how_often_may_have_an_end() -> None:
    plan = made("  - {id: a, monitor: iron, every: every 3 months until it is stable}\n")
    timing = plan["contained"][1]["timingTiming"]
    assert timing["code"]["text"] == "every 3 months until it is stable"
    assert timing["repeat"]["period"] == 3
    assert "every: every 3 months until it is stable" in to_yaml(plan)
