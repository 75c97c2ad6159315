"""What makes an article public, and what keeps everything else from doing so.

Nobody holds Wagtail's permission to publish an article, superusers included. The review alone
publishes: it says so with `permitted`, and `guard`, which every write of an article passes,
refuses a version that becomes public, or leaves the public, in any other way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied

# What the workflow alone writes (see `osler_site.review.statuses`).
KEPT_BY_REVIEW = ("status", "last_reviewed", "next_review")
_CONTENT = (
    "title", "slug", "kind", "question", "topic", "body", "follow_ups", "library_version",
    "engine_version",
)  # fmt: skip

_permitted: ContextVar[tuple[int, int | None] | None] = ContextVar("permitted", default=None)


class NotByReview(PermissionDenied):
    """An article was to be changed for readers by something other than the review."""


@contextmanager
def permitted(page_id: int, revision_id: int | None) -> Iterator[None]:
    """Let this revision become the public one; None lets the article leave the public."""
    token = _permitted.set((page_id, revision_id))
    try:
        yield
    finally:
        _permitted.reset(token)


def guard(page: Any, update_fields: Any) -> None:
    """Check a write of an article. Call it inside the transaction that writes."""
    stored = type(page).objects.select_for_update().filter(pk=page.pk).first() if page.pk else None
    if stored is None:
        page.status, page.last_reviewed, page.next_review = "draft", None, None
        if page.live:
            raise NotByReview("A new article is a draft; the review makes it public.")
        return
    for field in KEPT_BY_REVIEW:
        setattr(page, field, getattr(stored, field))
    if _permitted.get() == (page.pk, page.live_revision_id if page.live else None):
        return
    if page.live != stored.live or page.live_revision_id != stored.live_revision_id:
        raise NotByReview("An article becomes public, or ceases to be, by its review alone.")
    if page.live and _content_differs(page, stored, update_fields):
        raise NotByReview("The public version of an article changes by its review alone.")


def _content_differs(page: Any, stored: Any, update_fields: Any) -> bool:
    for name in _CONTENT:
        if update_fields is not None and name not in update_fields:
            continue
        field = page._meta.get_field(name)
        if field.get_prep_value(getattr(page, name)) != field.get_prep_value(getattr(stored, name)):
            return True
    return False
