"""A script in a question is text wherever the question is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client
from lxml import etree, html

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.review.reviewing import claim
from osler_site.review.workflow import publish_for_readers, submit

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
QUESTION = f'What is the dose of amoxicillin in children? {SCRIPT} " onfocus=alert(1) x="'

pytestmark = pytest.mark.usefixtures("site")


def check_harmless(page: Any) -> Any:
    """The page's document, in which nothing of the question became markup."""
    assert page.status_code in (200, 400, 404)
    document = html.fromstring(page.content)
    for script in document.iter("script"):
        kind = script.get("type", "")
        assert script.get("src") or kind in ("application/ld+json", "application/json"), kind
        assert "<" not in (script.text or "")
    assert not document.xpath("//*[@onerror or @onfocus or @onload or @onclick]")
    assert not document.xpath("//img[@src='x']")
    assert not document.xpath("//*[starts-with(@href, 'javascript:')]")
    return document


@pytest.fixture
def raw(client: Client) -> RawAnswer:
    client.post("/ask", {"q": QUESTION})
    return RawAnswer.objects.get()


def test_on_the_answers_page(client: Client, raw: RawAnswer) -> None:
    document = check_harmless(client.get(raw.get_absolute_url()))
    assert "<script>alert(1)</script>" in document.text_content()


def test_among_the_recent_questions_and_in_the_box(client: Client, raw: RawAnswer) -> None:
    assert "<script>alert(1)" in check_harmless(client.get("/")).text_content()
    check_harmless(client.get("/", {"q": QUESTION}))


@pytest.mark.parametrize(
    "path", ["/articles/?q=", "/library/?q=", "/library/search?q=", "/articles/?topic="]
)
def test_in_a_search(client: Client, path: str) -> None:
    where, _, parameter = path.partition("?")
    check_harmless(client.get(where, {parameter.rstrip("="): QUESTION}))


def test_where_it_is_refused(client: Client) -> None:
    page = client.post("/ask", {"q": QUESTION, "patient": f"age={SCRIPT}"})
    assert page.status_code == 400
    check_harmless(page)
    check_harmless(client.get(f"/{SCRIPT}/"))
    check_harmless(client.get("/report", {"of": SCRIPT, "claim": SCRIPT}))


def test_as_json_it_is_never_taken_for_a_page(client: Client, raw: RawAnswer) -> None:
    for answer in (
        client.get(f"{raw.get_absolute_url()}answer.json"),
        client.get("/suggest", {"q": SCRIPT}),
    ):
        assert answer.headers["Content-Type"].startswith("application/json")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_in_a_stream() -> None:
    """The parts are markup; what was understood and the title are text, shown as such."""
    events = async_to_sync(_streamed)().split("\n\n")
    parts = "".join(event for event in events if event.startswith("event: part"))
    assert "alert(1)" in parts
    assert "<script>alert" not in parts
    assert "<img src=x" not in parts


async def _streamed() -> str:
    response = await AsyncClient().post(
        "/ask", {"q": QUESTION}, headers={"accept": "text/event-stream"}
    )
    return b"".join([chunk async for chunk in response.streaming_content]).decode()


@pytest.fixture
def article(raw: RawAnswer, person: Callable[..., User]) -> ArticlePage:
    editor, publisher = person("edith", Role.EDITOR), person("paul", Role.PUBLISHER)
    publish_for_readers(submit(promote(raw, editor), editor), publisher)
    return ArticlePage.objects.get()


def test_as_an_articles_title(client: Client, article: ArticlePage) -> None:
    page = client.get(f"/articles/{article.slug}/")
    document = check_harmless(page)
    assert "<script>alert(1)</script>" in document.text_content()
    for block in document.xpath("//script[@type='application/ld+json']"):
        json.loads(block.text)
    check_harmless(client.get("/articles/"))


@pytest.mark.parametrize("feed", ["/articles/feed.rss", "/articles/feed.atom", "/sitemap.xml"])
def test_in_a_feed(client: Client, article: ArticlePage, feed: str) -> None:
    answer = client.get(feed)
    tags = {etree.QName(e).localname for e in etree.fromstring(answer.content).iter("*")}
    assert not tags & {"script", "img"}


@pytest.mark.parametrize("form", ["ris", "bib", "json", "fhir"])
def test_in_what_is_taken_along(client: Client, article: ArticlePage, form: str) -> None:
    path = {"json": "article.json", "fhir": "article.fhir.json"}.get(form, f"cite.{form}")
    answer = client.get(f"/articles/{article.slug}/{path}")
    assert answer.status_code == 200
    assert not answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_before_the_board_and_at_the_desk(
    client: Client, article: ArticlePage, person: Callable[..., User]
) -> None:
    rhea = person("rhea", Role.REVIEWER)
    claim(article.current_workflow_task_state, rhea)
    client.force_login(rhea)
    check_harmless(client.get("/review/"))
    check_harmless(client.get(f"/review/{article.current_workflow_task_state.pk}/"))
    client.force_login(User.objects.get(username="edith"))
    for path in ("/desk/", "/desk/reports/", f"/review/publishing/{article.pk}/"):
        check_harmless(client.get(path))


def test_in_mails(
    client: Client,
    article: ArticlePage,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    told = {"kind": "dose", "words": f"It is wrong. {SCRIPT}"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/report?of={article.origin.get_absolute_url()}", told)
    (mail,) = [mail for mail in mailoutbox if SCRIPT in mail.body]
    assert "\n" not in mail.subject
    assert mail.content_subtype == "plain"
    assert not getattr(mail, "alternatives", [])
