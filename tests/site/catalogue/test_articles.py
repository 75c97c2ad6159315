"""The list of articles, and what is related to one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from osler_site.articles.models import ReviewStatus
from osler_site.catalogue.models import Facet
from osler_site.catalogue.related import related

pytestmark = pytest.mark.usefixtures("site")


def titles(client: Client, **query: str) -> list[str]:
    page = client.get("/articles/", query)
    assert page.status_code == 200
    return [a.title for a in page.context["articles"]]


def test_without_articles_the_page_says_so(client: Client) -> None:
    assert "There is no article yet" in client.get("/articles/").content.decode()


def test_drafts_are_not_listed(client: Client, article: Any) -> None:
    article("b12", ReviewStatus.DRAFT)
    assert titles(client) == []


def test_articles_are_narrowed_searched_and_sorted(client: Client, article: Any) -> None:
    week = timezone.now() - timedelta(days=7)
    article("b12", ReviewStatus.APPROVED, title="Vitamin B12 upkeep", topic="Vitamin B12")
    article("lithium", title="Lithium checks", topic="Lithium", last_published_at=week)
    assert titles(client) == ["Vitamin B12 upkeep", "Lithium checks"]
    assert titles(client, sort="title") == ["Lithium checks", "Vitamin B12 upkeep"]
    assert titles(client, status="approved") == ["Vitamin B12 upkeep"]
    assert titles(client, topic="Lithium") == ["Lithium checks"]
    assert titles(client, kind="summary") == []
    assert titles(client, q="lithium") == ["Lithium checks"]
    assert titles(client, q="lithium", status="approved") == []
    page = client.get("/articles/").content.decode()
    assert "Approved (1)" in page
    assert "Lithium (1)" in page


def test_a_list_that_is_empty_offers_to_ask(client: Client, article: Any) -> None:
    article("b12")
    page = client.get("/articles/", {"q": "zzz quux"}).content.decode()
    assert "Ask “zzz quux”" in page
    assert "No article is like that" in page


@pytest.mark.parametrize(
    "query",
    [
        {"q": '"'}, {"q": "' OR 1=1 --"}, {"q": "* ^ ( NEAR"}, {"q": "\x00"}, {"q": "x" * 3000},
        {"status": "draft"}, {"status": "'; DROP TABLE"}, {"sort": "pk"}, {"page": "99999"},
        {"page": "-1"}, {"page": "x"}, {"q": "<script>alert(1)</script>"}, {"q": "AND"},
        {"q": "a-b"},
        {"q": "body:b12"}, {"q": "{"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_does_no_harm(
    client: Client, article: Any, query: dict[str, str]
) -> None:
    article("b12", ReviewStatus.DRAFT, title="Secret draft")
    page = client.get("/articles/", query)
    assert page.status_code == 200
    assert "Secret draft" not in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_an_article_knows_its_sources_and_substances(article: Any) -> None:
    page = article("b12")
    cited = {c["source_id"] for c in page.answer_json()["bottom_line"][0]["citations"]}
    assert cited <= set(page.facets.filter(facet=Facet.SOURCE).values_list("value", flat=True))
    assert page.facets.filter(facet=Facet.SUBSTANCE, value="vitamin b12").exists()


def test_an_article_that_no_longer_cites_a_source_does_not_rest_on_it(article: Any) -> None:
    page = article("b12", ReviewStatus.DRAFT)
    page.body = page.body.stream_block.to_python([page.body.raw_data[0]])
    page.save()
    left = {r["source_id"] for r in page.answer_json()["references"]}
    assert set(page.facets.filter(facet=Facet.SOURCE).values_list("value", flat=True)) == left


def test_what_shares_more_is_nearer_and_drafts_are_left_out(article: Any) -> None:
    b12 = article("b12")
    same = article("How much vitamin B12 is given by injection for maintenance?")
    other = article("lithium")
    article("What dose of vitamin B12 after bariatric surgery?", ReviewStatus.DRAFT)
    assert related(b12) == [same]
    topical = article("metformin", topic="Vitamins")
    b12.topic = "Vitamins"
    assert other not in related(b12)
    del topical


def test_an_article_page_shows_what_is_related(client: Client, article: Any) -> None:
    b12 = article("b12", title="B12 first")
    article("How much vitamin B12 is given by injection for maintenance?", title="B12 second")
    page = client.get(b12.url).content.decode()
    assert "Related articles" in page
    assert "B12 second" in page
