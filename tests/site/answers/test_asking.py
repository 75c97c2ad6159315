"""Asking: an answer has a permanent address, and the same question the same one."""

from __future__ import annotations

import json

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from osler_site.answers.models import RawAnswer

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"

pytestmark = pytest.mark.usefixtures("site")


def test_a_question_gets_an_answer_under_a_permanent_address(client: Client) -> None:
    asked = client.post("/ask", {"q": QUESTION})
    assert asked.status_code == 302
    page = client.get(asked["Location"])
    raw = RawAnswer.objects.get()
    assert asked["Location"] == raw.get_absolute_url()
    assert raw.body["bottom_line"][0]["text"].split()[0] in page.content.decode()


def test_the_same_question_has_the_same_address(client: Client) -> None:
    first, again = (client.post("/ask", {"q": q})["Location"] for q in (QUESTION, f" {QUESTION} "))
    assert first == again
    assert RawAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "says"), [("", "no question"), ("dose? " * 500, "2,000 are the most")]
)
def test_a_question_that_cannot_be_asked_is_told_why(
    client: Client, question: str, says: str
) -> None:
    asked = client.post("/ask", {"q": question})
    assert asked.status_code == 400
    assert says in asked.content.decode()


def test_a_raw_answer_is_never_changed_or_deleted(client: Client) -> None:
    client.post("/ask", {"q": QUESTION})
    raw = RawAnswer.objects.get()
    with pytest.raises(TypeError):
        raw.save()
    with pytest.raises(TypeError):
        raw.delete()


def test_an_answer_streams_bottom_line_first() -> None:
    text = async_to_sync(streamed)(QUESTION)
    events = [block.splitlines()[0] for block in text.strip().split("\n\n")]
    assert events[0] == "event: understood"
    assert events[-1] == "event: done"
    assert text.index("Bottom line") < text.index("References")
    done = json.loads(text.strip().split("\n\n")[-1].splitlines()[1].removeprefix("data: "))
    assert done["url"] == RawAnswer.objects.get().get_absolute_url()


async def streamed(question: str) -> str:
    response = await AsyncClient().post(
        "/ask", {"q": question}, headers={"accept": "text/event-stream"}
    )
    assert response["Content-Type"] == "text/event-stream"
    return b"".join([chunk async for chunk in response.streaming_content]).decode()
