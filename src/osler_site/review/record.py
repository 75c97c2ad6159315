"""The public record of an article's review, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from wagtail.models import WorkflowState

from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.review.models import SignOff
from osler_site.review.statuses import approval_of, assignment_of, before_board

CAUTION = "Educational purpose only; pending human review"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three steps: `state` is "done", "now" or "todo"."""

    name: str
    state: str
    on: date | None
    who: str  # "Ada Example, physician"; "" where nobody is named yet


@dataclass(frozen=True, slots=True)
class Record:
    """What readers are told of the review."""

    status: ReviewStatus
    steps: tuple[Step, ...]
    caution: str  # "" once approved
    approval: SignOff | None  # of the version on the page
    earlier: tuple[SignOff, ...]  # the latest first
    pending: str  # what happens to a next version; "" where there is none
    overdue: bool  # the next review should have been

    @property
    def label(self) -> str:
        """The status in words."""
        return str(self.status.label)


def record_of(page: ArticlePage) -> Record:
    """The record of an article."""
    approval, workflow = approval_of(page), before_board(page)
    status = ReviewStatus(page.status)
    signed = tuple(page.sign_offs.all())
    earlier = tuple(s for s in signed if approval is None or s.pk != approval.pk)
    today = timezone.localdate()
    return Record(
        status=status,
        steps=_approved_steps(approval) if approval else _steps(page, workflow),
        caution="" if approval else _caution(status),
        approval=approval,
        earlier=earlier,
        pending=_pending(workflow) if approval else "",
        overdue=bool(approval and approval.next_review and approval.next_review < today),
    )


def _caution(status: ReviewStatus) -> str:
    if status is ReviewStatus.CHANGES_REQUESTED:
        return f"{CAUTION}. A reviewer has asked for changes."
    return CAUTION


def _approved_steps(approval: SignOff) -> tuple[Step, ...]:
    on = _day(approval.signed_at)
    who = f"{approval.reviewer_name}, {approval.profession}"
    return (
        Step("Submitted", "done", _day(approval.revision.created_at), ""),
        Step("Under Review", "done", None, ""),
        Step("Approved", "done", on, who),
    )


def _steps(page: ArticlePage, workflow: Any) -> tuple[Step, ...]:
    submitted = _day(workflow.current_task_state.started_at) if workflow else None
    claimed = assignment_of(workflow) if workflow else None
    running = workflow is not None and workflow.status == WorkflowState.STATUS_IN_PROGRESS
    under_review = Step("Under Review", "now" if running and claimed else "todo", None, "")
    if claimed is not None:
        who = str(claimed.reviewer)
        under_review = Step("Under Review", "now", _day(claimed.claimed_at), who)
    first = "todo" if workflow is None else "done" if claimed else "now"
    return Step("Submitted", first, submitted, ""), under_review, Step("Approved", "todo", None, "")


def _pending(workflow: Any) -> str:
    if workflow is None:
        return ""
    since = f"{_day(workflow.current_task_state.started_at):%d %B %Y}"
    if workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return "A new version is being revised. What you read here is the approved one."
    if assignment_of(workflow):
        return (
            f"A new version, submitted on {since}, is under review. "
            "What you read here is the approved one."
        )
    return (
        f"A new version was submitted on {since} and awaits review. "
        "What you read here is the approved one."
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
