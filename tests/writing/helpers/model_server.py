"""A real HTTP server that speaks OpenAI's protocol and says what a test wants, however bad."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
Reply = Callable[["Handler", Body], None]


class Handler(BaseHTTPRequestHandler):
    """One connection; it is kept open from request to request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ModelServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(
            (self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        )
        try:
            self.server.reply(self, body)
        except (BrokenPipeError, ConnectionResetError):  # the client has heard enough
            self.server.hung_up.set()
            self.close_connection = True

    def start(self, kind: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def say(self, text: str) -> None:
        """A piece of the reply."""
        self.event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})

    def event(self, more: Body) -> None:
        event = {
            "id": "x", "object": "chat.completion.chunk", "created": 1, "model": "test", **more
        }  # fmt: skip
        self.chunk(b"data: " + json.dumps(event).encode() + b"\n\n")

    def done(self, reason: str = "stop") -> None:
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        self.event({"choices": [], "usage": usage})
        self.chunk(b"data: [DONE]\n\n")
        self.chunk(b"")

    def refuse(self, status: int, text: str = "") -> None:
        data = json.dumps({"error": {"message": text, "type": "test"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


class ModelServer(ThreadingHTTPServer):
    """Its `reply` may be changed at any time; `requests` are those it has had."""

    daemon_threads = True
    block_on_close = False
    reply: Reply

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, str], Body]] = []
        self.hung_up = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        self.hung_up.set()

    def says(self, text: str, piece: int = 400) -> None:
        """Reply with this text, in pieces."""
        self.reply = lambda handler, _: in_pieces(handler, text, piece)


def in_pieces(handler: Handler, text: str, piece: int = 400) -> None:
    handler.start()
    for at in range(0, len(text), piece):
        handler.say(text[at : at + piece])
    handler.done()


def claims_in(body: Body) -> dict[str, Any]:
    """The data of a request: what it gives for each id."""
    data: dict[str, Any] = json.loads(body["messages"][-1]["content"])
    return data


def all_claims(server: ModelServer) -> dict[str, Any]:
    """The data of all requests that a server has had."""
    return {k: v for _, _, body in server.requests for k, v in claims_in(body).items()}


def echo(handler: Handler, body: Body) -> None:
    """Every claim word for word."""
    in_pieces(handler, json.dumps(claims_in(body), ensure_ascii=False))


def drip(handler: Handler, text: str, seconds: float) -> None:
    """One character after another."""
    handler.start()
    for character in text:
        handler.say(character)
        time.sleep(seconds)
    handler.done()


@contextmanager
def running() -> Iterator[ModelServer]:
    server = ModelServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
