"""How a starter article gets its status: Submitted, public with the banner, reviewed by no one."""

from __future__ import annotations

from osler_site.articles.models import ArticlePage, ReviewStatus


def submit_unreviewed(page: ArticlePage) -> None:
    """Send a starter article to the board as no person's submission, and show it."""
    page.status = ReviewStatus.SUBMITTED
    page.save_revision(changed=False).publish()
