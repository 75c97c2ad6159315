"""Where an article stands for its readers, worked out from its record."""

from __future__ import annotations

from typing import Any

from wagtail.models import WorkflowState

from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.review.models import Decision, ReviewAssignment, SignOff


def approval_of(page: ArticlePage) -> SignOff | None:
    """The sign-off that approved the version that readers see; None where it is not approved."""
    if not page.live or page.live_revision_id is None:
        return None
    return SignOff.objects.filter(
        page_id=page.pk, revision_id=page.live_revision_id, decision=Decision.APPROVED
    ).first()


def before_board(page: ArticlePage) -> WorkflowState | None:
    """The workflow that is under way, or that waits for changes."""
    return WorkflowState.objects.for_instance(page).active().first()


def assignment_of(state: Any) -> ReviewAssignment | None:
    """The claim on a task state that is open."""
    return (
        ReviewAssignment.objects.filter(state_id=state.current_task_state_id, ended_at=None)
        .select_related("reviewer")
        .first()
    )


def refresh(page_id: int) -> ArticlePage:
    """Write down where an article stands. An approved version stays approved while readers see it,
    whatever happens to the next one.
    """
    page = ArticlePage.objects.get(pk=page_id)
    approval, workflow = approval_of(page), before_board(page)
    status = ReviewStatus.DRAFT
    if approval is not None:
        status = ReviewStatus.APPROVED
    elif workflow is not None and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        status = ReviewStatus.CHANGES_REQUESTED
    elif workflow is not None:
        claimed = assignment_of(workflow) is not None
        status = ReviewStatus.UNDER_REVIEW if claimed else ReviewStatus.SUBMITTED
    ArticlePage.objects.filter(pk=page_id).update(
        status=status,
        last_reviewed=approval.signed_on if approval else None,
        next_review=approval.next_review if approval else None,
    )
    page.refresh_from_db()
    return page
