"""A claim that stands although the gate objects says so wherever it is read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.answers.asking import ask
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.presenting.present import present
from osler_site.review.errors import NotShown
from osler_site.review.models import Decision, Judgement, ReviewSettings
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.signing import Statement, sign
from osler_site.review.workflow import publish_for_readers, submit

pytestmark = pytest.mark.usefixtures("site")
REMARK = "Kept by Edith Example: The errata of the source say so."


@pytest.fixture
def draft(editor: User) -> ArticlePage:
    """An article of which the first claim says another dose than its passage."""
    page = promote(ask("What is the dose of amoxicillin in children?"), editor)
    version = page.get_latest_revision_as_object()
    first = version.body[0].value["claims"][0]
    assert "90 mg/kg/day" in first["text"]
    first["text"] = first["text"].replace("90 mg/kg/day", "900 mg/kg/day")
    first["override"], first["override_by"] = "The errata of the source say so.", str(editor)
    version.save_revision(user=editor)
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def approved(draft: ArticlePage, editor: User, reviewer: User) -> ArticlePage:
    """The article, signed off by the board."""
    made = claim(submit(draft, editor).current_workflow_task_state, reviewer)
    for key in claims_of(made.state):
        judge(made, reviewer, key, Judgement.APPROVE)
    sign(
        made,
        reviewer,
        Statement(
            decision=Decision.APPROVED,
            seen_hash=made.state.content_hash,
            scope="All of it",
            conflicts_of_interest="None",
            next_review=timezone.localdate() + timedelta(days=100),
        ),
    )
    return ArticlePage.objects.get(pk=draft.pk)


def test_the_page_marks_it_beside_the_claim(client: Client, approved: ArticlePage) -> None:
    shown = client.get(approved.url).content.decode()
    entry = next(part for part in shown.split("<li ") if "c1" in part[:60])
    assert 'class="claim unsupported"' in entry
    assert "The automatic check objects" in entry
    assert REMARK in entry
    description = shown.split('name="description"')[1].split(">")[0]
    assert "900 mg" not in description


def test_the_text_marks_it_below_the_claim(client: Client, approved: ArticlePage) -> None:
    lines = client.get(f"{approved.url}text").content.decode().splitlines()
    at = next(n for n, line in enumerate(lines) if "900 mg/kg/day" in line)
    assert lines[at + 1].startswith("  The automatic check objects")
    assert lines[at + 1].endswith(REMARK)


def test_the_json_calls_it_unsupported(client: Client, approved: ArticlePage) -> None:
    first, *others = client.get(f"{approved.url}article.json").json()["bottom_line"]
    assert first["verdict"] == "unsupported"
    assert first["override"]["by"] == "Edith Example"
    assert first["override"]["why"] == "The errata of the source say so."
    assert any("900" in line for line in first["override"]["objections"])
    assert all(c["verdict"] == "supported" and "override" not in c for c in others)


def test_the_document_marks_it(approved: ArticlePage) -> None:
    answer = present(approved.answer_json())
    page = render_to_string("osler/citing/article_pdf.html", {"answer": answer, "title": "x"})
    assert '<span class="remark override">The automatic check objects' in page
    assert REMARK in page


def test_a_reason_that_nothing_needs_any_more_marks_nothing(
    draft: ArticlePage, editor: User
) -> None:
    version = draft.get_latest_revision_as_object()
    first = version.body[0].value["claims"][0]
    first["text"] = first["text"].replace("900 mg/kg/day", "90 mg/kg/day")
    version.save_revision(user=editor)
    page = ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert present(page.answer_json()).bottom_line[0].supported


def test_it_is_not_shown_before_it_is_approved(
    client: Client, draft: ArticlePage, editor: User, publisher: User
) -> None:
    page = submit(draft, editor)
    with pytest.raises(NotShown, match="objects to 1 claim of this article"):
        publish_for_readers(page, publisher)
    client.force_login(publisher)
    here = f"/review/publishing/{page.pk}/"
    shown = client.get(here).content.decode()
    assert "objects to 1 claim" in shown
    assert "Show to readers while" not in shown
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_the_setting_does_not_show_it(draft: ArticlePage, editor: User) -> None:
    ReviewSettings.objects.update_or_create(defaults={"show_while_awaiting_review": True})
    page = submit(draft, editor)
    assert (page.status, page.live) == ("submitted", False)
