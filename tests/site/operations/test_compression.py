"""Pages are sent compressed; an answer that streams is not held back for it."""

from __future__ import annotations

import gzip

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient

pytestmark = pytest.mark.usefixtures("site")


async def _page(**headers: str) -> tuple[bytes, str]:
    response = await AsyncClient().get("/editorial-policy/", headers=headers)
    return response.content, response.get("Content-Encoding", "")


def test_a_page_is_compressed_for_a_browser_that_takes_it() -> None:
    sent, encoding = async_to_sync(_page)(**{"accept-encoding": "gzip"})
    assert encoding == "gzip"
    assert b"Editorial policy" in gzip.decompress(sent)


def test_a_page_is_plain_for_one_that_does_not() -> None:
    sent, encoding = async_to_sync(_page)()
    assert encoding == ""
    assert b"Editorial policy" in sent


async def _chunks() -> list[bytes]:
    response = await AsyncClient().post(
        "/ask",
        {"q": "What lithium monitoring is needed?"},
        headers={"accept": "text/event-stream", "accept-encoding": "gzip"},
    )
    assert "Content-Encoding" not in response
    return [chunk async for chunk in response.streaming_content]


def test_a_stream_is_sent_piece_by_piece() -> None:
    first, *rest = async_to_sync(_chunks)()
    assert first.startswith(b"event: understood")
    assert len(rest) > 5
