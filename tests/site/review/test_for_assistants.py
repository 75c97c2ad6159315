"""What the server for assistants reads of a site: approved articles, through the interface."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from osler.domain.errors import SiteUnreachable
from osler.mcp.articles import Articles
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage
from osler_site.review.workflow import submit


@pytest.fixture
def site_articles(site: None) -> Iterator[Articles]:
    """The site itself answers, within the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    _, secret = ApiToken.issue("an assistant", [Scope.READ])
    yield Articles("http://testserver", secret, httpx.WSGITransport(app=WSGIHandler()))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_an_approved_article_is_listed_and_read_whole(
    site_articles: Articles, approved: ArticlePage
) -> None:
    assert [each["slug"] for each in site_articles.approved()] == [approved.slug]
    read = site_articles.article(approved.slug)
    assert read["answer"]["bottom_line"] == approved.answer_json()["bottom_line"]
    assert read["review"]["approval"]["scope"]


def test_one_that_nobody_approved_is_not_given(site_articles: Articles, draft: ArticlePage) -> None:
    page = submit(draft, None, visible=True)
    assert site_articles.approved() == []
    with pytest.raises(SiteUnreachable, match="is not approved"):
        site_articles.article(page.slug)


@pytest.mark.parametrize("slug", ["nothing", "../tokens", "a/b"])
def test_what_is_not_there_is_said(slug: str, site_articles: Articles) -> None:
    with pytest.raises(SiteUnreachable, match="did not give articles/"):
        site_articles.article(slug)


def test_a_wrong_token_is_said(site_articles: Articles) -> None:
    wrong = Articles(site_articles.url, "wrong", site_articles.transport)
    with pytest.raises(SiteUnreachable, match="401"):
        wrong.approved()
