"""Who submits again after changes is who submitted, wherever that is told or counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import PageLogEntry

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.desk.queue import queue
from osler_site.review.errors import NotAllowed
from osler_site.review.models import BoardReviewState, ReviewAssignment
from osler_site.review.queue import queue_for
from osler_site.review.reviewing import claim
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def otto(person: Callable[..., User]) -> User:
    """Another editor, who reviews as well."""
    return person("otto", Role.EDITOR, Role.REVIEWER)


@pytest.fixture
def again(assignment: ReviewAssignment, reviewer: User, otto: User, steps: Any) -> BoardReviewState:
    """Sent back to the one editor, submitted again by the other."""
    steps.request_changes(assignment, reviewer, "Say it shorter")
    return submit(ArticlePage.objects.get(), otto).current_workflow_task_state


def test_it_is_told(
    client: Client, again: BoardReviewState, reviewer: User, otto: User, steps: Any
) -> None:
    entry = PageLogEntry.objects.filter(action="osler.submitted").latest("timestamp")
    assert entry.user == otto
    assert [row.submitted_by for row in queue_for(reviewer).waiting] == ["Otto Example"]
    assert [row.by for row in queue()] == ["Otto Example"]
    client.force_login(reviewer)
    assert "by Otto Example" in client.get(f"/review/{again.pk}/").content.decode()
    made = claim(again, reviewer)
    steps.approve_all(made, reviewer)
    signed = steps.request_changes(made, reviewer, "Shorter still")
    assert signed.submitted_by == "Otto Example"


def test_the_letter_goes_to_them_and_to_the_owner(
    again: BoardReviewState, editor: User, reviewer: User, otto: User, steps: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        steps.request_changes(claim(again, reviewer), reviewer, "Shorter still")
    (letter,) = [m for m in mail.outbox if m.subject.startswith("Changes requested:")]
    assert letter.to == sorted([editor.email, otto.email])


def test_they_do_not_review_it_nor_what_is_made_of_it(
    again: BoardReviewState, editor: User, reviewer: User, otto: User, steps: Any
) -> None:
    with pytest.raises(NotAllowed, match="another member"):
        claim(again, otto)
    assert [bool(row.why_not) for row in queue_for(otto).waiting] == [True]
    steps.request_changes(claim(again, reviewer), reviewer, "Shorter still")
    state = submit(ArticlePage.objects.get(), editor).current_workflow_task_state
    with pytest.raises(NotAllowed, match="another member"):
        claim(state, otto)
    assert [bool(row.why_not) for row in queue_for(otto).waiting] == [True]
