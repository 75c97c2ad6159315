"""What was said of an article in the reviews before this one. None of it counts in this one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Revision

from osler_site.articles.wording import placed_texts
from osler_site.review.models import BoardReviewState, ClaimVerdict, Judgement, ReviewAssignment


@dataclass(frozen=True, slots=True)
class EarlierReview:
    """What a reviewer said, of this version or one before, who has it no more."""

    assignment: ReviewAssignment
    approved: int
    flags: tuple[ClaimVerdict, ...]


def earlier_reviews(state: BoardReviewState) -> tuple[EarlierReview, ...]:
    """Those of the article, the latest first."""
    ended = _ended(state).select_related("reviewer", "assigned_by", "state")
    return tuple(_earlier(found) for found in ended.prefetch_related("verdicts"))


def _earlier(assignment: ReviewAssignment) -> EarlierReview:
    verdicts = list(assignment.verdicts.all())
    flags = tuple(v for v in verdicts if v.judgement == Judgement.FLAG)
    return EarlierReview(assignment, len(verdicts) - len(flags), flags)


def earlier_verdicts(state: BoardReviewState) -> dict[str, list[ClaimVerdict]]:
    """Those of the article by the entry that they are on, however it was worded then.

    The latest first; one that was carried over is told once, where it was given.
    """
    given = (
        ClaimVerdict.objects.filter(assignment__in=_ended(state), carried=False)
        .select_related("assignment__reviewer", "assignment__state")
        .order_by("-given_at", "-pk")
    )
    items: dict[int, dict[str, str]] = {}
    found: dict[str, list[ClaimVerdict]] = defaultdict(list)
    for verdict in given:
        revision = verdict.assignment.state.revision_id
        if revision not in items:
            version = Revision.objects.get(pk=revision).as_object()
            items[revision] = {placed.key: placed.item for placed in placed_texts(version)}
        item = items[revision].get(verdict.claim_key)
        if item is not None:
            found[item].append(verdict)
    return found


def _ended(state: BoardReviewState) -> QuerySet[ReviewAssignment]:
    return ReviewAssignment.objects.filter(
        state__revision__object_id=state.revision.object_id, ended_at__isnull=False
    )
