"""A service on loopback, and `fetch` that takes every feed to be there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from osler.reading import RawFile
from osler.reading.importers import fetch

Answer = tuple[int, dict[str, str], bytes]
Get = Callable[..., list[RawFile]]


@dataclass
class Server:
    url: str = ""
    answer: Callable[[str, dict[str, str]], Answer] = lambda path, query: (404, {}, b"")
    headers: list[dict[str, str]] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            state.headers.append({name.lower(): value for name, value in self.headers.items()})
            state.queries.append(query)
            status, headers, body = state.answer(parts.path, query)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{http.server_port}"
    yield state
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture
def get(server: Server, tmp_path: Path) -> Callable[..., list[RawFile]]:
    def run(identifier: str, **more: object) -> list[RawFile]:
        services = ("pubmed", "pmc", "europepmc", "openfda")
        options = {"cache_dir": tmp_path, "base_urls": dict.fromkeys(services, server.url)}
        return list(fetch(identifier, backoff=0.01, **{**options, **more}))  # type: ignore[arg-type]

    return run
