"""A request that is too long is refused before it is read."""

from __future__ import annotations

import time
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from lxml import html

from osler_site.asgi import application
from osler_site.operations.bodies import LONGEST

pytestmark = pytest.mark.usefixtures("site")


def test_a_question_of_a_megabyte_is_refused_at_once(client: Client) -> None:
    began = time.process_time()
    answer = client.post("/ask", {"q": "metformin " * 105_000})
    assert answer.status_code == 400
    assert "2,000 are the most" in answer.content.decode()
    assert len(answer.content) < 50_000
    assert time.process_time() - began < 3


def test_a_long_question_in_an_address_is_cut(client: Client) -> None:
    """The server takes no address longer than 64 KiB."""
    page = html.fromstring(client.get("/", {"q": "x" * 60_000}).content)
    (box,) = page.xpath("//main//*[@name='q']")
    assert len(box.get("value") or box.text or "") == 2000


async def _send(chunk: bytes, chunks: int, headers: list[tuple[bytes, bytes]]) -> tuple[Any, int]:
    """Send chunks to the site; gives its first message and how many it took."""
    taken, said = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": chunk, "more_body": taken < chunks}

    async def send(message: Any) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/ask",
        "raw_path": b"/ask",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await application(scope, receive, send)
    return said[0], taken


def test_a_declared_length_is_believed() -> None:
    first, taken = async_to_sync(_send)(b"x", 1, [(b"content-length", b"3000000")])
    assert (first["status"], taken) == (413, 0)


@pytest.mark.parametrize("declared", [[], [(b"content-length", b"10")]])
def test_a_body_without_end_is_cut_off(declared: list[tuple[bytes, bytes]]) -> None:
    chunk = b"x" * 100_000
    first, taken = async_to_sync(_send)(chunk, 10_000, declared)
    assert first["status"] == 413
    assert taken <= LONGEST // len(chunk) + 1
