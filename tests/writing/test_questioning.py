"""A tangled question, put more plainly by a model; what is known of the patient stays ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from model_server import Body, Handler, ModelServer, claims_in, in_pieces

from osler.answering import ask, understand
from osler.domain import Answer, Patient
from osler.library import Library
from osler.render import markdown
from osler.writing import ask_with, open_writer, writer_settings
from osler.writing.model import Writer
from osler.writing.offering import claims_of
from osler.writing.questioning import asks_the_same

TANGLED = "Regarding methotrexate: my colleague mumbled something on Tuesdays and folate, say what?"
PLAIN = "What dose of folate is given with methotrexate?"


@pytest.fixture
def helpful(server: ModelServer) -> Iterator[Writer]:
    settings = writer_settings(f"openai:test@{server.url}", {"OSLER_WRITER_READS": "yes"})
    assert settings is not None
    with open_writer(settings) as opened:
        yield opened


def putting(question: str) -> object:
    """A model that puts every question so, and rewords nothing."""

    def reply(handler: Handler, body: Body) -> None:
        data = claims_in(body)
        said = {"question": question} if "question" in data else data
        in_pieces(handler, json.dumps(said, ensure_ascii=False))

    return reply


def texts(answer: Answer) -> list[str]:
    return [claim.text for _, claim in claims_of(answer)]


@pytest.mark.parametrize(
    ("typed", "put", "same"),
    [
        ("um so metformin, she has egfr 25, what now?", "Metformin with an eGFR of 25?", True),
        ("um so metformin, she has egfr 25, what now?", "What is the dose of metformin?", True),
        ("um so metformin, she has egfr 25, what now?", "Metformin with an eGFR of 52?", False),
        ("um so metformin, what now?", "Metformin with an eGFR of 25?", False),
        ("um so metformin, what now?", "Metformin in pregnancy?", False),
        ("um so metformin, what now?", "What is the dose of lithium?", False),
        ("metformin and lithium, what now?", "What is the dose of lithium?", False),
        ("um so metformin, what now?", "Metformin in renal failure?", False),
        ("um so metformin, what now?", "Metformin in a child of 8 years?", False),
        ("um so metformin, what now?", "", False),
        ("um so metformin, what now?", "Metformin " * 60, False),
        ("he is 80, metformin, what now?", "Metformin in a man of 80 years?", True),
    ],
)
def test_a_wording_adds_nothing_and_drops_no_drug(typed: str, put: str, same: bool) -> None:
    assert asks_the_same(put, understand(typed)) is same


def test_a_question_without_an_answer_is_asked_again_more_plainly(
    server: ModelServer, helpful: Writer, library: Library
) -> None:
    assert not ask(library, TANGLED).answered
    server.reply = putting(PLAIN)
    answer = ask_with(helpful, library, TANGLED)
    assert texts(answer) == texts(ask(library, PLAIN))
    assert answer.question.text == TANGLED
    assert answer.writing is not None
    assert answer.writing.question == PLAIN
    assert f"Understood by test as: {PLAIN}" in markdown.render(answer)


def test_a_question_that_found_an_answer_is_not_sent(
    server: ModelServer, helpful: Writer, library: Library
) -> None:
    server.reply = putting("What is the dose of metformin?")
    answer = ask_with(helpful, library, "Starting dose of metformin")
    assert all("question" not in claims_in(body) for _, _, body in server.requests)
    assert answer.writing is not None
    assert answer.writing.question is None


def test_without_leave_a_question_is_never_sent(
    server: ModelServer, writer: Writer, library: Library
) -> None:
    server.reply = putting(PLAIN)
    assert not ask_with(writer, library, TANGLED).answered
    assert not server.requests


def test_facts_of_the_patient_are_those_typed_and_given(
    server: ModelServer, helpful: Writer, library: Library
) -> None:
    server.reply = putting(PLAIN)
    given = Patient(egfr=Decimal(25))
    typed = f"{TANGLED} He is 80."
    answer = ask_with(helpful, library, typed, patient=given)
    assert answer.answered
    assert (answer.question.patient.age_years, answer.question.patient.egfr) == (80, 25)


def test_notices_of_the_question_as_typed_stay(
    server: ModelServer, helpful: Writer, library: Library
) -> None:
    typed = f"{TANGLED} She took 30 tablets an hour ago."
    before = ask(library, typed)
    assert before.safety_notices
    server.reply = putting(PLAIN)
    after = ask_with(helpful, library, typed)
    assert after.safety_notices[: len(before.safety_notices)] == before.safety_notices


@pytest.mark.parametrize(
    "reply",
    ["", "What?", '{"question": 5}', '{"question": "What dose of folate is given with metho'],
)
def test_without_a_usable_wording_the_abstention_stands(
    server: ModelServer, helpful: Writer, library: Library, reply: str
) -> None:
    server.says(reply)
    answer = ask_with(helpful, library, TANGLED)
    assert answer.abstention == ask(library, TANGLED).abstention
