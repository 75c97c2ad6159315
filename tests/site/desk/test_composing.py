"""Overviews and summaries that an editor has composed, seen first and taken up."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from osler.domain import Source
from osler.domain.errors import EmptyQuestion, SourceNotFound, UsageError
from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.composing import NothingHeld, compose
from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticleKind, ArticlePage
from osler_site.engine import engine
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")

TOPIC = "Vitamin B12 deficiency"


@pytest.fixture
def editor(client: Client, person: Callable[..., User]) -> User:
    """An editor, signed in."""
    user = person("edith", Role.EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def source() -> Source:
    """A source with something to sum up."""
    return engine().library().source("lithium--sps-monitoring.md")


def compose_by_form(client: Client, kind: str, about: str) -> RawAnswer:
    sent = client.post("/desk/compose", {"kind": kind, "about": about})
    assert sent.status_code == 302, sent.content.decode()
    raw = RawAnswer.objects.get()
    assert sent["Location"] == raw.get_absolute_url()
    return raw


def test_an_overview_is_composed_seen_and_taken_up(client: Client, editor: User) -> None:
    raw = compose_by_form(client, "overview", f"  {TOPIC} ")
    assert raw.body == {**engine().overview(TOPIC), "elapsed_ms": raw.body["elapsed_ms"]}
    seen = client.get(raw.get_absolute_url()).content.decode()
    assert "Topic overview" in seen
    assert "Take up as an article" in seen
    client.post(f"/desk/promote/{raw.uid}")
    page = ArticlePage.objects.get()
    assert (page.kind, page.title, page.topic) == (ArticleKind.OVERVIEW, TOPIC, TOPIC)
    assert (page.live, page.status, page.owner) == (False, "draft", editor)
    assert "Taken up already" in client.get(raw.get_absolute_url()).content.decode()


@pytest.mark.parametrize("named", ["id", "file", "title"])
def test_a_summary_is_composed_of_a_source_however_it_is_named(
    client: Client, editor: User, source: Source, named: str
) -> None:
    raw = compose_by_form(client, "summary", getattr(source, named))
    assert (raw.kind, raw.question) == ("summary", source.title)
    assert {r["source_id"] for r in raw.body["references"]} == {source.id}


def test_a_sources_page_offers_its_summary_to_editors_and_links_it_to_readers(
    client: Client, editor: User, source: Source, person: Callable[..., User]
) -> None:
    here = f"/library/{source.id}/"
    form = re.search(r'name="about" value="([^"]+)"', client.get(here).content.decode())
    assert form
    raw = compose_by_form(client, "summary", form[1])
    client.post(f"/desk/promote/{raw.uid}")
    reader = Client()
    assert "In short:" not in reader.get(here).content.decode()
    page = submit(ArticlePage.objects.get(), None, visible=True)
    seen = reader.get(here).content.decode()
    assert f'In short: <a href="{page.url}">' in seen
    assert "Compose a summary" not in seen
    other = next(s for s in engine().library().sources() if s.id != source.id)
    assert "In short:" not in reader.get(f"/library/{other.id}/").content.decode()


def test_the_same_thing_is_not_composed_twice() -> None:
    assert compose("overview", TOPIC) == compose("overview", TOPIC[0].lower() + TOPIC[1:])
    assert RawAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "about", "error"),
    [
        ("overview", " \x00 ", EmptyQuestion),
        ("overview", "x" * 121, UsageError),
        ("overview", "zolendrine", NothingHeld),
        ("summary", "no such source", SourceNotFound),
    ],
)
def test_what_comes_to_nothing_is_told_and_not_kept(
    client: Client, editor: User, kind: str, about: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        compose(kind, about)  # type: ignore[arg-type]
    sent = client.post("/desk/compose", {"kind": kind, "about": about})
    assert sent.status_code == 400
    page = sent.content.decode()
    assert f'id="id_{kind}_about_error"' in page
    other = "summary" if kind == "overview" else "overview"
    assert f'id="id_{other}_about_error"' not in page
    assert not RawAnswer.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"kind": "answer", "about": "x"}, {"kind": "overview"}])
def test_a_form_that_says_nothing_sensible_is_shown_again(
    client: Client, editor: User, sent: dict[str, str]
) -> None:
    assert client.post("/desk/compose", sent).status_code == 400
    assert not RawAnswer.objects.exists()
