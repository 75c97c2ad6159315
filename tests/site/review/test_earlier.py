"""What was said in earlier reviews is before whoever reviews next, claim by claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.review.earlier import earlier_reviews, earlier_verdicts
from osler_site.review.models import BoardReviewState, Judgement, ReviewAssignment
from osler_site.review.reviewing import claim, claims_of, judge
from osler_site.review.sheet import Sheets
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def rolf(person: Callable[..., User]) -> User:
    """Another reviewer."""
    return person("rolf", Role.REVIEWER)


def keys_of_claims(assignment: ReviewAssignment) -> list[str]:
    return [key for key, placed in claims_of(assignment.state).items() if not placed.is_wording]


@pytest.fixture
def again(
    assignment: ReviewAssignment, reviewer: User, editor: User, steps: Any
) -> BoardReviewState:
    """The first claim flagged and reworded since, the second approved with a remark."""
    first, second, *_ = keys_of_claims(assignment)
    judge(assignment, reviewer, first, Judgement.FLAG, "Say whom it is for")
    judge(assignment, reviewer, second, Judgement.APPROVE, "It could be shorter")
    steps.request_changes(assignment, reviewer, "")
    page = steps.reword(ArticlePage.objects.get(), editor, "First choice: amox", "Amox")
    return submit(page, editor).current_workflow_task_state


def test_each_verdict_stands_on_the_sheet_of_its_claim(
    client: Client, again: BoardReviewState, rolf: User
) -> None:
    made = claim(again, rolf)
    assert not made.verdicts.exists()
    numbers = [n for n, placed, _ in Sheets(again, made).outline if not placed.is_wording]
    client.force_login(rolf)
    pages = [client.get(f"/review/{again.pk}/?claim={n}").content.decode() for n in numbers[:3]]
    shown = [page.partition('<details class="outline"')[0] for page in pages]
    assert "Say whom it is for" in shown[0]
    assert "of <q>First choice: amox" in shown[0]  # as it was worded then
    assert "It could be shorter" in shown[1]
    assert "of <q>" not in shown[1]
    assert [page for page in shown[1:] if "Say whom it is for" in page] == []
    assert "said-before" not in shown[2]


def test_all_reviews_of_the_article_are_listed(
    client: Client, again: BoardReviewState, publisher: User
) -> None:
    (before,) = earlier_reviews(again)
    assert (before.approved, [v.comment for v in before.flags]) == (1, ["Say whom it is for"])
    client.force_login(publisher)
    page = client.get(f"/review/{again.pk}/assign").content.decode()
    assert f"Revision {before.assignment.state.revision_id}: <strong>Rhea Example" in page


def test_what_was_carried_over_is_told_once(
    again: BoardReviewState, reviewer: User, editor: User, steps: Any
) -> None:
    steps.request_changes(claim(again, reviewer), reviewer, "Shorter")
    state = submit(ArticlePage.objects.get(), editor).current_workflow_task_state
    said = [v.comment for verdicts in earlier_verdicts(state).values() for v in verdicts]
    assert sorted(said) == ["It could be shorter", "Say whom it is for"]


def test_the_letter_holds_the_remarks_on_what_was_approved(
    assignment: ReviewAssignment, reviewer: User, steps: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    first, second, *_ = keys_of_claims(assignment)
    judge(assignment, reviewer, first, Judgement.APPROVE, "It could be shorter")
    judge(assignment, reviewer, second, Judgement.APPROVE)
    with django_capture_on_commit_callbacks(execute=True):
        steps.request_changes(assignment, reviewer, "Please mend")
    (letter,) = [m for m in mail.outbox if m.subject.startswith("Changes requested:")]
    text = claims_of(assignment.state)[first].value["text"]
    assert f"Approved, with a remark: {text}\nIt could be shorter\n" in letter.body
    assert letter.body.count("with a remark") == 1
