"""What tells who a patient is, is kept nowhere: not in rows, caches, logs or streams."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client, RequestFactory

from osler_site.answers.models import RawAnswer
from osler_site.answers.streaming import parts
from osler_site.operations.logs import JsonLines
from osler_site.reader import READERS

QUESTION = (
    "Maintenance dose of vitamin B12 for Maria Gonzalez, 67F, DOB 12/03/1946, NHS 943 476 5919?"
)
SECRETS = ("Gonzalez", "12/03/1946", "943 476 5919")

pytestmark = pytest.mark.usefixtures("site")


def everything_stored() -> str:
    """Every row of every table, as JSON."""
    rows = [
        str(list(model._base_manager.values()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    ]
    return "\n".join(rows)


def test_no_row_holds_what_was_hidden(client: Client) -> None:
    client.post("/ask", {"q": QUESTION})
    raw = RawAnswer.objects.get()
    assert raw.question == (
        "Maintenance dose of vitamin B12 for [NAME], 67F, [DATE OF BIRTH], [NHS NUMBER]?"
    )
    assert raw.body["hidden"] == ["name", "date of birth", "NHS number"]
    assert raw.body["question"] == raw.question
    stored = everything_stored()
    assert "[NHS NUMBER]" in stored
    assert not [secret for secret in SECRETS if secret in stored]


def test_the_reader_sees_what_was_left_out(client: Client) -> None:
    page = client.post("/ask", {"q": QUESTION}, follow=True).content.decode()
    assert "We left out a name, a date of birth and an NHS number." in page
    assert not [secret for secret in SECRETS if secret in page]


def test_the_page_of_a_question_without_identifiers_says_nothing_of_it(client: Client) -> None:
    page = client.post("/ask", {"q": "Maintenance dose of vitamin B12?"}, follow=True)
    assert "We left out" not in page.content.decode()


def test_a_stream_tells_where_and_never_what() -> None:
    request = RequestFactory().post("/ask", {"q": QUESTION})
    request.user = AnonymousUser()

    async def read() -> str:
        found = parts(request, f"  {QUESTION.replace(' ', '  ')}", "", READERS[0])
        return "".join([event async for event in found])

    events = async_to_sync(read)()
    first = events.split("\n\n")[0].splitlines()
    assert first[0] == "event: hidden"
    places = json.loads(first[1].removeprefix("data: "))
    start, end = places[0]["start"], places[0]["end"]
    assert QUESTION[start:end] == "Maria Gonzalez"
    assert not [secret for secret in SECRETS if secret in events]


def test_an_answer_that_named_someone_is_for_one_patient(client: Client) -> None:
    client.post("/ask", {"q": QUESTION})
    assert RawAnswer.objects.get().for_one_patient


def test_ages_over_89_count_and_are_not_in_the_question(client: Client) -> None:
    for age in (93, 97):
        client.post("/ask", {"q": f"{age}F on metformin, eGFR 24: dose?"})
    first, second = RawAnswer.objects.order_by("pk")
    assert first.question == second.question == "[AGE OVER 89]F on metformin, eGFR 24: dose?"
    assert first.uid != second.uid


def test_a_report_of_a_problem_is_kept_and_mailed_without(client: Client, person: Any) -> None:
    from osler_site.reports.models import ProblemReport

    address = client.post("/ask", {"q": QUESTION})["Location"]
    words = f"Wrong for {QUESTION}"
    client.post(f"/report?of={address}", {"kind": "dose", "words": words, "email": ""})
    kept = ProblemReport.objects.get()
    said = kept.words + "".join(m.subject + m.body for m in mail.outbox)
    assert "[NAME]" in said
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("texts", [False, True])
def test_no_line_of_the_log_holds_it(texts: bool) -> None:
    try:
        raise ValueError(QUESTION)
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("osler", logging.ERROR, __file__, 1, "failed: %s", (), info)
    record.msg, record.question = ("asked: " + QUESTION if texts else "asked"), QUESTION
    record.args = None
    line = JsonLines(texts=texts).format(record)
    assert ("[NAME]" in line) is texts
    assert not [secret for secret in SECRETS if secret in line]
