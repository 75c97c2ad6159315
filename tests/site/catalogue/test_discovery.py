"""Feeds, the map of the site, robots and structured data: what search engines may know."""

from __future__ import annotations

import json
from typing import Any

import lxml.etree
import lxml.html
import pytest
from django.test import Client

from osler_site.articles.models import ReviewStatus
from osler_site.catalogue.indexing import never_listed
from osler_site.citing.structured import data_block

pytestmark = pytest.mark.usefixtures("site")
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
EVIL = "</script><script>alert(1)</script><!-- & “B12” \u2028"


def test_feeds_are_valid_xml_and_say_how_far_the_review_is(client: Client, article: Any) -> None:
    article("b12", title="B12 <b>&</b> co")
    article("lithium", ReviewStatus.DRAFT, title="Not yet")
    atom = lxml.etree.fromstring(client.get("/articles/feed.atom").content)
    entries = atom.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == ["B12 <b>&</b> co"]
    assert "Submitted" in entries[0].findtext(f"{ATOM}summary")
    assert entries[0].find(f"{ATOM}link").get("href").startswith("http://testserver/articles/")
    assert entries[0].findtext(f"{ATOM}updated")
    rss = lxml.etree.fromstring(client.get("/articles/feed.rss").content)
    assert [i.findtext("title") for i in rss.iter("item")] == ["B12 <b>&</b> co"]


def test_the_map_names_approved_articles_and_managed_pages_only(
    client: Client, article: Any
) -> None:
    approved = article("b12", ReviewStatus.APPROVED)
    submitted = article("lithium")
    response = client.get("/sitemap.xml")
    found = [
        loc.text.partition("testserver")[2]
        for loc in lxml.etree.fromstring(response.content).iter(f"{MAP}loc")
    ]
    assert approved.url in found
    assert submitted.url not in found
    assert {"/", "/library/", "/articles/", "/board/", "/editorial-policy/"} <= set(found)


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    said = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in said
    assert "Disallow: /desk/" in said


def test_only_what_is_approved_is_listed(client: Client, article: Any) -> None:
    approved, submitted = article("b12", ReviewStatus.APPROVED), article("lithium")
    page, other = client.get(approved.url), client.get(submitted.url)
    assert "X-Robots-Tag" not in page
    assert 'name="robots"' not in page.content.decode()
    assert other["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in other.content.decode()


def test_everything_that_is_not_for_search_engines_says_so(client: Client) -> None:
    for path in ("/library/versions/", "/suggest?q=b1", "/library/search?q=b12", "/no-such-page/"):
        assert client.get(path)["X-Robots-Tag"] == "noindex"
    for path in ("/", "/library/", "/articles/"):
        assert "X-Robots-Tag" not in client.get(path)


def test_a_raw_answer_is_never_listed(client: Client) -> None:
    address = client.post("/ask", {"q": "How often is lithium monitored?"})["Location"]
    page = client.get(address)
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert never_listed("/articles/x/cite.ris")
    assert never_listed("/articles/x/article.fhir.json")


def structured(page: str) -> dict[str, Any]:
    (block,) = lxml.html.fromstring(page).cssselect("script[type='application/ld+json']")
    return json.loads(block.text)


def test_an_article_describes_itself(client: Client, article: Any) -> None:
    page = article("b12", ReviewStatus.APPROVED, title=EVIL, topic="Vitamin B12 deficiency")
    html = client.get(page.url).content.decode()
    data = structured(html)
    assert data["@type"] == "MedicalWebPage"
    assert data["name"] == EVIL
    assert data["lastReviewed"] == "2026-11-20"
    assert {"@type": "MedicalEntity", "name": "Vitamin B12 deficiency"} in data["about"]
    assert [c["name"] for c in data["citation"]] == [
        r["title"] for r in page.answer_json()["references"]
    ]
    assert html.count("<script>alert(1)") == 0


def test_an_article_that_awaits_review_claims_none(client: Client, article: Any) -> None:
    data = structured(client.get(article("b12").url).content.decode())
    assert "lastReviewed" not in data
    assert "reviewedBy" not in data
    assert data["creativeWorkStatus"] == "Submitted"


def test_nothing_ends_the_data_block_early() -> None:
    block = data_block({"name": EVIL})
    assert block.count("<") == 2
    assert structured(f"<main>{block}</main>")["name"] == EVIL
