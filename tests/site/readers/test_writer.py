"""A language model on the site: the composed answer first, then its words, as far as they pass."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client
from model_server import Handler, ModelServer, claims_in, in_pieces, running

from osler.domain.errors import UsageError
from osler_site.answers.asking import ask
from osler_site.answers.models import RawAnswer
from osler_site.answers.writer import check_writer, forget_writer, site_writer
from osler_site.answers.written import written
from osler_site.articles.promoting import promote
from osler_site.operations.metrics import exposition

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
Body = dict[str, Any]

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(scope="module")
def serving() -> Iterator[ModelServer]:
    with running() as started:
        yield started


@pytest.fixture
def server(serving: ModelServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A model's server that the site is told of."""
    serving.requests.clear()
    monkeypatch.setenv("OSLER_WRITER", f"openai:test@{serving.url}")
    forget_writer()
    yield serving
    forget_writer()


def words_all(handler: Handler, body: Body) -> None:
    in_pieces(handler, json.dumps({k: worded(v) for k, v in claims_in(body).items()}))


def worded(text: str) -> str:
    return f"The {text[0].lower()}{text[1:]}" if text[0].isupper() else text


def joins(handler: Handler, body: Body) -> None:
    """Each pair that may be said together as two sentences under the first, where it stands so."""
    claims = claims_in(body)
    said = dict(claims)
    for first, second in re.findall(r"\b(c\d+) and (c\d+)\b", body["messages"][0]["content"]):
        both = [said[first], said[second]]
        if both == [claims[first], claims[second]]:  # neither is said with another yet
            said[first], said[second] = " ".join(f"{text.rstrip('.')}." for text in both), first
    in_pieces(handler, json.dumps(said, ensure_ascii=False))


def lies(handler: Handler, body: Body) -> None:
    said = {k: v.replace("1", "7") + " Zanzibar." for k, v in claims_in(body).items()}
    in_pieces(handler, json.dumps(said))


def dies(handler: Handler, body: Body) -> None:
    """After the first claim, in the midst of the second."""
    claims = list(claims_in(body).items())
    said = json.dumps({k: worded(v) for k, v in claims[:2]})
    handler.start()
    handler.say(said[: len(said) - 12])
    handler.connection.shutdown(socket.SHUT_RDWR)


async def streamed() -> list[tuple[str, str]]:
    asked = await AsyncClient().post(
        "/ask", {"q": QUESTION}, headers={"accept": "text/event-stream"}
    )
    text = b"".join([chunk async for chunk in asked.streaming_content]).decode()
    events = []
    for block in text.strip().split("\n\n"):
        name, *lines = block.split("\n")
        data = "\n".join(line.removeprefix("data: ") for line in lines)
        events.append((name.removeprefix("event: "), data))
    return events


def test_the_composed_answer_comes_first_and_then_the_models_words(server: ModelServer) -> None:
    server.reply = words_all
    events = async_to_sync(streamed)()
    names = [name for name, _ in events]
    assert names.index("done") < names.index("writing") < names.index("claim")
    assert names[-1] == "written"
    row = RawAnswer.objects.get(uid=json.loads(events[-1][1])["url"].split("/")[2])
    writing = row.body["writing"]
    assert writing["kept"] > 0
    assert "worded by test at 127.0.0.1" in json.loads(events[-1][1])["footer"]
    changed = [c for c in row.body["bottom_line"] if c["composed"]]
    assert changed
    assert RawAnswer.objects.count() == 2  # the one as composed stays


def test_a_sentence_that_says_two_claims_takes_the_place_of_both(server: ModelServer) -> None:
    server.reply = joins
    events = async_to_sync(streamed)()
    row = RawAnswer.objects.get(uid=json.loads(events[-1][1])["url"].split("/")[2])
    as_composed = RawAnswer.objects.exclude(pk=row.pk).get()
    before, after = (
        sum(len(section["claims"]) for section in raw.body["sections"])
        for raw in (as_composed, row)
    )
    assert after < before
    last = [text for name, text in events if name == "claim"][-1]
    assert last.count("<section id=") == len(row.body["sections"])
    assert last.count('<li class="claim') == after + len(row.body["bottom_line"])


def test_what_is_written_is_kept_and_shown_again_without_asking(
    server: ModelServer, client: Client
) -> None:
    server.reply = words_all
    first = async_to_sync(streamed)()
    asked = len(server.requests)
    again = async_to_sync(streamed)()
    assert len(server.requests) == asked
    assert json.loads(first[-1][1])["url"] == json.loads(again[-1][1])["url"]
    page = client.get(json.loads(first[-1][1])["url"]).content.decode()
    assert "worded by test at 127.0.0.1" in page
    assert '<details class="composed">' in page


def test_nothing_but_the_sentences_is_sent(server: ModelServer) -> None:
    server.reply = words_all
    async_to_sync(streamed)()
    sent = json.dumps([body for _, _, body in server.requests])
    assert "after loading?" not in sent


def test_lies_are_not_shown(server: ModelServer) -> None:
    server.reply = lies
    events = async_to_sync(streamed)()
    assert "Zanzibar" not in str(events)
    assert "claim" not in [name for name, _ in events]
    last = json.loads(events[-1][1])
    assert last["url"] == RawAnswer.objects.get().get_absolute_url()
    assert "as composed: test at 127.0.0.1" in last["footer"]


def test_a_model_that_dies_in_mid_stream_leaves_whole_claims(server: ModelServer) -> None:
    server.reply = dies
    raw = ask(QUESTION)
    writer = site_writer()
    assert writer is not None
    row = written(raw, writer)
    assert row.body["writing"]["kept"] == 1
    assert row.body["writing"]["stopped"]
    composed = {c["text"] for c in raw.body["bottom_line"]}
    for claim in row.body["bottom_line"]:
        whole = worded(claim["composed"]) if claim["composed"] else claim["text"]
        assert claim["text"] == whole
        assert (claim["composed"] or claim["text"]) in composed


def test_a_dead_server_costs_two_seconds_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSLER_WRITER", "openai:test@http://127.0.0.1:9/v1")
    forget_writer()
    raw = ask(QUESTION)
    writer = site_writer()
    assert writer is not None
    begun = time.monotonic()
    row = written(raw, writer)
    assert time.monotonic() - begun < 2.5
    assert row.body["writing"]["stopped"]
    assert row.body["bottom_line"] == raw.body["bottom_line"]
    forget_writer()


def test_what_was_done_is_counted(server: ModelServer) -> None:
    server.reply = words_all
    async_to_sync(streamed)()
    told = exposition().decode()
    for name in ('sentences_total{shown="yes"}', 'tokens_total{direction="out"}', "seconds_count"):
        assert f"osler_writer_{name}" in told


def test_an_editor_takes_up_what_was_composed(server: ModelServer) -> None:
    server.reply = words_all
    raw = ask(QUESTION)
    writer = site_writer()
    assert writer is not None
    row = written(raw, writer)
    assert row != raw
    assert promote(row, None).origin == raw


def test_a_program_may_have_it_or_not(server: ModelServer, client: Client) -> None:
    from osler_site.api.models import ApiToken
    from osler_site.api.scopes import Scope

    server.reply = words_all
    _, secret = ApiToken.issue("a program", [Scope.ASK])
    headers = {"authorization": f"Bearer {secret}"}

    def asked(**more: bool) -> Any:
        body = json.dumps({"question": QUESTION, **more})
        kind = "application/json"
        return client.post("/api/v1/ask", body, content_type=kind, headers=headers)

    assert asked(writer=False).json()["writing"] is None
    assert asked().json()["writing"]["model"] == "test"
    assert asked(writer=True).json()["writing"]["kept"] > 0


def test_without_a_model_a_program_is_told_so(client: Client) -> None:
    from osler_site.api.models import ApiToken
    from osler_site.api.scopes import Scope

    forget_writer()
    _, secret = ApiToken.issue("a program", [Scope.ASK])
    refused = client.post(
        "/api/v1/ask",
        json.dumps({"question": QUESTION, "writer": True}),
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )
    assert refused.status_code == 422
    assert "no language model is configured" in refused.content.decode()


def test_the_first_page_says_what_leaves_the_machine(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_writer()
    assert "are sent to" not in client.get("/").content.decode()
    monkeypatch.setenv("OSLER_WRITER", "openai:big@https://203.0.113.7/v1")
    monkeypatch.setenv("OSLER_WRITER_REMOTE", "yes")
    forget_writer()
    page = client.get("/").content.decode()
    assert "are sent to big at 203.0.113.7, outside this network" in page
    forget_writer()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("OSLER_WRITER", "nobody", "names no writer"),
        ("OSLER_WRITER_VETOES", "perhaps", "OSLER_WRITER_VETOES"),
        ("OSLER_WRITER_READS", "perhaps", "OSLER_WRITER_READS"),
    ],
)
def test_a_model_that_the_site_cannot_use_is_refused_at_the_start(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=says):
        check_writer()
