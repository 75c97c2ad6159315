"""Giving a review to a member of the board, and taking it away again when they are not there."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role, has_role
from osler_site.review.errors import AlreadyClaimed, NotAllowed, Outdated
from osler_site.review.logs import record
from osler_site.review.mail import tell_assigned, tell_taken_away
from osler_site.review.models import BoardReviewState, ReviewAssignment
from osler_site.review.reviewing import begin, end, hold, require_ahead, require_current
from osler_site.review.rules import authors, require_member, why_not
from osler_site.review.statuses import refresh

ASSIGNERS = (Role.PUBLISHER, Role.ADMINISTRATOR)


def candidates(state: BoardReviewState) -> QuerySet[User]:
    """The active members of the board who had no hand in a version."""
    return (
        User.objects.filter(
            is_active=True, groups__name=Role.REVIEWER.value, board_member__active=True
        )
        .exclude(pk__in=authors(state))
        .order_by("last_name", "first_name", "username")
    )


def assign(
    state: BoardReviewState,
    user: User,
    reviewer: User,
    due: date,
    *,
    instead_of: int | None = None,
    why: str = "",
) -> ReviewAssignment:
    """Give a version to a reviewer until a day; to who has it already, another day.

    `instead_of` is the key of the assignment that is taken away, None where it waits for anyone.
    Raises NotAllowed (also for a reviewer who had a hand in it), Outdated, AlreadyClaimed,
    ReviewError (a day that has passed).
    """
    _require_assigner(user)
    require_member(reviewer)
    if why_not(reviewer, state):
        raise NotAllowed(f"{reviewer} had a hand in this article; another member has to review it.")
    require_ahead(due)
    try:
        with transaction.atomic():
            before = _now_with(state, instead_of)
            require_current(state)
            if before is not None and before.reviewer_id == reviewer.pk:
                made = before
                made.due = due
                made.save(update_fields=["due"])
            else:
                if before is not None:
                    _take(before, user, why)
                made = begin(state, reviewer, due, by=user)
            record(
                state.page, "assigned", user, revision=state.revision,
                reviewer=reviewer.username, due=due.isoformat(),
            )  # fmt: skip
            refresh(state.page.pk)
    except IntegrityError as error:
        raise AlreadyClaimed("Meanwhile someone has claimed this article. Look again.") from error
    transaction.on_commit(lambda: tell_assigned(made))
    return made


@transaction.atomic
def take_away(state: BoardReviewState, user: User, instead_of: int, why: str) -> None:
    """Let an article wait for anyone again. Raises NotAllowed, Outdated."""
    _require_assigner(user)
    before = _now_with(state, instead_of)
    if before is not None:
        _take(before, user, why)
    refresh(state.page.pk)


def _require_assigner(user: User) -> None:
    if not has_role(user, *ASSIGNERS):
        raise NotAllowed("Only a publisher or an administrator assigns a review.")


def _now_with(state: BoardReviewState, expected: int | None) -> ReviewAssignment | None:
    """The open assignment: the one that was on the page of whoever asks. Raises Outdated.

    A sign-off holds the article first too: either it is made before, or not at all.
    """
    hold(state)
    found = (
        ReviewAssignment.objects.select_for_update(of=("self",))
        .filter(state=state, ended_at=None)
        .select_related("reviewer", "state")
        .first()
    )
    if (found.pk if found else None) != expected:
        raise Outdated("Meanwhile this review has changed hands. Look again.")
    return found


def _take(assignment: ReviewAssignment, user: User, why: str) -> None:
    end(assignment, "taken away", why)
    state = assignment.state
    record(
        state.page, "unassigned", user, revision=state.revision,
        reviewer=assignment.reviewer.username, why=assignment.why,
    )  # fmt: skip
    transaction.on_commit(lambda: tell_taken_away(assignment))
