"""Wherever an article is listed, what was found against it is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.living.models import Finding, FindingKind

pytestmark = pytest.mark.usefixtures("site")
TOLD = "Approved; changed since"


@pytest.fixture
def page(article: Any) -> ArticlePage:
    return article("b12", ReviewStatus.APPROVED, title="Upkeep of B12", topic="B12")


@pytest.fixture
def lists(page: ArticlePage, article: Any) -> tuple[str, ...]:
    """Where the article is listed: beside another one, and with a source that it cites."""
    beside = article("b12", title="More on B12", topic="B12")
    source = page.answer_json()["references"][0]["source_id"]
    kinds = ("/articles/", "/articles/?q=upkeep", "/", f"/library/{source}/", beside.url)
    return (*kinds, "/articles/feed.atom", "/articles/feed.rss")


def find(page: ArticlePage) -> Finding:
    return Finding.objects.create(
        article=page, kind=FindingKind.RETRACTED, key="x", summary="Retracted.", library_version=2
    )


def said(client: Client, address: str) -> str:
    """What is said of the article, without its marks and what stands between them."""
    html = client.get(address).content.decode()
    assert "Upkeep of B12" in html, address
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_every_list_tells_an_open_finding(
    client: Client, page: ArticlePage, lists: tuple[str, ...]
) -> None:
    for address in lists:
        assert "changed since" not in said(client, address), address
    found = find(page)
    caches["process"].clear()  # what a page says of others may be minutes old
    for address in lists:
        if "feed" in address:
            assert "Approved, 20 November 2026; changed since" in said(client, address), address
        else:
            assert TOLD in said(client, address), address
    Finding.objects.filter(pk=found.pk).update(settled=timezone.now())
    assert "changed since" not in said(client, "/articles/")


def test_programs_are_told_in_the_list(client: Client, page: ArticlePage) -> None:
    _, secret = ApiToken.issue("ward", [Scope.READ])

    def listed() -> bool:
        headers = {"Authorization": f"Bearer {secret}"}
        (one,) = client.get("/api/v1/articles", headers=headers).json()["articles"]
        return bool(one["changed"])

    assert not listed()
    find(page)
    assert listed()
