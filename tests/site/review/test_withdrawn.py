"""A withdrawn article says at its address that it was, when and why, and is nowhere else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from osler_site.accounts.models import User
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage
from osler_site.review.models import SignOff, Withdrawal
from osler_site.review.workflow import submit, take_back, withdraw

pytestmark = pytest.mark.usefixtures("site")
WHY = "A dose is wrong & <b>dangerous</b>."
LISTS = (
    "/", "/articles/", "/articles/?q=amoxicillin", "/articles/feed.atom", "/articles/feed.rss",
    "/sitemap.xml", "/suggest?q=amoxi",
)  # fmt: skip


@pytest.fixture
def withdrawn(approved: ArticlePage, publisher: User) -> ArticlePage:
    return withdraw(approved, publisher, WHY)


def forget_pages() -> None:
    caches["process"].clear()  # a page may be a second old (see articles/page_cache.py)


def test_its_address_says_when_and_why_with_the_record(
    client: Client, withdrawn: ArticlePage
) -> None:
    answer = client.get(withdrawn.url)
    page = answer.content.decode()
    assert answer.status_code == 410
    assert answer["X-Robots-Tag"] == "noindex"
    assert f"{timezone.localdate():%-d %B %Y}" in page
    assert "A dose is wrong &amp; &lt;b&gt;dangerous&lt;/b&gt;." in page
    assert "approved by Rhea Example, Physician" in page
    assert "Paul" not in page
    first_claim = withdrawn.answer_json()["bottom_line"][0]["text"]
    assert first_claim not in page


def test_the_record_has_interests_and_hash(client: Client, withdrawn: ArticlePage) -> None:
    page = client.get(withdrawn.url).content.decode()
    signed = SignOff.objects.get()
    assert f"Interests declared: {signed.conflicts_of_interest}" in page
    assert signed.content_hash in page


@pytest.mark.parametrize(
    "copy",
    [
        "text",
        "article.json",
        "article.fhir.json",
        "article.pdf",
        "cite.ris",
        "cite.bib",
        "cite.ris?references=1",
    ],
)
def test_its_copies_are_gone_too(
    client: Client, approved: ArticlePage, publisher: User, copy: str
) -> None:
    address = f"{approved.url}{copy}"
    # Where no PDF can be made there is none of a public article either.
    assert client.get(address).status_code == 200 or copy == "article.pdf"
    withdraw(approved, publisher, WHY)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "A dose is wrong &amp; &lt;b&gt;dangerous&lt;/b&gt;." in answer.content.decode()


def test_programs_are_told_when_and_why(client: Client, withdrawn: ArticlePage) -> None:
    _, secret = ApiToken.issue("ward", [Scope.READ])
    headers = {"Authorization": f"Bearer {secret}"}
    answer = client.get(f"/api/v1/articles/{withdrawn.slug}", headers=headers)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert (told["status"], told["why"]) == (410, WHY)
    assert datetime.fromisoformat(told["withdrawn"]).date() == timezone.now().date()
    assert f"withdrawn on {timezone.localdate():%-d %B %Y}" in told["detail"]
    there_is_none = client.get("/api/v1/articles/there-is-none", headers=headers)
    assert there_is_none.status_code == 404


def test_a_page_that_was_seen_before_gives_way(
    client: Client, approved: ArticlePage, publisher: User
) -> None:
    assert client.get(approved.url).status_code == 200
    withdraw(approved, publisher, WHY)
    forget_pages()
    assert client.get(approved.url).status_code == 410
    assert client.get(approved.url, {"x": "1"}).status_code == 410


def test_it_leaves_lists_feeds_and_the_map(
    client: Client, approved: ArticlePage, publisher: User
) -> None:
    shown = {address: client.get(address).content.decode() for address in LISTS}
    assert [address for address in LISTS if approved.url not in shown[address]] == []
    withdraw(approved, publisher, WHY)
    forget_pages()
    for address in LISTS:
        assert approved.url not in client.get(address).content.decode(), address


def test_it_is_logged(withdrawn: ArticlePage, publisher: User) -> None:
    entry = PageLogEntry.objects.get(action="osler.withdrawn")
    assert (entry.user, entry.data["why"]) == (publisher, WHY)


def test_what_no_one_had_decided_on_says_so(
    client: Client, draft: ArticlePage, publisher: User
) -> None:
    page = submit(draft, None, visible=True)
    withdraw(page, publisher, WHY)
    seen = client.get(page.url)
    assert seen.status_code == 410
    assert "had not decided" in seen.content.decode()


def test_public_again_it_is_an_article_again(
    client: Client, withdrawn: ArticlePage, editor: User, reviewer: User, publisher: User,
    steps: Any,
) -> None:  # fmt: skip
    page = submit(withdrawn, editor)
    assert client.get(page.url).status_code == 410
    steps.approve(page, reviewer)
    forget_pages()
    assert client.get(page.url).status_code == 200
    withdraw(page, publisher, "Once more.")
    forget_pages()
    assert "Once more." in client.get(page.url).content.decode()
    assert Withdrawal.objects.count() == 2


def test_what_was_never_withdrawn_is_not_found(
    client: Client, draft: ArticlePage, editor: User
) -> None:
    assert client.get(draft.url).status_code == 404
    assert client.get("/articles/there-is-none/").status_code == 404
    take_back(submit(draft, None, visible=True), editor)
    assert client.get(draft.url).status_code == 404


def test_an_old_reason_is_not_given_for_a_version_that_was_public_since(
    client: Client, draft: ArticlePage, editor: User, publisher: User
) -> None:
    page = submit(draft, None, visible=True)
    page = submit(withdraw(page, publisher, WHY), None, visible=True)
    take_back(page, editor)
    assert client.get(page.url).status_code == 404


def test_publishers_see_who_withdrew_it(
    client: Client, withdrawn: ArticlePage, publisher: User
) -> None:
    client.force_login(publisher)
    page = client.get(f"/review/publishing/{withdrawn.pk}/").content.decode()
    assert "Withdrawn by Paul Example" in page
