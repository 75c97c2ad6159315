"""Changes were requested: what readers see of the article meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.articles.wording import placed_texts
from osler_site.engine import engine
from osler_site.living.models import Finding, FindingKind
from osler_site.review.logs import record
from osler_site.review.models import BoardReviewState, ClaimVerdict
from osler_site.review.statuses import approval_of
from osler_site.review.workflow import hide


def protect_readers(state: BoardReviewState, by: User, flagged: Iterable[ClaimVerdict]) -> None:
    """Hide what was shown before approval; warn of what an approved version says and was flagged.

    An approved version stays public: it was vouched for as a whole, and one reviewer's flag on a
    later version does not undo that unread.
    """
    page = state.page
    if not page.live:
        return
    if approval_of(page) is None:
        hide(page)
        record(page, "hidden", by, revision=state.revision)
        return
    shown = {placed.value["text"] for placed in placed_texts(page)}
    for verdict in flagged:
        if verdict.claim_text in shown:
            _warn(page, verdict)


def _warn(page: ArticlePage, verdict: ClaimVerdict) -> None:
    """A finding, unless readers are warned of the same text already."""
    Finding.objects.get_or_create(
        article=page,
        kind=FindingKind.FLAGGED,
        key=verdict.claim_key,
        settled=None,
        defaults={
            "summary": f"In a later review: “{verdict.claim_text}”",
            "detail": {"claims": [verdict.claim_text]},
            "library_version": engine().library().version,
        },
    )
