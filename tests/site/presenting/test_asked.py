"""Facts that are missing become fields of a form, never suggestions to ask the library."""

from __future__ import annotations

import pytest

from osler.answering.selecting import missing
from osler_site.presenting.asked import asked_facts, is_about_the_patient


def test_a_measured_fact_is_a_field_with_its_unit() -> None:
    (weight,) = asked_facts(["weight"], ["What is the patient's weight?"])
    assert (weight.kind, weight.key, weight.unit) == ("number", "weight", "kg")


def test_a_condition_is_yes_or_no() -> None:
    (fact,) = asked_facts(["asthma"], ["Does the patient have asthma?"])
    assert (fact.kind, fact.yes, fact.no) == ("yes_no", "condition=asthma", "no=asthma")


@pytest.mark.parametrize(
    ("name", "question", "yes"),
    [
        ("warfarin", "Does the patient take warfarin?", "drug=warfarin"),
        ("penicillin", "Is the patient allergic to penicillin?", "allergy=penicillin"),
        ("tolerance of metformin", "Was metformin not tolerated?", "intolerance=metformin"),
    ],
)
def test_what_has_no_opposite_is_not_answered_by_no(name: str, question: str, yes: str) -> None:
    (fact,) = asked_facts([name], [question])
    assert (fact.question, fact.yes, fact.no) == (question, yes, "")


def test_a_fact_without_its_question_is_still_asked() -> None:
    (fact,) = asked_facts(["sex"], [])
    assert (fact.question, fact.kind) == ("Sex?", "choice")


def test_every_question_for_a_fact_is_told_from_a_suggestion() -> None:
    wordings = [question for _, question in missing._MEASURED.values()]
    wordings += [wording.format("x", a="an x") for wording in missing.ASKED_BY_NAME.values()]
    wordings += [w.format("x") for w in (*missing._NAMED.values(), *missing._PREGNANCY.values())]
    wordings += ["Is the patient pregnant?", "Which trimester is it?", "Was x not tolerated?"]
    assert [w for w in wordings if not is_about_the_patient(w)] == []


@pytest.mark.parametrize(
    "question",
    ["What is the dose of lithium?", "What monitoring does lithium need?", "How long is it given?"],
)
def test_a_question_to_the_library_stays_a_suggestion(question: str) -> None:
    assert not is_about_the_patient(question)
