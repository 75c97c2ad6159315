"""What waits for the board: whose it is, how long it has waited, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail.models import Revision, TaskState

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.review.models import BoardReviewState, ReviewAssignment
from osler_site.review.rules import board_member, why_not


@dataclass(frozen=True, slots=True)
class Row:
    """An article before the board."""

    state: BoardReviewState
    page: ArticlePage
    submitted_by: str
    waited: int  # days
    assignment: ReviewAssignment | None
    mine: bool
    overdue: bool
    again: bool  # an approved version stays public meanwhile
    why_not: str  # why this person may not claim it


@dataclass(frozen=True, slots=True)
class Queue:
    """The board's work."""

    mine: tuple[Row, ...]
    waiting: tuple[Row, ...]
    others: tuple[Row, ...]
    due_again: tuple[ArticlePage, ...]  # approved, and the next review is overdue
    changed: tuple[ArticlePage, ...]  # something changed under them; an editor must mend them first

    @property
    def overdue(self) -> int:
        """How many claimed reviews are overdue."""
        return sum(1 for row in (*self.mine, *self.others) if row.overdue)


def days_since(started: datetime) -> int:
    """How many days a version has been before the board: what is from yesterday, one."""
    return (timezone.localdate() - timezone.localtime(started).date()).days


def queue_for(user: User) -> Queue:
    """The queue as this person sees it: the longest waiting first."""
    states = list(
        BoardReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        .select_related("revision", "workflow_state", "submitted_by")
        .defer("revision__content")
        .order_by("started_at")
    )
    listed = ArticlePage.objects.defer("body")
    pages = listed.in_bulk([int(s.revision.object_id) for s in states])
    open_ones = {
        a.state_id: a
        for a in ReviewAssignment.objects.filter(state__in=states, ended_at=None).select_related(
            "reviewer", "assigned_by"
        )
    }
    today = timezone.localdate()
    why = _why_not_claimed(user, [s for s in states if s.pk not in open_ones], pages)
    rows = [
        _row(s, pages[int(s.revision.object_id)], open_ones.get(s.pk), user, why.get(s.pk, ""))
        for s in states
    ]
    return Queue(
        mine=tuple(r for r in rows if r.mine),
        waiting=tuple(r for r in rows if r.assignment is None),
        others=tuple(r for r in rows if r.assignment is not None and not r.mine),
        due_again=tuple(listed.live().filter(next_review__lt=today)),
        changed=tuple(
            listed.live()
            .filter(findings__settled__isnull=True, findings__isnull=False)
            .exclude(pk__in=pages)
            .distinct()
        ),
    )


def _row(
    state: BoardReviewState,
    page: ArticlePage,
    assignment: ReviewAssignment | None,
    user: User,
    why_not: str,
) -> Row:
    today = timezone.localdate()
    return Row(
        state=state,
        page=page,
        submitted_by=str(state.submitted_by or "the site"),
        waited=days_since(state.started_at),
        assignment=assignment,
        mine=assignment is not None and assignment.reviewer_id == user.pk,
        overdue=assignment is not None and assignment.due < today,
        again=page.last_reviewed is not None,
        why_not=why_not,
    )


def _why_not_claimed(
    user: User, states: list[BoardReviewState], pages: dict[int, ArticlePage]
) -> dict[int, str]:
    """Why this person may not claim a review, by its state's key; "" where they may."""
    if board_member(user) is None:
        return dict.fromkeys((state.pk for state in states), "Not claimed.")
    # The rules ask several things of each article: they are put to those alone that this person
    # ever touched.
    touched = set(
        Revision.objects.filter(
            user=user,
            base_content_type__in={state.revision.base_content_type_id for state in states},
            object_id__in=[str(key) for key in pages],
        ).values_list("object_id", flat=True)
    )
    touched |= set(
        BoardReviewState.objects.filter(
            submitted_by=user, revision__object_id__in=[str(key) for key in pages]
        ).values_list("revision__object_id", flat=True)
    )
    touched |= {str(key) for key, page in pages.items() if page.owner_id == user.pk}
    return {
        state.pk: why_not(user, state)
        if state.revision.object_id in touched
        or user.pk in (state.workflow_state.requested_by_id, state.finished_by_id)
        else ""
        for state in states
    }
