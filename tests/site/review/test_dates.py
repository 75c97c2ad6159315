"""An approval has one day, and an article waits since one: those of the site's own clock."""

from __future__ import annotations

import datetime
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.desk.queue import queue
from osler_site.review.models import ReviewAssignment
from osler_site.review.queue import queue_for
from osler_site.review.record import record_of
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


def far_from_utc() -> datetime.timezone:
    """A clock on which it is another day by now than in UTC."""
    hours = 14 if timezone.now().hour >= 10 else -12
    return datetime.timezone(timedelta(hours=hours))


def test_the_desk_and_the_board_count_the_same_days(
    assignment: ReviewAssignment, editor: User, reviewer: User, steps: Any
) -> None:
    """Since the version that is before the board was submitted, though an earlier one was."""
    steps.request_changes(assignment, reviewer, "Name the route.")
    page = submit(assignment.state.page, editor)
    now = timezone.now()
    WorkflowState.objects.update(created_at=now - timedelta(days=9))
    TaskState.objects.filter(pk=page.current_workflow_task_state.pk).update(
        started_at=now - timedelta(days=2)
    )
    (waiting,) = queue()
    (row,) = queue_for(reviewer).waiting
    assert waiting.days == row.waited == 2


def test_an_approval_has_one_day(submitted: ArticlePage, reviewer: User, steps: Any) -> None:
    with timezone.override(far_from_utc()):
        signed = steps.approve(submitted, reviewer)
        page = ArticlePage.objects.get(pk=submitted.pk)
        today = timezone.localdate()
        assert today != signed.signed_at.date()
        assert page.last_reviewed == record_of(page).steps[-1].on == today
        assert str(signed).endswith(f"{today:%d %B %Y}")
