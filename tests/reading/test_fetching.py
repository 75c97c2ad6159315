"""How pages are fetched: retries, limits, what is kept, and which hosts are asked at all."""

from __future__ import annotations

import email.utils
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from osler.domain.errors import DocumentTooLarge, ImportFailed
from osler.reading import read
from osler.reading.importers.addresses import is_public
from osler.reading.importers.http import RateLimit

from .conftest import Answer, Get, Server


def page(body: bytes = b"<html><body><h1>A</h1><p>Give 5 mg.</p></body></html>") -> Answer:
    return 200, {"Content-Type": "text/html; charset=utf-8"}, body


@pytest.mark.parametrize("after", ["0", "date"])
def test_a_busy_service_is_asked_again_when_it_says(server: Server, get: Get, after: str) -> None:
    if after == "date":
        after = email.utils.format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    answers = [(429, {"Retry-After": after}, b"slow down"), page()]
    server.answer = lambda path, query: answers.pop(0)
    (raw,) = get(f"{server.url}/a", allow_private=True)
    assert raw.name == "a.html"
    assert len(server.queries) == 2


def test_a_service_that_wants_too_long_a_wait_is_left_alone(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (503, {"Retry-After": "86400"}, b"")
    with pytest.raises(ImportFailed, match="86400"):
        get(f"{server.url}/a", allow_private=True)
    assert len(server.queries) == 1


def test_a_broken_service_is_given_up_on_after_four_attempts(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (500, {}, b"")
    with pytest.raises(ImportFailed, match="500"):
        get("openfda:metformin")
    assert len(server.queries) == 4


def test_a_missing_page_is_not_asked_for_twice(server: Server, get: Get) -> None:
    with pytest.raises(ImportFailed, match="404") as raised:
        get(f"{server.url}/gone", allow_private=True)
    assert raised.value.status == 404
    assert len(server.queries) == 1


def test_a_slow_service_times_out(server: Server, get: Get) -> None:
    def answer(path: str, query: dict[str, str]) -> Answer:
        time.sleep(0.3)
        return page()

    server.answer = answer
    with (
        httpx.Client(timeout=0.05) as client,
        pytest.raises(ImportFailed, match="did not answer in time"),
    ):
        get("openfda:metformin", client=client)


def test_a_body_cut_short_is_fetched_again(server: Server, get: Get) -> None:
    answers = [(200, {"Content-Length": "1000", "Connection": "close"}, b"<html>cut"), page()]
    server.answer = lambda path, query: answers.pop(0)
    (raw,) = get(f"{server.url}/a", allow_private=True)
    assert b"Give 5 mg." in raw.data


def test_an_unchanged_page_is_not_sent_again(server: Server, get: Get) -> None:
    def answer(path: str, query: dict[str, str]) -> Answer:
        if server.headers[-1].get("if-none-match") == '"v1"':
            return 304, {"ETag": '"v1"'}, b""
        status, headers, body = page()
        return status, {**headers, "ETag": '"v1"'}, body

    server.answer = answer
    first, second = (get(f"{server.url}/a", allow_private=True)[0] for _ in range(2))
    assert first.data == second.data
    assert len(server.queries) == 2
    (document,) = read(second)
    assert document.source.extra["etag"] == '"v1"'


def test_a_damaged_cache_is_as_good_as_none(server: Server, get: Get, tmp_path: Path) -> None:
    server.answer = lambda path, query: page()
    get(f"{server.url}/a", allow_private=True)
    (body,) = tmp_path.glob("*.body")
    body.write_bytes(b"something else")
    (raw,) = get(f"{server.url}/a", allow_private=True)
    assert b"Give 5 mg." in raw.data
    assert len(server.queries) == 2


def test_too_large_a_page_is_refused(server: Server, get: Get) -> None:
    server.answer = lambda path, query: page(b"x" * 100_000)
    with pytest.raises(DocumentTooLarge):
        get(f"{server.url}/a", allow_private=True, max_bytes=10_000)


def test_a_page_on_a_private_address_is_refused(server: Server, get: Get) -> None:
    with pytest.raises(ImportFailed, match="private address"):
        get(f"{server.url}/a", base_urls={})
    assert server.queries == []


def test_a_redirect_to_a_private_address_is_refused(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (302, {"Location": "http://169.254.169.254/latest"}, b"")
    with pytest.raises(ImportFailed, match="private address"):
        get("openfda:metformin")


def test_redirects_end(server: Server, get: Get) -> None:
    server.answer = lambda path, query: (302, {"Location": "/again"}, b"")
    with pytest.raises(ImportFailed, match="redirects more than"):
        get(f"{server.url}/a", allow_private=True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("0.0.0.0", False),
        ("not an address", False),
    ],
)
def test_only_the_public_internet_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_requests_keep_their_distance() -> None:
    waited: list[float] = []
    limit = RateLimit(4.0)
    for _ in range(3):
        limit.wait(waited.append)
    assert waited == pytest.approx([0.25, 0.5], abs=0.05)
