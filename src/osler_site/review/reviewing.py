"""A reviewer's work before the sign-off: claim, judge, hand back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from osler_site.accounts.models import User
from osler_site.articles.claims import Placed
from osler_site.articles.models import ArticlePage
from osler_site.articles.wording import placed_texts
from osler_site.living.settling import open_findings
from osler_site.review.errors import AlreadyClaimed, NotAllowed, Outdated, ReviewError
from osler_site.review.hashing import content_hash
from osler_site.review.logs import record
from osler_site.review.models import BoardReviewState, ClaimVerdict, Judgement, ReviewAssignment
from osler_site.review.rules import require_independent, require_member
from osler_site.review.statuses import refresh
from osler_site.review.verdicts import stands
from osler_site.review.withdrawals import last_withdrawal

USUAL = timedelta(days=14)  # until a review is due


def claim(state: BoardReviewState, user: User) -> ReviewAssignment:
    """Take an article for review. Of several who try at once, one succeeds.

    Raises NotAllowed, AlreadyClaimed, Outdated (it is not before the board any more).
    """
    require_member(user)
    require_independent(user, state)
    try:
        with transaction.atomic():
            hold(state)
            require_current(state)
            made = begin(state, user, timezone.localdate() + USUAL)
            record(state.page, "claimed", user, revision=state.revision, due=made.due.isoformat())
            refresh(state.page.pk)
    except IntegrityError as error:
        raise AlreadyClaimed("Another member of the board has claimed this article.") from error
    return made


def hold(state: BoardReviewState) -> ArticlePage:
    """The article of a review, locked for this transaction.

    Whoever writes on a review locks its article before anything else of it, so that of two who
    do so at once one waits for the other, and neither for what the other waits for. Then the
    workflow: Wagtail's button that cancels it writes that row alone, outside any transaction.
    """
    page = ArticlePage.objects.select_for_update().get(pk=state.revision.object_id)
    WorkflowState.objects.select_for_update().get(pk=state.workflow_state_id)
    return page


def begin(
    state: BoardReviewState, reviewer: User, due: date, *, by: User | None = None
) -> ReviewAssignment:
    """Make an article this reviewer's, with what they approved of it before.

    Raises IntegrityError where it is someone's already.
    """
    made = ReviewAssignment.objects.create(state=state, reviewer=reviewer, due=due, assigned_by=by)
    _carry_over(made)
    return made


def _carry_over(assignment: ReviewAssignment) -> None:
    """Keep what this reviewer approved before, of claims that stand word for word as they did.

    Nothing is kept while a finding is open, nor of a claim that a finding concerned since, though
    another review settled it: the words are the same, and may no longer be right. Nor is an
    approval kept that its reviewer took back, or that anyone's flag came after, or that was given
    before the article was withdrawn.
    """
    page = assignment.state.page
    if open_findings(page):
        return
    claims, findings = claims_of(assignment.state), list(page.findings.all())
    ClaimVerdict.objects.bulk_create(
        ClaimVerdict(
            assignment=assignment,
            claim_key=verdict.claim_key,
            claim_text=verdict.claim_text,
            judgement=verdict.judgement,
            comment=verdict.comment,
            given_at=verdict.given_at,
            carried=True,
        )
        for verdict in _unrevoked(assignment, claims)
        if stands(verdict, claims, findings)
    )


def _unrevoked(assignment: ReviewAssignment, claims: Iterable[str]) -> list[ClaimVerdict]:
    """This reviewer's approvals, in any review of the article, that nothing since undid."""
    page_id = assignment.state.revision.object_id
    given = ClaimVerdict.objects.filter(
        assignment__state__revision__object_id=page_id, claim_key__in=claims
    ).select_related("assignment")
    withdrawn = last_withdrawal(int(page_id))
    if withdrawn is not None:
        given = given.filter(given_at__gt=withdrawn.at)
    approved: dict[str, ClaimVerdict] = {}
    for verdict in given.order_by("given_at", "pk"):
        if verdict.judgement == Judgement.FLAG:
            approved.pop(verdict.claim_key, None)
        elif verdict.assignment.reviewer_id == assignment.reviewer_id:
            approved[verdict.claim_key] = verdict
    return list(approved.values())


def require_current(state: BoardReviewState) -> None:
    """That this version is before the board and nothing was written since. Raises Outdated."""
    now = BoardReviewState.objects.select_related("revision", "workflow_state").get(pk=state.pk)
    running = now.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    if not running or now.status != TaskState.STATUS_IN_PROGRESS:
        raise Outdated("This version is not before the board any more.")
    latest = now.page.latest_revision_id
    if latest != now.revision_id or content_hash(now.revision) != now.content_hash:
        raise Outdated(
            "The article was edited after it was submitted. What you reviewed is not what it says "
            "now; the editors have to submit it again."
        )


def own(assignment: ReviewAssignment, user: User) -> ReviewAssignment:
    """The open assignment of this reviewer, locked for this transaction with its article.

    Raises NotAllowed for anyone else, and for a reviewer who has lost the role or the claim.
    """
    require_member(user)
    hold(assignment.state)
    found = (
        ReviewAssignment.objects.select_for_update()
        .filter(pk=assignment.pk, reviewer_id=user.pk, ended_at=None)
        .first()
    )
    if found is None:
        raise NotAllowed("You have not claimed this article.")
    require_independent(user, found.state)
    return found


@transaction.atomic
def hand_back(assignment: ReviewAssignment, user: User, why: str) -> None:
    """Give an article back to the queue. Raises NotAllowed."""
    mine = own(assignment, user)
    end(mine, "handed back", why)
    page = mine.state.page
    record(page, "handed_back", user, revision=mine.state.revision, why=mine.why)
    refresh(page.pk)


def end(assignment: ReviewAssignment, outcome: str, why: str = "") -> None:
    """Write down that a reviewer has it no more. Their verdicts stay with it."""
    assignment.ended_at, assignment.outcome = timezone.now(), outcome
    assignment.why = why.strip()
    assignment.save(update_fields=["ended_at", "outcome", "why"])


@transaction.atomic
def set_due(assignment: ReviewAssignment, user: User, due: date) -> None:
    """Say until when. Raises NotAllowed, ReviewError (a day that has passed)."""
    mine = own(assignment, user)
    require_ahead(due)
    mine.due = due
    mine.save(update_fields=["due"])
    record(mine.state.page, "due", user, due=due.isoformat())


def require_ahead(due: date) -> None:
    """Raises ReviewError for a day that has passed."""
    if due < timezone.localdate():
        raise ReviewError("The due date has passed already.")


@transaction.atomic
def judge(
    assignment: ReviewAssignment, user: User, key: str, judgement: Judgement, comment: str = ""
) -> ClaimVerdict:
    """Keep a verdict on a claim or a wording. Raises NotAllowed, Outdated, ReviewError."""
    mine = own(assignment, user)
    require_current(mine.state)
    found = claims_of(mine.state).get(key)
    if found is None:
        raise ReviewError("There is no such claim or text in this version.")
    if judgement is Judgement.FLAG and not comment.strip():
        raise ReviewError("Say what is wrong with what you flag.")
    verdict, _ = ClaimVerdict.objects.update_or_create(
        assignment=mine,
        claim_key=key,
        defaults={
            "claim_text": found.value["text"],
            "judgement": judgement,
            "comment": comment.strip(),
            "given_at": timezone.now(),
            "carried": False,
        },
    )
    page = mine.state.page
    record(page, "verdict", user, claim=verdict.claim_text[:200], judgement=judgement.value)
    return verdict


def claims_of(state: BoardReviewState) -> dict[str, Placed]:
    """What is judged of the version before the board, in its order: claims and wordings."""
    return {placed.key: placed for placed in placed_texts(state.version)}
