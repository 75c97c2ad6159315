"""The list of articles, and what is related to one."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone

from osler_site.articles.models import ReviewStatus
from osler_site.catalogue import articles
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


def test_articles_are_narrowed_by_when_they_were_updated_and_are_due(
    client: Client, article: Any
) -> None:
    today = timezone.localdate()
    article("b12", title="B12 now", next_review=today + timedelta(days=400))
    article(
        "lithium", title="Lithium then", next_review=today + timedelta(days=20),
        last_published_at=timezone.now() - timedelta(days=90),
    )  # fmt: skip
    article("metformin", title="Metformin never signed")

    def day(after: int) -> str:
        return (today + timedelta(days=after)).isoformat()

    assert set(titles(client, updated=day(-7))) == {"B12 now", "Metformin never signed"}
    assert titles(client, updated=day(1)) == []
    assert "B12 now" in titles(client, updated=day(0))
    assert titles(client, due=day(21)) == ["Lithium then"]
    assert titles(client, due=day(20)) == []
    assert set(titles(client, due=day(401))) == {"Lithium then", "B12 now"}
    assert titles(client, due=day(401), updated=day(-7)) == ["B12 now"]
    assert titles(client, due=day(401), q="lithium") == ["Lithium then"]
    assert titles(client, updated=day(-7), q="lithium") == []
    assert titles(client, updated="yesterday", due="0001-01-01") == titles(client)


def test_each_filter_can_be_taken_away_and_all_stay_in_the_address(
    client: Client, article: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "PAGE", 1)
    for n in range(3):
        article("b12", title=f"B12 {n}", topic="Vitamin & B12")
    narrowed = {"q": "b12", "topic": "Vitamin & B12", "updated": "2020-02-29", "sort": "title"}
    page = client.get("/articles/", {**narrowed, "page": "2"})
    found = {f.label: parse_qs(f.without.removeprefix("?")) for f in page.context["filters"]}
    assert set(found) == {"Words", "Topic", "Updated since"}
    for label, name in (("Words", "q"), ("Topic", "topic"), ("Updated since", "updated")):
        assert found[label] == {key: [v] for key, v in narrowed.items() if key != name}
    html = page.content.decode()
    assert "Updated since: 29 February 2020" in html
    assert 'value="2020-02-29"' in html
    (following,) = re.findall(r'rel="next" href="([^"]+)"', html)
    said = parse_qs(unescape(following).removeprefix("?"))
    assert said == {key: [v] for key, v in {**narrowed, "page": "3"}.items()}
    assert [
        a.title for a in client.get(f"/articles/{unescape(following)}").context["articles"]
    ] == ["B12 2"]


def test_a_list_that_filters_have_emptied_says_what_to_take_away(
    client: Client, article: Any
) -> None:
    article("b12", topic="Vitamin B12")
    page = client.get("/articles/", {"topic": "Vitamin B12", "due": "2020-01-01"})
    html = page.content.decode()
    assert "Take one of the 2 filters above away" in html
    assert "Next review before: 1 January 2020" in html
    without = next(f.without for f in page.context["filters"] if f.label != "Topic")
    assert client.get(f"/articles/{without}").context["articles"]


def test_words_are_looked_for_as_they_are_on_every_database(client: Client, article: Any) -> None:
    article("b12", title="Zymogens on what is a ward")
    assert titles(client, q="ZYMOGENS") == ["Zymogens on what is a ward"]
    assert titles(client, q="what is a") == ["Zymogens on what is a ward"]
    assert titles(client, q="zymogen") == []


def test_titles_are_sorted_as_a_reader_does(client: Client, article: Any) -> None:
    for title in ("Zinc", "aspirin", "Benzatropine"):
        article("b12", title=title)
    assert titles(client, sort="title") == ["aspirin", "Benzatropine", "Zinc"]
    assert titles(client, sort="title", q="b12") == ["aspirin", "Benzatropine", "Zinc"]


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
        {"q": "body:b12"}, {"q": "{"}, {"updated": "9999-12-31"}, {"due": "2026-02-30", "q": "b12"},
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
