"""Articles as resources, where a site is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from osler.library import Following
from osler.mcp import build
from osler.mcp.articles import Articles

ARTICLE = {"slug": "b12", "title": "Vitamin B12", "status": "approved", "answer": {}}


def site(request: httpx.Request) -> httpx.Response:
    """A site with two articles, one of them approved."""
    assert request.headers["Authorization"] == "Bearer secret"
    if request.url.path == "/api/v1/articles":
        assert request.url.params["status"] == "approved"
        start = int(request.url.params["offset"])
        page = [{**ARTICLE, "slug": f"b12-{n}"} for n in range(start, min(start + 200, 250))]
        return httpx.Response(200, json={"total": 250, "articles": page})
    if request.url.path == "/api/v1/articles/b12":
        return httpx.Response(200, json=ARTICLE)
    return httpx.Response(404, json={"title": "Not Found"})


def with_client(library: Path, use: Callable[[Client], Any]) -> Any:
    articles = Articles("https://osler.example/", "secret", httpx.MockTransport(site))
    server = build(Following(library), articles)

    async def run() -> Any:
        async with Client(server) as client:
            return await use(client)

    return anyio.run(run)


def test_the_list_has_every_page_of_it(library: Path) -> None:
    async def use(client: Client) -> Any:
        listed = await client.list_resources()
        read = await client.read_resource("osler://articles")
        return {str(r.uri) for r in listed.resources}, json.loads(read.contents[0].text)

    uris, read = with_client(library, use)
    assert "osler://articles" in uris
    assert len({each["slug"] for each in read["articles"]}) == 250


def test_an_article_is_read(library: Path) -> None:
    async def use(client: Client) -> Any:
        return json.loads((await client.read_resource("osler://articles/b12")).contents[0].text)

    read = with_client(library, use)
    assert read["title"] == "Vitamin B12"
    assert "does not replace" in read["notice"]


def test_a_site_that_does_not_answer_is_told_with_what_to_do(library: Path) -> None:
    async def use(client: Client) -> Any:
        with pytest.raises(MCPError, match="--site"):
            await client.read_resource("osler://articles/none")

    with_client(library, use)
