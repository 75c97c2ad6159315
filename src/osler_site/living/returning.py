"""An approved article under which something changed goes back before the board by itself."""

from __future__ import annotations

from collections.abc import Iterable

from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.living.models import Finding
from osler_site.review.errors import NotSubmittable, ReviewError
from osler_site.review.statuses import before_board
from osler_site.review.workflow import submit


def send_back(findings: Iterable[Finding]) -> int:
    """Put the approved articles of these findings before the board; how many were.

    What readers see stays, with its warning. An article that editors are working on, or that the
    gate no longer lets through because a source is gone, stays on the list of what changed until
    an editor has mended it.
    """
    pages = {f.article.pk: f.article for f in findings}
    return sum(_send(ArticlePage.objects.get(pk=key)) for key in pages)


def _send(page: ArticlePage) -> bool:
    approved = page.status == ReviewStatus.APPROVED
    in_hand = before_board(page) is not None or page.latest_revision_id != page.live_revision_id
    if not approved or in_hand:
        return False
    try:
        submit(page, None)
    except (NotSubmittable, ReviewError):
        return False
    return True
