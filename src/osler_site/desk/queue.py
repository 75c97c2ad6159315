"""What the board has before it, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import WorkflowState

from osler_site.articles.models import ArticlePage
from osler_site.review.queue import days_since


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article in review, since when, and who sent it."""

    article: ArticlePage
    review: int  # the review's number in its address
    since: datetime
    by: str

    @property
    def days(self) -> int:
        """How long it has been waiting."""
        return days_since(self.since)


def queue() -> list[Waiting]:
    """Every article whose workflow is running."""
    states = (
        WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .select_related("current_task_state__boardreviewstate__submitted_by")
        .order_by("current_task_state__started_at")
    )
    by_page = {state.object_id: state for state in states}
    pages = ArticlePage.objects.defer("body").in_bulk([int(key) for key in by_page])
    return [
        Waiting(
            pages[int(key)],
            state.current_task_state_id,
            state.current_task_state.started_at,
            str(state.current_task_state.boardreviewstate.submitted_by or "the site"),
        )
        for key, state in by_page.items()
        if int(key) in pages
    ]
