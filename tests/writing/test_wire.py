"""What goes over the wire: keys, Anthropic's protocol, and an address that changes underway."""

from __future__ import annotations

import json
import socket
from dataclasses import replace

import pytest
from model_server import Body, Handler, ModelServer, claims_in, echo

from osler.answering import ask
from osler.domain import Answer, Place
from osler.library import Library
from osler.writing import open_writer, write, writer_settings


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return cut_down(ask(library, "Lithium monitoring"))


def cut_down(answer: Answer) -> Answer:
    """To what is asked for in one request."""
    section = replace(answer.sections[0], claims=answer.sections[0].claims[:2])
    return replace(answer, bottom_line=(), sections=(section,))


def written_with(named: str, environ: dict[str, str], answer: Answer) -> Answer:
    settings = writer_settings(named, environ)
    assert settings is not None
    with open_writer(settings) as writer:
        return write(answer, writer)


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("openai:gpt-9", Place.ELSEWHERE),
        ("anthropic:claude-x", Place.ELSEWHERE),
        ("ollama:llama3.2", Place.MACHINE),
        ("openai:qwen3:8b@http://10.0.0.7:8000/v1", Place.NETWORK),
    ],
)
def test_every_provider_is_made_ready_without_a_connection(
    monkeypatch: pytest.MonkeyPatch, named: str, place: Place
) -> None:
    def resolved(host: str, *_: object, **__: object) -> list[object]:
        numeric = host if host[0].isdigit() else "203.0.113.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (numeric, 443))]

    def refused(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", refused)
    environ = {"OSLER_WRITER_REMOTE": "yes", "OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"}
    settings = writer_settings(named, environ)
    assert settings is not None
    with open_writer(settings) as writer:
        assert writer.place is place
        assert writer.settings.model in named


def test_ollama_is_spoken_to_in_openais_protocol(server: ModelServer, answer: Answer) -> None:
    server.reply = echo
    written = written_with(f"ollama:llama3.2@{server.url}", {}, answer).writing
    assert written is not None
    assert (written.writer, written.composed) == ("ollama", 0)
    [(path, headers, body)] = server.requests
    assert path == "/v1/chat/completions"
    assert "authorization" not in headers
    assert body["response_format"]["type"] == "json_schema"


def test_a_key_is_sent_where_one_is_named(server: ModelServer, answer: Answer) -> None:
    server.reply = echo
    keys = {"OSLER_WRITER_KEY_ENV": "WARD_KEY", "WARD_KEY": "k-7"}
    written_with(f"openai:test@{server.url}", keys, answer)
    assert server.requests[0][1]["authorization"] == "Bearer k-7"


def test_settings_of_other_programs_are_not_sent(
    server: ModelServer, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-home")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-home")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-home")
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    server.reply = echo
    written = written_with(f"openai:test@{server.url}", {}, answer)
    assert written.writing is not None
    assert written.writing.kept > 0
    assert "home" not in json.dumps(server.requests[0][:2])


def test_anthropics_protocol_hands_the_reply_in_as_a_tools_arguments(
    server: ModelServer, answer: Answer
) -> None:
    def reply(handler: Handler, body: Body) -> None:
        text = json.dumps(json.loads(body["messages"][0]["content"][0]["text"]), ensure_ascii=False)
        usage = {"input_tokens": 31, "output_tokens": 1}
        message = {
            "id": "m", "type": "message", "role": "assistant", "model": "claude-test",
            "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage,
        }  # fmt: skip
        tool = {"type": "tool_use", "id": "t", "name": body["tools"][0]["name"], "input": {}}
        events: list[Body] = [
            {"type": "message_start", "message": message},
            {"type": "content_block_start", "index": 0, "content_block": tool},
            *(
                {
                    "type": "content_block_delta", "index": 0,
                    "delta": {"type": "input_json_delta", "partial_json": text[at : at + 90]},
                }
                for at in range(0, len(text), 90)
            ),
            {"type": "content_block_stop", "index": 0},
            {
                "type": "message_delta", "usage": {"output_tokens": 17},
                "delta": {"stop_reason": "tool_use", "stop_sequence": None},
            },
            {"type": "message_stop"},
        ]  # fmt: skip
        handler.start()
        for event in events:
            handler.chunk(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
        handler.chunk(b"")

    server.reply = reply
    keys = {"OSLER_WRITER_KEY_ENV": "WARD_KEY", "WARD_KEY": "k-7"}
    root = server.url.removesuffix("/v1")
    written = written_with(f"anthropic:claude-test@{root}", keys, answer).writing
    assert written is not None
    assert (written.stopped, written.composed, written.writer) == (None, 0, "anthropic")
    assert (written.input_tokens, written.output_tokens) == (31, 17)
    [(path, headers, body)] = server.requests
    assert path.startswith("/v1/messages")
    # The library has sent it either way.
    assert "k-7" in (headers.get("x-api-key"), headers.get("authorization", "")[len("Bearer ") :])
    assert body["max_tokens"] == 2000
    assert "temperature" not in body or body["temperature"] == 0


def test_a_name_that_leads_elsewhere_later_is_not_followed(
    server: ModelServer, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = socket.getaddrinfo
    leads_to = ["127.0.0.1"]

    def getaddrinfo(host: object, port: object, *more: object, **named: object) -> object:
        if host in ("ward-model.test", b"ward-model.test"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (leads_to[0], port))]
        return found(host, port, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    server.reply = echo
    settings = writer_settings(f"openai:x@http://ward-model.test:{server.server_port}/v1", {})
    assert settings is not None
    with open_writer(settings) as writer:
        assert writer.place is Place.MACHINE
        first = write(answer, writer).writing
        leads_to[0] = "192.0.2.7"
        second = write(answer, writer).writing
    assert first is not None
    assert first.stopped is None
    assert second is not None
    assert second.stopped == "its server is outside this network, and that is not allowed"
    assert len(server.requests) == 1
    assert claims_in(server.requests[0][2])


def test_a_name_with_two_addresses_is_reached_at_the_one_that_is_listened_at(
    server: ModelServer, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = socket.getaddrinfo

    def getaddrinfo(host: object, port: object, *more: object, **named: object) -> object:
        if host in ("ward-model.test", b"ward-model.test"):
            kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
            return [(*kind, ("127.0.0.2", port)), (*kind, ("127.0.0.1", port))]
        return found(host, port, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    server.reply = echo
    named = f"openai:x@http://ward-model.test:{server.server_port}/v1"
    written = written_with(named, {}, answer).writing
    assert written is not None
    assert written.stopped is None
