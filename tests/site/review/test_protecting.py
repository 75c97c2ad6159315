"""What readers see of an article after the board has asked for changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import PageLogEntry

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.living.models import Finding, FindingKind
from osler_site.review.models import Judgement, ReviewAssignment, ReviewSettings
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import sign
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


def send_back(page: ArticlePage, reviewer: User, text: str, steps: Any) -> ReviewAssignment:
    """Flag what says this, and ask for changes."""
    made = claim(page.current_workflow_task_state, reviewer)
    key = next(k for k, placed in claims_of(made.state).items() if text in placed.value["text"])
    judge(made, reviewer, key, Judgement.FLAG, "Tenfold too high")
    steps.request_changes(made, reviewer, "")
    return made


def test_what_was_shown_before_approval_is_hidden(
    client: Client, draft: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    page = submit(draft, None, visible=True)
    assert client.get(page.url).status_code == 200
    send_back(page, reviewer, "90 mg/kg/day", steps)
    caches["process"].clear()  # a page may be a second old (see articles/page_cache.py)
    page = ArticlePage.objects.get()
    assert (page.live, page.status) == (False, "changes_requested")
    assert client.get(page.url).status_code == 404
    assert PageLogEntry.objects.get(action="osler.hidden").user == reviewer
    page = submit(page, editor)
    assert (page.live, page.status) == (False, "submitted")


def test_the_mended_version_is_shown_where_the_site_shows_what_is_submitted(
    draft: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    ReviewSettings.objects.create(show_while_awaiting_review=True)
    send_back(submit(draft, editor), reviewer, "90 mg/kg/day", steps)
    page = steps.reword(ArticlePage.objects.get(), editor, "First choice: amox", "Amox")
    assert not page.live
    page = submit(page, editor)
    assert page.live
    assert page.live_revision_id == page.latest_revision_id
    assert not Finding.objects.exists()


def test_readers_of_an_approved_version_are_warned_of_what_was_flagged_in_it(
    client: Client, approved: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    kept = list(claims_of(approved.sign_offs.get().revision.task_states.get().specific).values())
    texts = [p.value["text"] for p in kept if not p.is_wording]
    page = steps.reword(approved, editor, "First choice: amoxicillin", "Amoxicillin")
    send_back(submit(page, editor), reviewer, texts[1], steps)
    page = ArticlePage.objects.get()
    assert (page.live, page.status) == (True, "approved")
    (finding,) = page.findings.all()
    assert (finding.kind, finding.settled) == (FindingKind.FLAGGED, None)
    assert finding.detail == {"claims": [texts[1]]}
    caches["process"].clear()
    assert "A reviewer flagged what is said here" in client.get(page.url).content.decode()
    send_back(submit(page, editor), reviewer, texts[1], steps)  # once more: one warning
    assert Finding.objects.count() == 1


def test_a_flag_on_what_only_the_new_version_says_warns_no_reader(
    approved: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    page = steps.reword(approved, editor, "First choice: amoxicillin", "Amoxicillin")
    send_back(submit(page, editor), reviewer, "Amoxicillin 90 mg/kg/day", steps)
    assert not Finding.objects.exists()


def test_the_approval_of_the_mended_version_settles_it(
    approved: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    send_back(submit(approved, editor), reviewer, "90 mg/kg/day", steps)
    page = steps.reword(ArticlePage.objects.get(), editor, "First choice: amox", "Amox")
    made = claim(submit(page, editor).current_workflow_task_state, reviewer)
    steps.approve_all(made, reviewer)
    (finding,) = page.findings.all()
    sign(made, reviewer, steps.statement(made, findings=frozenset([finding.pk])))
    finding.refresh_from_db()
    assert finding.settled_by == reviewer
