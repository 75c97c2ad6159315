"""Whatever leaves the site warns of what changed, and so does an answer from before."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from changing import change, sign_off
from django.template.loader import render_to_string
from django.test import Client

from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.answers.models import Ask, RawAnswer
from osler_site.answers.since import since
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage
from osler_site.citing import pdf
from osler_site.engine import engine
from osler_site.living.round import go_round
from osler_site.living.telling import CHANGED

pytestmark = pytest.mark.usefixtures("site")

SUPERSEDED = "A cited source was superseded"


@pytest.fixture
def changed(article: ArticlePage, own_library: Path, new_edition: Path, person: Any) -> ArticlePage:
    """An approved article under which something changed."""
    sign_off(article, person("rita", Role.REVIEWER))
    change(own_library, new_edition)
    go_round()
    return ArticlePage.objects.get(pk=article.pk)


@pytest.mark.parametrize("form", ["text", "cite.ris", "cite.bib", "article.fhir.json"])
def test_text_and_citations_warn(changed: ArticlePage, client: Client, form: str) -> None:
    said = client.get(f"{changed.url}{form}").content.decode()
    assert CHANGED in said
    assert SUPERSEDED in said


def test_without_a_change_nothing_warns(article: ArticlePage, client: Client) -> None:
    assert CHANGED not in client.get(f"{article.url}text").content.decode()
    assert client.get(f"{article.url}article.json").json()["article"]["findings"] == []
    assert "changed since" not in client.get(article.url).content.decode()


def test_the_json_of_an_article_tells_what_was_found(changed: ArticlePage, client: Client) -> None:
    found = client.get(f"{changed.url}article.json").json()["article"]["findings"]
    assert {"superseded", "answer"} <= {each["kind"] for each in found}


def test_search_engines_are_told(changed: ArticlePage, client: Client) -> None:
    page = client.get(changed.url).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert block
    data = json.loads(block[1])
    assert data["creativeWorkStatus"] == "Approved; changed since"
    assert any(SUPERSEDED in comment["text"] for comment in data["comment"])


def test_the_document_warns(
    changed: ArticlePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []

    def as_page(answer: Any, about: dict[str, Any]) -> bytes:
        """All but the setting of the page, which needs WeasyPrint."""
        pages.append(render_to_string("osler/citing/article_pdf.html", {"answer": answer, **about}))
        return b"%PDF"

    monkeypatch.setattr(pdf, "available", lambda: True)
    monkeypatch.setattr(pdf, "pdf", as_page)
    assert client.get(f"{changed.url}article.pdf").status_code == 200
    assert CHANGED in pages[0]
    assert SUPERSEDED in pages[0]


def test_programs_are_told(changed: ArticlePage, client: Client) -> None:
    _, secret = ApiToken.issue("ward", [Scope.READ])
    address = f"/api/v1/articles/{changed.slug}"
    article = client.get(address, headers={"Authorization": f"Bearer {secret}"}).json()
    assert {"superseded", "answer"} <= {each["kind"] for each in article["findings"]}


def test_an_answer_from_before_warns_and_can_be_asked_again(
    own_library: Path, new_edition: Path, client: Client
) -> None:
    raw = ask("What is the dose of zolendrine in gout?", patient="age=54")
    address = raw.get_absolute_url()
    assert "Ask again in today" not in client.get(address).content.decode()
    change(own_library, new_edition)
    page = client.get(address).content.decode()
    assert "Something happened since this was answered" in page
    assert "Superseded by Zolendrine in gout, second edition" in page
    assert "Superseded by" in client.get(f"{address}text").content.decode()
    again = client.post("/ask", {"q": raw.question, "patient": raw.patient})
    new = RawAnswer.objects.get(uid=again["Location"].split("/")[2])
    assert (new.library_version, new.patient) == (engine().library().version, "age=54")
    assert "Ask again in today" not in client.get(again["Location"]).content.decode()
    assert Ask.objects.count() == 2


def test_an_answer_as_data_tells_what_became_of_its_sources(
    own_library: Path, new_edition: Path, client: Client
) -> None:
    raw = ask("What is the dose of zolendrine in gout?")
    _, secret = ApiToken.issue("ward", [Scope.ASK])
    headers = {"Authorization": f"Bearer {secret}"}
    address = raw.get_absolute_url()
    data = (f"{address}answer.json", f"/api/v1/answers/{raw.uid}")
    notes = (f"{address}cite.ris", f"{address}cite.bib")
    for each in data:
        assert client.get(each, headers=headers).json() == {**raw.body, "since": None}
    for each in notes:
        assert "Since then" not in client.get(each).content.decode()
    change(own_library, new_edition)
    for each in data:
        told = client.get(each, headers=headers).json()
        now = told.pop("since")
        assert told == raw.body
        assert now["library_version"] == engine().library().version > raw.library_version
        assert any("Superseded by Zolendrine in gout" in line for line in now["happened"])
    for each in notes:
        said = client.get(each).content.decode()
        assert "Since then (library version" in said
        assert "Superseded by Zolendrine in gout" in said


def test_an_answer_whose_sources_stand_says_so(
    own_library: Path, tmp_path: Path, client: Client
) -> None:
    raw = ask("What is the dose of zolendrine in gout?")
    (tmp_path / "else.md").write_text("# House rules\n\nWash hands before each visit.\n", "utf-8")
    change(own_library, tmp_path / "else.md")
    assert since(raw) is not None
    page = client.get(raw.get_absolute_url()).content.decode()
    assert "stands as it was" in page
    assert "Something happened" not in page
