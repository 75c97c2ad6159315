"""Whatever a server does, the composed answer is there within two seconds, and says why."""

from __future__ import annotations

import json
import socket
import threading
import time

import pytest
from failing import FAILING, SILENCE, hangs_up, silent
from model_server import Body, Handler, ModelServer, claims_in, echo

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library
from osler.writing import Reworded, ask_with, open_writer, write, write_stream, writer_settings
from osler.writing.model import Writer
from osler.writing.offering import claims_of

SOON = 20  # seconds: two, and what a very busy machine adds


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return ask(library, "Metformin with an eGFR of 25")


@pytest.mark.parametrize("kind", FAILING)
def test_the_composed_answer_is_there_within_two_seconds(
    server: ModelServer, writer: Writer, answer: Answer, kind: str
) -> None:
    server.reply = FAILING[kind]
    started = time.monotonic()
    written = write(answer, writer)
    assert time.monotonic() - started < SOON
    assert list(claims_of(written)) == list(claims_of(answer))
    assert written.writing is not None
    assert written.writing.stopped
    assert written.writing.kept == 0
    assert "lithium" not in written.writing.stopped
    assert len(server.requests) == 1


def test_a_dead_server_is_told_of_at_once(answer: Answer) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # nobody listens
        port = held.getsockname()[1]
        settings = writer_settings(f"openai:test@http://127.0.0.1:{port}/v1", {})
        assert settings is not None
        with open_writer(settings) as writer:
            written = write(answer, writer)
    assert list(claims_of(written)) == list(claims_of(answer))
    assert written.writing is not None
    assert written.writing.stopped == "its server could not be reached"


def test_a_name_without_an_address_is_told_of(answer: Answer) -> None:
    settings = writer_settings("openai:test@http://no-such-container:8000/v1", {})
    assert settings is not None
    with open_writer(settings) as writer:
        written = write(answer, writer)
    assert written.writing is not None
    assert written.writing.kept == 0
    assert written.writing.stopped in ("its server could not be reached", "it took too long")


def test_what_came_in_time_is_kept_when_the_rest_does_not_come(
    server: ModelServer, answer: Answer
) -> None:
    def half(handler: Handler, body: Body) -> None:
        pairs = json.dumps(claims_in(body), ensure_ascii=False)
        handler.start()
        handler.say(pairs[: len(pairs) // 2])
        time.sleep(SILENCE)

    server.reply = half
    limits = {"OSLER_WRITER_LIMIT": "1.5", "OSLER_WRITER_FIRST_LIMIT": "1.4"}
    settings = writer_settings(f"openai:test@{server.url}", limits)
    assert settings is not None
    started = time.monotonic()
    with open_writer(settings) as writer:
        written = write(answer, writer)
    assert time.monotonic() - started < SOON
    assert written.writing is not None
    assert written.writing.kept > 0
    assert written.writing.composed > 0
    assert written.writing.stopped == "it took too long"


def test_the_same_writer_works_again_after_a_failure(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    server.reply = hangs_up
    assert write(answer, writer).writing is not None
    server.reply = echo
    again = write(answer, writer)
    assert again.writing is not None
    assert (again.writing.stopped, again.writing.composed) == (None, 0)


def test_each_sentence_is_given_on_while_the_next_is_written(
    server: ModelServer, writer: Writer, answer: Answer
) -> None:
    shown = threading.Event()

    def waits(handler: Handler, body: Body) -> None:
        first, *others = claims_in(body).items()
        handler.start()
        handler.say("{" + f"{json.dumps(first[0])}: {json.dumps(first[1], ensure_ascii=False)}")
        assert shown.wait(10)
        handler.say(", " + json.dumps(dict(others), ensure_ascii=False)[1:])
        handler.done()

    server.reply = waits
    stream = write_stream(answer, writer)
    assert isinstance(next(stream), Reworded)
    shown.set()
    assert isinstance([*stream][-1], Answer)


@pytest.mark.parametrize(
    "question", ["Metformin with an eGFR of 25", "um, metformin, whatsit number thingy?"]
)
def test_two_seconds_are_for_all_that_a_writer_may_do(
    server: ModelServer, library: Library, question: str
) -> None:
    server.reply = silent
    may = {"OSLER_WRITER_READS": "yes", "OSLER_WRITER_VETOES": "yes"}
    settings = writer_settings(f"openai:test@{server.url}", may)
    assert settings is not None
    with open_writer(settings) as writer:
        started = time.monotonic()
        answer = ask_with(writer, library, question)
        assert time.monotonic() - started < SOON
    assert answer.writing is not None
    assert answer.writing.stopped == "it took too long"
    assert len(server.requests) == 1
