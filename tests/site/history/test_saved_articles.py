"""Saved articles, and being told when they change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.environment import environment
from osler_site.history.alerting import mail_alerts, note_changes
from osler_site.history.models import Alert, AlertKind, SavedArticle
from osler_site.living.models import Finding, FindingKind
from osler_site.review.workflow import submit, withdraw

pytestmark = pytest.mark.usefixtures("site")
Person = Callable[..., User]


@pytest.fixture
def article(person: Person) -> ArticlePage:
    raw = ask("What is the maintenance dose of vitamin B12 after loading?")
    return submit(promote(raw, person("edith", Role.EDITOR)), None, visible=True)


@pytest.fixture
def ann(person: Person) -> User:
    return person("ann")


@pytest.fixture
def signed_in(ann: User, article: ArticlePage) -> Client:
    client = Client()
    client.force_login(ann)
    client.post(f"/history/saved/{article.pk}/")
    return client


def kinds() -> list[str]:
    return sorted(alert.kind for alert in note_changes())


def test_an_article_is_saved_from_its_page(signed_in: Client, article: ArticlePage) -> None:
    assert "Saved; remove it" in signed_in.get(article.url).content.decode()
    assert article.title in signed_in.get("/history/saved/").content.decode()
    signed_in.post(f"/history/saved/{article.pk}/")
    assert SavedArticle.objects.count() == 1
    back = signed_in.post(f"/history/saved/{article.pk}/remove", {"back": "article"})
    assert back["Location"] == article.url
    assert "Save this article" in signed_in.get(article.url).content.decode()


def test_a_reader_without_an_account_sees_no_button(client: Client, article: ArticlePage) -> None:
    assert "Save this article" not in client.get(article.url).content.decode()


def test_a_draft_is_not_saved(signed_in: Client, person: Person) -> None:
    raw = ask("What is the dose of amoxicillin in children?")
    draft = promote(raw, person("eve", Role.EDITOR))
    assert signed_in.post(f"/history/saved/{draft.pk}/").status_code == 404


def test_what_has_not_changed_is_not_told(signed_in: Client) -> None:
    assert kinds() == []
    assert "Changed since you looked" not in signed_in.get("/history/saved/").content.decode()


def test_a_withdrawal_is_told(signed_in: Client, article: ArticlePage, person: Person) -> None:
    withdraw(article, person("paul", Role.PUBLISHER), "It is wrong.")
    page = signed_in.get("/history/saved/").content.decode()
    assert "It was withdrawn" in page
    assert "1 changed" in signed_in.get("/").content.decode()
    signed_in.post("/history/saved/read")
    assert "It was withdrawn" not in signed_in.get("/history/saved/").content.decode()
    assert "1 changed" not in signed_in.get("/").content.decode()


def test_another_status_and_another_version_are_told(
    signed_in: Client, article: ArticlePage
) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(status="approved", live_revision=None)
    assert kinds() == [AlertKind.PUBLISHED, AlertKind.STATUS]
    assert kinds() == []


def test_a_superseded_source_is_told(signed_in: Client, article: ArticlePage) -> None:
    Finding.objects.create(
        article=article,
        kind=FindingKind.SUPERSEDED,
        key="s",
        summary="“Old guideline” was superseded.",
        library_version=1,
    )
    assert kinds() == [AlertKind.FINDING]
    assert "Old guideline" in Alert.objects.get().summary


def test_changes_are_mailed_once_where_the_site_has_mail(
    signed_in: Client,
    ann: User,
    article: ArticlePage,
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    withdraw(article, person("paul", Role.PUBLISHER), "It is wrong.")
    note_changes()
    mail.outbox.clear()
    assert mail_alerts() == 0  # the site has none
    with_mail = environment().model_copy(update={"email_url": "smtp://localhost"})
    monkeypatch.setattr("osler_site.history.alerting.environment", lambda: with_mail)
    User.objects.filter(pk=ann.pk).update(email="ann@hospital.example")
    assert mail_alerts() == 1
    assert mail_alerts() == 0
    (sent,) = mail.outbox
    assert sent.to == ["ann@hospital.example"]
    assert article.title in sent.body
    assert "It was withdrawn" in sent.body


def test_alerts_are_the_savers_own(signed_in: Client, article: ArticlePage, person: Person) -> None:
    withdraw(article, person("paul", Role.PUBLISHER), "It is wrong.")
    others = Client()
    others.force_login(person("bob"))
    assert "It was withdrawn" not in others.get("/history/saved/").content.decode()
    assert others.post(f"/history/saved/{article.pk}/remove").status_code == 404
    others.post("/history/saved/read")
    signed_in.get("/history/saved/")
    assert Alert.objects.filter(read=None).exists()


def test_an_account_takes_its_list_with_it(signed_in: Client, ann: User) -> None:
    ann.delete()
    assert SavedArticle.objects.count() == 0
