"""Who may review an article: named clinicians who had no hand in it."""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role, has_role
from osler_site.articles.models import ArticlePage
from osler_site.review.errors import NotAllowed
from osler_site.review.models import BoardReviewState, Decision, SignOff
from osler_site.review.withdrawals import last_withdrawal


def board_member(user: Any) -> BoardMember | None:
    """A user's standing on the board now; None for everyone who may not review.

    The role is held by name: being a superuser gives none of it.
    """
    if not has_role(user, Role.REVIEWER):
        return None
    return BoardMember.objects.filter(user_id=user.pk, active=True).first()


def require_member(user: Any) -> BoardMember:
    """Their standing. Raises NotAllowed."""
    member = board_member(user)
    if member is None:
        raise NotAllowed("Only an active member of the medical board may do this.")
    return member


def authors(state: BoardReviewState) -> frozenset[int]:
    """Who had a hand in a version: its owner, and whoever wrote or submitted since approval.

    An approval that a withdrawal followed vouches for no text: who wrote before it counts too.
    """
    page_id = int(state.revision.object_id)
    approved = SignOff.objects.filter(page_id=page_id, decision=Decision.APPROVED)
    withdrawn = last_withdrawal(page_id)
    if withdrawn is not None:
        approved = approved.filter(signed_at__gt=withdrawn.at)
    before = approved.exclude(revision_id=state.revision_id).order_by("-revision_id").first()
    revisions = Revision.objects.filter(
        base_content_type=state.revision.base_content_type,
        object_id=state.revision.object_id,
        pk__lte=state.revision_id,
        pk__gt=before.revision_id if before else 0,
    )
    people = set(revisions.values_list("user_id", flat=True))
    submitted = BoardReviewState.objects.filter(revision__in=revisions)
    people |= set(submitted.values_list("submitted_by_id", flat=True))
    people |= {state.workflow_state.requested_by_id, state.finished_by_id}
    people |= set(ArticlePage.objects.filter(pk=page_id).values_list("owner_id", flat=True))
    return frozenset(p for p in people if p is not None)


def why_not(user: User, state: BoardReviewState) -> str:
    """Why this member may not review this version; "" where they may."""
    if user.pk in authors(state):
        return "You wrote, edited or submitted this article; another member has to review it."
    return ""


def require_independent(user: User, state: BoardReviewState) -> None:
    """Raises NotAllowed for whoever had a hand in the version."""
    reason = why_not(user, state)
    if reason:
        raise NotAllowed(reason)
