"""Article pages come from a cache for whoever has no session; nobody gets another's."""

from __future__ import annotations

import re
from time import sleep
from typing import Any

import pytest
from django.test import Client

from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.articles import page_cache
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.environment import environment
from osler_site.review.logs import record
from osler_site.review.workflow import submit, withdraw

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)')


@pytest.fixture
def article(site: None) -> ArticlePage:
    raw = ask("What is the maintenance dose of vitamin B12 after loading?")
    return submit(promote(raw, None, slug="b12"), None, visible=True)


@pytest.fixture
def renders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were rendered anew."""
    made: list[str] = []
    context = ArticlePage.get_context

    def counted(self: ArticlePage, *args: Any, **kwargs: Any) -> Any:
        made.append(self.slug)
        return context(self, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "get_context", counted)
    return made


def without_tokens(page: Any) -> str:
    return TOKEN.sub("", page.content.decode())


def test_a_second_reader_gets_the_same_page_with_a_token_of_their_own(
    article: ArticlePage, renders: list[str]
) -> None:
    first, second = (Client(enforce_csrf_checks=True) for _ in range(2))
    one, two = first.get(article.url), second.get(article.url)
    assert renders == ["b12"]
    assert without_tokens(one) == without_tokens(two)
    assert two["X-Robots-Tag"] == "noindex"
    assert "Cookie" in two["Vary"]
    token = TOKEN.search(two.content.decode())
    assert token is not None
    chosen = second.post("/reader", {"reader": "nurse", "csrfmiddlewaretoken": token[1]})
    assert chosen.status_code == 302
    stolen = first.post("/reader", {"reader": "nurse", "csrfmiddlewaretoken": token[1]})
    assert stolen.status_code == 403


def test_another_choice_of_reader_is_another_page(
    article: ArticlePage, renders: list[str], client: Client
) -> None:
    client.get(article.url)
    client.cookies["osler_reader"] = "nurse"
    client.get(article.url)
    assert len(renders) == 2


def test_the_host_that_was_asked_is_not_kept_for_others(
    article: ArticlePage, client: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    first, second = (
        client.get(article.url, headers={"host": host}).content.decode()
        for host in settings.ALLOWED_HOSTS
    )
    assert f'"url": "{environment().base_url}{article.url}"' in first
    assert "one.example" not in first + second


def test_whoever_has_a_session_is_served_afresh(
    article: ArticlePage, renders: list[str], client: Client, person: Any
) -> None:
    client.force_login(person("ed", Role.EDITOR))
    client.get(article.url)
    client.get(article.url)
    assert len(renders) == 2


def test_whoever_has_asked_reads_what_is_kept_and_it_holds_nothing_of_that(
    article: ArticlePage, renders: list[str], client: Client
) -> None:
    client.post("/ask", {"q": "How is lithium monitored?"})
    asked = client.get(article.url)
    other = Client().get(article.url)
    assert renders == ["b12"]
    assert "How is lithium monitored?" not in asked.content.decode()
    assert without_tokens(asked) == without_tokens(other)


def test_what_is_done_with_an_article_is_seen_within_a_second(
    article: ArticlePage, client: Client, person: Any, renders: list[str]
) -> None:
    assert client.get(article.url).status_code == 200
    publisher = person("pat", Role.PUBLISHER)
    record(article, "shown", publisher)
    sleep(page_cache.STATE_SECONDS + 0.1)
    client.get(article.url)
    assert len(renders) == 2
    withdraw(article, publisher, "wrong dose")
    sleep(page_cache.STATE_SECONDS + 0.1)
    assert client.get(article.url).status_code == 410
