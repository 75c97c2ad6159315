"""Asking: an answer has a permanent address, and the same question the same one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import AnonymousUser
from django.test import AsyncClient, Client, RequestFactory

from osler_site.answers import recent
from osler_site.answers.models import RawAnswer
from osler_site.answers.streaming import parts
from osler_site.presenting import drawing
from osler_site.reader import READERS

STREAM = "text/event-stream"
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


def test_the_bottom_line_is_sent_before_a_picture_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    for name in ("regimens", "schedule"):
        real = getattr(drawing, name)

        def noted(body: Any, name: str = name, real: Any = real) -> Any:
            drawn.append(name)
            return real(body)

        monkeypatch.setattr(drawing, name, noted)

    async def drawn_at_each() -> list[tuple[str, int]]:
        request = RequestFactory().post("/ask")
        request.user, request.session = AnonymousUser(), {}  # type: ignore[assignment]
        sent = parts(request, QUESTION, "", READERS[0])
        return [(piece, len(drawn)) async for piece in sent]

    sent = async_to_sync(drawn_at_each)()
    before, *_ = [so_far for piece, so_far in sent if "Bottom line" in piece]
    assert before == 0
    assert sorted(drawn) == ["regimens", "schedule"]  # and drawn once


def test_an_address_cannot_be_worked_out_without_the_secret_key(
    client: Client, settings: Any
) -> None:
    first = client.post("/ask", {"q": QUESTION})["Location"]
    settings.SECRET_KEY = "another key"
    assert client.post("/ask", {"q": QUESTION})["Location"] != first
    assert client.get(first).status_code == 200  # an address stays whatever the key


def test_what_was_asked_is_remembered_without_a_session(client: Client) -> None:
    client.post("/ask", {"q": QUESTION})
    assert "sessionid" not in client.cookies
    assert client.cookies[recent.COOKIE]["httponly"]
    assert client.cookies[recent.COOKIE]["samesite"] == "Lax"
    assert "You asked" in client.get("/").content.decode()
    assert "You asked" not in Client().get("/").content.decode()
    client.cookies[recent.COOKIE] = RawAnswer.objects.get().uid  # not signed
    assert "You asked" not in client.get("/").content.decode()


def test_what_was_asked_in_a_stream_is_remembered_too(client: Client) -> None:
    async def ask_all() -> None:
        browser = AsyncClient()
        for n in range(recent.KEPT + 2):
            await streamed(f"{QUESTION} {n}", browser)
        client.cookies = browser.cookies

    async_to_sync(ask_all)()
    page = client.get("/").content.decode()
    assert page.count(QUESTION) == recent.KEPT
    assert f"{QUESTION} 9" in page
    assert f"{QUESTION} 1<" not in page


def test_what_was_asked_signed_in_is_not_shown_after_signing_out(
    client: Client, person: Any
) -> None:
    client.force_login(person("ann"))
    client.post("/ask", {"q": QUESTION})
    assert "You asked" in client.get("/").content.decode()
    client.logout()
    assert "You asked" not in client.get("/").content.decode()


async def streamed(question: str, client: AsyncClient | None = None) -> str:
    response = await (client or AsyncClient()).post(
        "/ask", {"q": question}, headers={"accept": STREAM}
    )
    assert response["Content-Type"] == "text/event-stream"
    return b"".join([chunk async for chunk in response.streaming_content]).decode()
