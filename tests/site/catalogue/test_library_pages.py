"""The list of sources, a source's page, the search among passages, the versions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.test import Client

from osler.library import Library
from osler_site.engine import engine
from osler_site.library_pages.sources import source_view

pytestmark = pytest.mark.usefixtures("site")


def titles(client: Client, **query: str) -> list[str]:
    page = client.get("/library/", query)
    assert page.status_code == 200
    return [s["entry"].view.title for s in page.context["sources"]]


def test_the_list_says_what_each_source_is(client: Client, article: Any) -> None:
    page = article("b12")
    cited = page.answer_json()["references"][0]
    shown = {s["entry"].id: s for s in client.get("/library/").context["sources"]}
    library = engine().library()
    assert len(shown) == len(library.sources())
    assert shown[cited["source_id"]]["cited"] == 1
    assert all(s["entry"].statements == len(library.statements_of(i)) for i, s in shown.items())
    assert "1 article</b> rests on it" in client.get("/library/").content.decode()


def test_sources_are_narrowed_searched_and_sorted(client: Client) -> None:
    everything = titles(client)
    assert titles(client, q="LITHIUM") == [t for t in everything if "ithium" in t]
    assert set(titles(client, country="Hong Kong")) == {
        "Vitamin B12 (cyanocobalamin) injection, Panpharma - product information"
    }
    assert 0 < len(titles(client, kind="Guideline summary")) < len(everything)
    assert titles(client, status="retracted") == []
    assert titles(client, q="zzz") == []
    assert "No source is like that" in client.get("/library/", {"q": "zzz"}).content.decode()
    most = client.get("/library/", {"sort": "statements"}).context["sources"]
    counts = [s["entry"].statements for s in most]
    assert counts == sorted(counts, reverse=True)
    assert titles(client, sort="nonsense") == everything


def test_many_sources_are_shown_a_page_at_a_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler_site.library_pages.views.PAGE", 10)
    pages = [titles(client, page=str(n), q="a") for n in (1, 2)]
    assert len(pages[0]) == 10
    assert not set(pages[0]) & set(pages[1])
    html = client.get("/library/", {"q": "a"}).content.decode()
    assert 'rel="next" href="?q=a&amp;page=2"' in html


def test_a_source_says_all_that_is_known_of_it(client: Client, article: Any) -> None:
    page = article("b12", title="B12 upkeep")
    cited = page.answer_json()["references"][0]
    html = client.get(f"/library/{cited['source_id']}/").content.decode()
    assert "not stated" in html  # its licence
    assert "B12 upkeep" in html
    assert "1 answer cites it" in html


def test_nobody_sees_what_others_asked(client: Client) -> None:
    question = "How often is lithium monitored in adults?"
    address = client.post("/ask", {"q": question})["Location"]
    source = client.get(f"{address}answer.json").json()["references"][0]["source_id"]
    assert question in client.get(f"/library/{source}/").content.decode()
    other = Client().get(f"/library/{source}/").content.decode()
    assert question not in other
    assert "1 answer cites it" in other


EDITION = """---
title: {title}
organization: Example Society
year: {year}
kind: guideline
status: {status}
{more}
---
# Dose

Give drug {year} mg once daily.
"""


def test_a_superseded_source_says_so_and_by_what(tmp_path: Path) -> None:
    for name, title, year, status, more in (
        ("old", "Doses, first edition", 2010, "current", ""),
        ("new", "Doses, second edition", 2020, "current", "supersedes: Doses, first edition"),
    ):
        text = EDITION.format(title=title, year=year, status=status, more=more)
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    library = Library.create(tmp_path / "library")
    library.add(tmp_path / "old.md")
    library.add(tmp_path / "new.md")
    old = source_view(library, library.source("Doses, first edition"))
    new = source_view(library, library.source("Doses, second edition"))
    assert old.view.status == "superseded"
    assert [e.href for e in old.replaced_by] == [f"/library/{new.id}/"]
    assert new.replaces is not None
    assert new.replaces.href == f"/library/{old.id}/"
    with Library.open(library.folder, at=1) as before:
        assert source_view(before, before.source("old.md")).replaced_by == ()


def test_passages_are_found_and_their_words_marked(client: Client) -> None:
    page = client.get("/library/search", {"q": "monitoring lithium levels"})
    first = page.context["found"][0]
    assert "ithium" in first.source.title
    tree = lxml.html.fromstring(page.content.decode())
    marked = {m.text_content().casefold() for m in tree.cssselect("mark.hit")}
    assert "lithium" in marked
    place = tree.cssselect("article li a")[0].get("href")
    there = lxml.html.fromstring(client.get(place).content.decode())
    assert there.cssselect("mark#at")


@pytest.mark.parametrize("q", ["", " ", "zzzzqq", "\x00", "<script>alert(1)</script>", "x " * 5000])
def test_a_search_for_nothing_finds_nothing(client: Client, q: str) -> None:
    page = client.get("/library/search", {"q": q})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_a_cited_passage_leads_to_its_place(client: Client) -> None:
    address = client.post("/ask", {"q": "How often is lithium monitored?"})["Location"]
    body = client.get(f"{address}answer.json").json()
    cited = body["bottom_line"][0]["citations"][0]
    at = f"{cited['start']}-{cited['end']}"
    query = {"at": at, "version": str(body["library_version"]), "part": "1"}
    part = client.get(f"/library/{cited['source_id']}/passage", query).content.decode()
    assert "<html" not in part
    tree = lxml.html.fromstring(f"<div>{part}</div>")
    assert tree.cssselect("mark")[0].text == cited["quote"]
    (place,) = tree.xpath("//a[text()='Open in the source']/@href")
    assert place.endswith("#at")
    shown = lxml.html.fromstring(client.get(place.partition("#")[0]).content.decode())
    assert shown.cssselect("mark#at")[0].text_content() == cited["quote"]


def test_the_history_leads_to_every_version(client: Client) -> None:
    html = client.get("/library/versions/").content.decode()
    for version in engine().library().versions():
        assert f"/library/?version={version.number}" in html
        assert client.get("/library/", {"version": str(version.number)}).status_code == 200
    assert client.get("/library/", {"version": "999"}).status_code == 404
