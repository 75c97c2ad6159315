"""Programs ask on: `after` names the questions before, `thread` says how one was understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from osler.answering.contract import AnswerOut
from osler_site.answers.models import RawAnswer
from osler_site.api.scopes import Scope

FIRST = "What is the maintenance dose of vitamin B12 after loading?"
PREGNANT = "What is the maintenance dose of vitamin B12 in pregnancy?"

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def post(client: Client, bearer: Callable[..., dict[str, str]]) -> Callable[..., Any]:
    headers = bearer(Scope.ASK)

    def send(**body: Any) -> Any:
        return client.post("/api/v1/ask", body, "application/json", headers=headers)

    return send


def test_a_question_goes_on_from_one_as_typed(post: Callable[..., Any]) -> None:
    said = post(question="and in pregnancy?", after=[FIRST]).json()
    assert said["question"] == said["thread"]["understood"] == PREGNANT
    assert said["thread"]["carried"] == ["vitamin B12", "dose", "maintenance"]
    assert AnswerOut.model_validate(said).thread is not None


def test_a_question_goes_on_from_an_answer(post: Callable[..., Any]) -> None:
    first = post(question="Can metformin be used?", patient="egfr=24")
    uid = first["Content-Location"].split("/")[-1]
    said = post(question="and with asthma?", after=[uid]).json()
    assert "eGFR 24" in said["thread"]["understood"]


def test_short_questions_before_are_understood_from_those_before_them(
    post: Callable[..., Any],
) -> None:
    said = post(question="what about tablets?", after=[FIRST, "and in pregnancy?"]).json()
    assert "in pregnancy" in said["question"]
    assert "vitamin B12" in said["question"]


def test_the_answer_that_is_kept_has_no_thread(post: Callable[..., Any]) -> None:
    location = post(question="and in pregnancy?", after=[FIRST])["Content-Location"]
    assert "thread" not in RawAnswer.objects.get().body
    assert post(question=PREGNANT)["Content-Location"] == location
    assert "thread" not in post(question=PREGNANT).json()


def test_a_thread_names_nobody(post: Callable[..., Any]) -> None:
    before = ["Dose of gentamicin in sepsis for Maria Gonzalez?"]
    said = post(question="and if she is 93?", after=before).json()
    assert "[NAME]" not in said["question"]
    assert not [word for word in ("Gonzalez", "93") if word in json.dumps(said["thread"])]


@pytest.mark.parametrize(
    "after",
    [["a" * 20], ["and?"] * 21, ["x" * 2_001], [""], "what"],
    ids=["unknown", "many", "long", "empty", "text"],
)
def test_what_cannot_be_gone_on_from_is_refused(post: Callable[..., Any], after: Any) -> None:
    refused = post(question="and in pregnancy?", after=after)
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
