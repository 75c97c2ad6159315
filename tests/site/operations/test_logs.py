"""The log says what happened; the text of a question stands in no line of it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from osler_site.engine import Engine
from osler_site.operations import observing
from osler_site.operations.logs import JsonLines, Lines

SECRET = "zebrafish"  # stands for what a clinician typed
QUESTION = f"What is the maintenance dose of vitamin B12 for a {SECRET} keeper?"

pytestmark = pytest.mark.usefixtures("site")


class Log(io.StringIO):
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


def listening(*, texts: bool) -> tuple[Log, logging.Handler]:
    written = Log()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines(texts=texts))
    logging.getLogger().addHandler(handler)
    return written, handler


@pytest.fixture
def log() -> Iterator[Log]:
    written, handler = listening(texts=False)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def broken_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Engine, text: str, *_: Any, **__: Any) -> dict[str, Any]:
        try:
            raise ValueError(f"cannot parse {text}")
        except ValueError as error:
            raise RuntimeError(f"no answer to {text}") from error

    monkeypatch.setattr(Engine, "ask", fail)


def test_a_request_leaves_one_line_with_its_id(client: Client, log: Log) -> None:
    page = client.post("/ask", {"q": QUESTION}, headers={"X-Request-ID": "ward-7.0001"})
    assert page["X-Request-ID"] == "ward-7.0001"
    (line,) = (line for line in log.lines() if line["logger"] == "osler.requests")
    assert line["route"] == "ask"
    assert (line["method"], line["status"]) == ("POST", 302)
    assert line["request_id"] == "ward-7.0001"
    assert line["ms"] > 0
    assert SECRET not in log.getvalue()


def test_a_forged_id_is_replaced(client: Client) -> None:
    assert client.get("/", headers={"X-Request-ID": 'a"b\\c d'})["X-Request-ID"].isalnum()


@pytest.mark.usefixtures("broken_engine")
def test_an_error_is_logged_with_its_place_and_without_its_message(log: Log) -> None:
    client = Client(raise_request_exception=False)
    assert client.post("/ask", {"q": QUESTION}).status_code == 500
    (line,) = (line for line in log.lines() if "exception" in line)
    assert line["exception"].endswith("builtins.RuntimeError")
    assert "builtins.ValueError" in line["exception"]
    assert "asking.py" in line["exception"]
    assert SECRET not in log.getvalue()


@pytest.mark.usefixtures("broken_engine")
def test_an_error_within_a_stream_tells_no_text(log: Log) -> None:
    async def stream() -> None:
        asked = await AsyncClient(raise_request_exception=False).post(
            "/ask", {"q": QUESTION}, headers={"accept": "text/event-stream"}
        )
        with pytest.raises(RuntimeError):
            async for _ in asked.streaming_content:
                pass

    async_to_sync(stream)()
    assert SECRET not in log.getvalue()


def test_slow_requests_unknown_addresses_and_refusals_tell_no_text(
    client: Client, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observing, "SLOW", 0.0)
    client.get("/", {"q": QUESTION})
    client.get(f"/{SECRET}/")
    client.get(f"/answers/{SECRET}/")
    client.get("/", headers={"host": f"{SECRET}.example"})
    client.put("/ask", QUESTION)
    client.post("/ask", {"q": QUESTION * 100})
    client.post("/ask", {"q": QUESTION, "patient": f"age={SECRET}"})
    assert [line["message"] for line in log.lines()].count("slow request") == 7
    assert SECRET not in log.getvalue()


@pytest.mark.usefixtures("broken_engine")
def test_texts_are_logged_where_that_is_switched_on() -> None:
    written, handler = listening(texts=True)
    Client(raise_request_exception=False).post("/ask", {"q": QUESTION})
    logging.getLogger().removeHandler(handler)
    assert SECRET in written.getvalue()


def test_a_line_that_waits_for_another_thread_lets_that_thread_log() -> None:
    being_made, logged = Event(), Event()

    class Waits(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            if record.getMessage() == "waits":
                being_made.set()
                assert logged.wait(10)
            return record.getMessage()

    handler = Lines()
    handler.setStream(written := io.StringIO())
    handler.setFormatter(Waits())
    names = ("waits", "loads")
    records = {name: logging.makeLogRecord({"msg": name}) for name in names}
    waiting = Thread(target=handler.handle, args=(records["waits"],), daemon=True)
    waiting.start()
    assert being_made.wait(10)
    loading = Thread(target=handler.handle, args=(records["loads"],), daemon=True)
    loading.start()
    loading.join(10)
    assert not loading.is_alive()
    logged.set()
    waiting.join(10)
    assert written.getvalue() == "loads\nwaits\n"
