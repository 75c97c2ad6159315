"""A round: every kind of change is found, and what fails keeps nothing else from its turn."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from changing import change, kinds, publish_notice, sign_off
from django.core import mail
from django.test import Client

from osler.answering.differing import Finding as OfSource
from osler.domain import NoticeKind
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.living import keeper as keeping
from osler_site.living import recheck, returning
from osler_site.living.models import Finding, FindingKind
from osler_site.living.round import go_round
from osler_site.operations.metrics import exposition
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize(
    ("notice", "kind", "told"),
    [
        (NoticeKind.RETRACTION, FindingKind.RETRACTED, "was retracted"),
        (NoticeKind.CONCERN, FindingKind.CONCERN, "An expression of concern was published"),
        (NoticeKind.CORRECTION, FindingKind.CORRECTED, "A correction of a cited source"),
        (NoticeKind.NEWER, FindingKind.NEWER, "A newer edition of a cited source"),
    ],
)
def test_what_is_published_on_a_source_is_found_and_told(
    article: ArticlePage, own_library: Path, client: Client, notice: Any, kind: str, told: str
) -> None:
    publish_notice(own_library, notice)
    assert go_round().complete
    assert kind in kinds(article)
    page = client.get(article.url).content.decode()
    assert "Something changed since this page was written" in page
    assert told in page


def test_every_finding_of_the_engine_has_a_kind_here() -> None:
    assert set(recheck._KINDS) == set(OfSource)


@pytest.fixture
def second(article: ArticlePage) -> ArticlePage:
    question = "How often is creatinine checked during zolendrine?"
    return submit(promote(ask(question), None), None, visible=True)


def test_an_article_that_fails_keeps_no_other_from_being_compared(
    article: ArticlePage,
    second: ArticlePage,
    own_library: Path,
    new_edition: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    real = recheck.recheck

    def failing(page: ArticlePage) -> Any:
        if page.pk == article.pk:
            raise KeyError("a kind nobody thought of")
        return real(page)

    change(own_library, new_edition)
    with monkeypatch.context() as patched:
        patched.setattr(recheck, "recheck", failing)
        done = go_round()
    assert not done.complete
    assert done.compared.failed == 1
    assert kinds(second) >= {FindingKind.SUPERSEDED}
    assert caplog.records[0].article == article.pk  # type: ignore[attr-defined]
    assert b"osler_recheck_failed_articles 1.0" in exposition()
    assert go_round().compared.failed == 0
    assert kinds(article) >= {FindingKind.SUPERSEDED}


def test_an_article_that_could_not_be_sent_back_is_sent_in_the_next_round(
    article: ArticlePage,
    own_library: Path,
    new_edition: Path,
    person: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_off(article, person("rita", Role.REVIEWER))
    change(own_library, new_edition)
    with monkeypatch.context() as patched:
        patched.setattr(returning, "submit", lambda *_: 1 / 0)
        first = go_round()
    assert (first.sent_back, first.complete) == (0, False)
    assert go_round().sent_back == 1


def test_when_a_round_went_to_its_end_is_measured(article: ArticlePage) -> None:
    assert b"osler_recheck_timestamp_seconds 0.0" in exposition()
    before = time.time()
    go_round()
    (line,) = [
        row for row in exposition().decode().splitlines()
        if row.startswith("osler_recheck_timestamp_seconds")
    ]  # fmt: skip
    assert before - 1 <= float(line.split()[1]) <= time.time() + 1


def test_the_keeper_outlives_any_error(
    site: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []
    stop = threading.Event()

    def failing() -> Any:
        tried.append(1)
        if len(tried) == 2:
            stop.set()
        raise KeyError("anything")

    monkeypatch.setattr(keeping, "go_round", failing)
    monkeypatch.setattr(keeping, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(keeping, "close_old_connections", lambda: None)  # the test's own is kept
    keeping.keep(stop)
    assert len(tried) == 2
    assert "a round failed" in caplog.text


def test_mails_that_could_not_be_sent_are_sent_in_the_next_round(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, settings: Any
) -> None:
    person("rita", Role.REVIEWER)
    change(own_library, new_edition)
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing listens there
    first = go_round()
    assert (first.mails, first.complete) == (0, False)
    assert Finding.objects.filter(mailed=None).count() == len(first.compared.found) > 0
    settings.EMAIL_BACKEND = usual
    second = go_round()
    assert (second.mails, second.complete) == (1, True)
    assert article.title in mail.outbox[0].body
    assert go_round(again=True).mails == 0


def test_a_sign_off_stands_when_the_letter_about_it_cannot_be_sent(
    own_library: Path,
    person: Any,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    editor, reviewer = person("ed", Role.EDITOR), person("rita", Role.REVIEWER)
    question = "What is the dose of zolendrine in gout?"
    page = submit(promote(ask(question), editor), editor)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        signed = sign_off(page, reviewer)
    assert signed.live
    assert "could not be sent" in caplog.text
