"""A sign-off settles what its reviewer saw, and nothing that was found meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from changing import change, claim_and_judge, kinds, sign_off, statement
from django.test import Client
from django.utils import timezone

from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.living.models import Finding, FindingKind
from osler_site.living.overdue import mark_overdue
from osler_site.living.round import go_round
from osler_site.living.settling import open_findings
from osler_site.review.errors import Outdated, Unfinished
from osler_site.review.models import Judgement
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.sheet import Sheets
from osler_site.review.signing import sign
from osler_site.review.statuses import approval_of

pytestmark = pytest.mark.usefixtures("site")


def test_what_was_found_since_the_form_was_opened_refuses_the_sign_off(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, client: Client
) -> None:
    reviewer = person("rita", Role.REVIEWER)
    assignment = claim_and_judge(article, reviewer)
    form_from_before = statement(assignment)
    change(own_library, new_edition)
    go_round()
    with pytest.raises(Outdated, match="not on your page"):
        sign(assignment, reviewer, form_from_before)
    assert approval_of(ArticlePage.objects.get(pk=article.pk)) is None
    client.force_login(reviewer)
    page = client.get(f"/review/{assignment.state_id}/sign").content.decode()
    for finding in open_findings(article):
        assert finding.summary.split(":")[0] in page
        assert f'name="findings" value="{finding.pk}"' in page


def test_a_verdict_from_before_a_finding_does_not_count_for_what_it_concerns(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any
) -> None:
    reviewer = person("rita", Role.REVIEWER)
    assignment = claim_and_judge(article, reviewer)
    total = len(claims_of(assignment.state))
    assert Sheets(assignment.state, assignment).judged == total
    change(own_library, new_edition)
    go_round()
    assert Sheets(assignment.state, assignment).judged == 0  # all rest on the one guideline
    with pytest.raises(Unfinished):
        sign(assignment, reviewer, statement(assignment))
    for key in claims_of(assignment.state):
        judge(assignment, reviewer, key, Judgement.APPROVE)
    assert Sheets(assignment.state, assignment).judged == total
    sign(assignment, reviewer, statement(assignment))
    assert kinds(article) == set()


def test_only_what_was_shown_is_settled(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any
) -> None:
    """Whatever says so: keys of another article in a forged form settle nothing there."""
    reviewer = person("rita", Role.REVIEWER)
    other = article.copy(update_attrs={"slug": "other", "title": "Other"}, keep_live=False)
    foreign = Finding.objects.create(
        article=other, kind=FindingKind.REMOVED, key="x", summary="x", library_version=1
    )
    assignment = claim_and_judge(article, reviewer)
    said = statement(assignment)
    sign(assignment, reviewer, replace(said, findings=said.findings | {foreign.pk}))
    foreign.refresh_from_db()
    assert foreign.settled is None


def test_a_verdict_stands_where_the_finding_is_about_something_else(
    article: ArticlePage, person: Any
) -> None:
    reviewer = person("rita", Role.REVIEWER)
    sign_off(article, reviewer)
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    ArticlePage.objects.filter(pk=article.pk).update(next_review=yesterday)
    second = person("rolf", Role.REVIEWER)
    go_round()  # overdue: back before the board
    assignment = claim_and_judge(ArticlePage.objects.get(pk=article.pk), second)
    Finding.objects.create(
        article=article, kind=FindingKind.RETRACTED, key="elsewhere", summary="x",
        library_version=1, detail={"source_id": "another", "claims": ["Another sentence."]},
    )  # fmt: skip
    sheets = Sheets(assignment.state, assignment)
    assert sheets.judged == sheets.total
    assert mark_overdue() == []


def test_the_form_sends_what_it_showed(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, client: Client
) -> None:
    reviewer = person("rita", Role.REVIEWER)
    change(own_library, new_edition)
    go_round()
    assignment = claim_and_judge(article, reviewer)
    client.force_login(reviewer)
    said = statement(assignment)
    form = {
        "seen_hash": said.seen_hash, "scope": "All", "conflicts_of_interest": "None",
        "next_review": said.next_review, "decision": "approved",
    }  # fmt: skip
    address = f"/review/{assignment.state_id}/sign"
    refused = client.post(address, form)
    assert refused.status_code == 400
    assert "not on your page" in refused.content.decode()
    assert client.post(address, {**form, "findings": list(said.findings)}).status_code == 302
    assert kinds(article) == set()


def test_an_approval_is_not_carried_over_a_finding_that_another_review_settled(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any
) -> None:
    first, second, editor = (
        person("rita", Role.REVIEWER), person("rolf", Role.REVIEWER), person("ed", Role.EDITOR),
    )  # fmt: skip
    sign_off(article, first)
    change(own_library, new_edition)
    go_round()
    page = sign_off(ArticlePage.objects.get(pk=article.pk), second)
    page.get_workflow().start(page, editor)
    again = claim(ArticlePage.objects.get(pk=page.pk).current_workflow_task_state, first)
    assert not again.verdicts.exists()
