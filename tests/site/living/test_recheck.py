"""An article is held against the library as it is now."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from changing import change, look_again, sign_off
from django.core import mail
from django.test import Client

from osler.library import Library
from osler_site.accounts.roles import Role
from osler_site.answers.composing import compose
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.articles.promoting import promote
from osler_site.engine import engine
from osler_site.living.models import FindingKind
from osler_site.living.overdue import mark_overdue
from osler_site.living.recheck import recheck_all
from osler_site.living.round import go_round
from osler_site.living.settling import open_findings, settle
from osler_site.review.reviewing import claim, hand_back
from osler_site.review.statuses import before_board
from osler_site.review.workflow import submit, take_back

pytestmark = pytest.mark.usefixtures("site")


def test_nothing_is_found_while_nothing_changed(article: ArticlePage) -> None:
    report = recheck_all()
    assert (report.looked_at, report.found) == (1, ())


def test_a_superseded_source_and_a_changed_dose_are_found(
    article: ArticlePage, own_library: Path, new_edition: Path
) -> None:
    change(own_library, new_edition)
    found = {f.kind: f for f in recheck_all().found}
    assert set(found) >= {FindingKind.SUPERSEDED, FindingKind.ANSWER}
    assert "20 mg" in str(found[FindingKind.ANSWER].detail)
    assert "10 mg" in found[FindingKind.ANSWER].summary
    assert found[FindingKind.SUPERSEDED].detail["claims"]


def test_the_same_is_not_found_twice(
    article: ArticlePage, own_library: Path, new_edition: Path
) -> None:
    change(own_library, new_edition)
    first = recheck_all()
    assert first.found
    assert recheck_all().looked_at == 0
    assert recheck_all(again=True).found == ()


def test_a_settled_finding_does_not_come_back(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any
) -> None:
    change(own_library, new_edition)
    recheck_all()
    shown = [finding.pk for finding in open_findings(article)]
    reviewer = person("rita", Role.REVIEWER)
    assert settle(article, reviewer, shown, article.live_revision_id, "signed off again") > 0
    assert recheck_all(again=True).found == ()
    assert open_findings(article) == []


def test_a_removed_source_is_found(article: ArticlePage, own_library: Path) -> None:
    with Library.open(own_library) as library:
        library.remove("old.md")
    engine().look_now()
    kinds = {f.kind for f in recheck_all().found}
    assert FindingKind.REMOVED in kinds
    assert FindingKind.ANSWER in kinds


def test_an_overdue_review_is_listed_once_for_each_date(article: ArticlePage, person: Any) -> None:
    sign_off(article, person("rita", Role.REVIEWER))
    ArticlePage.objects.filter(pk=article.pk).update(next_review=date(2026, 1, 31))
    assert [f.summary for f in mark_overdue(date(2026, 2, 1))] == [
        "The review was due on 31 January 2026."
    ]
    assert mark_overdue(date(2026, 2, 2)) == []


def test_an_approved_article_goes_back_before_the_board_and_a_sign_off_settles_it(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, client: Client
) -> None:
    reviewer = person("rita", Role.REVIEWER)
    approved = sign_off(article, reviewer)
    assert approved.status == ReviewStatus.APPROVED
    change(own_library, new_edition)
    assert go_round().sent_back == 1
    assert before_board(approved) is not None
    page = client.get(approved.url).content.decode()
    assert "Something changed since this page was written" in page
    assert "20 mg" in page
    client.force_login(reviewer)
    task = approved.current_workflow_task_state
    assert (
        "Changed since this article was written"
        in client.get(f"/review/{task.pk}/").content.decode()
    )
    assignment = claim(task, reviewer)
    assert not assignment.verdicts.exists()  # the same words, and not to be waved through
    hand_back(assignment, reviewer, "")
    sign_off(approved, reviewer)
    assert open_findings(approved) == []


def test_an_editor_takes_the_new_answer_up(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, client: Client
) -> None:
    editor = person("ed", Role.EDITOR)
    change(own_library, new_edition)
    go_round()
    finding = article.findings.get(kind=FindingKind.ANSWER)
    client.force_login(editor)
    shown = client.get(f"/desk/findings/{finding.pk}/").content.decode()
    assert "20 mg" in shown
    assert "10 mg" in shown
    client.post(f"/desk/findings/{finding.pk}/adopt", {"replace": "yes"})
    assert "10 mg" not in written(article)  # it is before the board
    take_back(article, editor)
    client.post(f"/desk/findings/{finding.pk}/adopt", {"replace": "yes"})
    assert "10 mg" in written(article)


def written(page: ArticlePage) -> str:
    """The text of the latest version."""
    fresh = ArticlePage.objects.get(pk=page.pk)
    return str(fresh.get_latest_revision_as_object().body.raw_data)


def test_the_board_is_mailed_what_is_new_and_only_that(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any
) -> None:
    person("rita", Role.REVIEWER)
    person("ed", Role.EDITOR)
    person("nobody")
    change(own_library, new_edition)
    assert go_round().mails == 2
    assert {m.to[0] for m in mail.outbox} == {"rita@example.org", "ed@example.org"}
    assert article.title in mail.outbox[0].body
    assert go_round(again=True).mails == 0


def test_a_summary_whose_source_is_gone_is_warned_of(own_library: Path) -> None:
    raw = compose("summary", "Zolendrine in gout")
    page = submit(promote(raw, None), None, visible=True)
    with Library.open(own_library) as library:
        library.remove("old.md")
    look_again()
    report = recheck_all()
    assert report.failed == 0
    assert [f.kind for f in open_findings(page)] == [FindingKind.REMOVED]
