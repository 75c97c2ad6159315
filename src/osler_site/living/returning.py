"""An approved article under which something changed goes back before the board by itself."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import WorkflowState

from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.living.failing import Failures
from osler_site.living.settling import open_findings
from osler_site.review.errors import NotSubmittable, ReviewError
from osler_site.review.statuses import before_board
from osler_site.review.workflow import submit


@dataclass(frozen=True, slots=True)
class Returned:
    """How many articles were put before the board, and with how many that failed."""

    sent: int
    failed: int


def send_back() -> Returned:
    """Put approved articles before the board that were not there since something was found.

    What readers see stays, with its warning. An article that editors are working on, or that the
    gate no longer lets through because a source is gone or was retracted, stays on the list of
    what changed until an editor has mended it.
    """
    concerned = ArticlePage.objects.live().filter(
        status=ReviewStatus.APPROVED, findings__settled__isnull=True, findings__isnull=False
    )
    sent, failed = 0, Failures("sending an article back to the board")
    for page in concerned.distinct():
        with failed.kept_from_others(page):
            sent += _send(page)
    return Returned(sent, failed.count)


def _send(page: ArticlePage) -> bool:
    in_hand = before_board(page) is not None or page.latest_revision_id != page.live_revision_id
    if in_hand or _was_there_since(page):
        return False
    try:
        submit(page, None)
    except (NotSubmittable, ReviewError):
        return False
    return True


def _was_there_since(page: ArticlePage) -> bool:
    """Whether it was before the board after the latest finding: someone took it back then."""
    last = WorkflowState.objects.for_instance(page).order_by("-created_at").first()
    found = max(finding.found for finding in open_findings(page))
    return last is not None and last.created_at > found
