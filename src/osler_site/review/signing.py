"""The sign-off: one transaction in which everything is checked again and the record is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.articles.claims import placed_claims
from osler_site.articles.gate import objections
from osler_site.articles.models import ArticlePage
from osler_site.articles.wording import uncited_dose
from osler_site.engine import engine
from osler_site.living.settling import open_findings, settle
from osler_site.review.errors import Outdated, ReviewError, Unfinished
from osler_site.review.logs import record
from osler_site.review.mail import tell_editors
from osler_site.review.models import (
    BoardReviewState,
    ClaimVerdict,
    Decision,
    Judgement,
    ReviewAssignment,
    SignOff,
)
from osler_site.review.protecting import protect_readers
from osler_site.review.reviewing import claims_of, own, require_current
from osler_site.review.rules import require_member
from osler_site.review.statuses import refresh
from osler_site.review.verdicts import standing_verdicts

LONGEST = timedelta(days=3 * 365 + 1)  # until the next review
LONGEST_NAME = 200  # characters, of those who sign and submit


@dataclass(frozen=True, slots=True)
class Statement:
    """What a reviewer states when they sign."""

    decision: Decision
    seen_hash: str  # the fingerprint of the version on their page
    scope: str
    conflicts_of_interest: str
    comments: str = ""
    next_review: date | None = None
    findings: frozenset[int] = frozenset()  # keys of those that were shown with the form


@transaction.atomic
def sign(assignment: ReviewAssignment, user: User, statement: Statement) -> SignOff:
    """Approve the reviewed version, or send it back with what has to change.

    Raises NotAllowed, Outdated, Unfinished, ReviewError; then nothing has happened.
    """
    mine = own(assignment, user)
    state = mine.state
    page = state.page
    require_current(state)
    if statement.seen_hash != state.content_hash:
        raise Outdated("The version on your page is not the one before the board. Load it again.")
    _check_statement(statement)
    verdicts = _verdicts(mine, state)
    if statement.decision is Decision.APPROVED:
        _check_all_seen(page, statement)
        _check_all_approved(verdicts, state)
    elif not statement.comments.strip() and not _flagged(verdicts):
        raise Unfinished("Say what has to change: flag a claim or a text, or write a comment.")
    signed = _sign(mine, user, statement, verdicts)
    mine.ended_at, mine.outcome = signed.signed_at, statement.decision.value
    mine.save(update_fields=["ended_at", "outcome"])
    if statement.decision is Decision.APPROVED:
        state.approve(user=user, comment=statement.comments)
        how = "The board signed the article off again."
        settle(page, user, statement.findings, state.revision_id, how)
    else:
        state.reject(user=user, comment=_as_text(signed))
        protect_readers(state, user, _flagged(verdicts))
    page = refresh(int(state.revision.object_id))
    record(page, statement.decision.value, user, revision=state.revision, sign_off=signed.pk)
    transaction.on_commit(lambda: tell_editors(signed, state))
    return signed


def _check_statement(statement: Statement) -> None:
    if not statement.scope.strip():
        raise ReviewError("Say what you reviewed (the scope).")
    if not statement.conflicts_of_interest.strip():
        raise ReviewError("State your conflicts of interest, or that there are none.")
    if statement.decision is Decision.APPROVED:
        today = timezone.localdate()
        if statement.next_review is None:
            raise ReviewError("Say when the article has to be reviewed again.")
        if not today < statement.next_review <= today + LONGEST:
            raise ReviewError("The next review lies in the future, at most three years from now.")


def _check_all_seen(page: ArticlePage, statement: Statement) -> None:
    unseen = [f for f in open_findings(page) if f.pk not in statement.findings]
    if unseen:
        raise Outdated(
            "Something was found that was not on your page when you signed: "
            f"{unseen[0].summary} Read it, and look again at the claims it concerns."
        )


def _verdicts(mine: ReviewAssignment, state: BoardReviewState) -> dict[str, ClaimVerdict | None]:
    claims = claims_of(state)
    given = standing_verdicts(mine, claims)
    return {key: given.get(key) for key in claims}


def _flagged(verdicts: dict[str, ClaimVerdict | None]) -> list[ClaimVerdict]:
    return [v for v in verdicts.values() if v and v.judgement == Judgement.FLAG]


def _check_all_approved(verdicts: dict[str, ClaimVerdict | None], state: BoardReviewState) -> None:
    missing = sum(1 for v in verdicts.values() if v is None)
    if missing:
        raise Unfinished(
            f"{missing} of {len(verdicts)} claims and texts have not been looked at, or something "
            "was found since that concerns them."
        )
    flagged = len(_flagged(verdicts))
    if flagged:
        raise Unfinished(
            f"{flagged} of them are flagged. Approve them after all, or request changes."
        )
    uncited = uncited_dose(state.version)
    if uncited:
        raise Unfinished(uncited)
    found = [o for o in objections(state.version.body, engine().library()) if not o.stands]
    if found:
        raise Outdated(
            "The library has changed since the article was submitted, and the gate now objects: "
            + found[0].lines[0]
        )


def _sign(
    mine: ReviewAssignment,
    user: User,
    statement: Statement,
    verdicts: dict[str, ClaimVerdict | None],
) -> SignOff:
    member = require_member(user)
    state = mine.state
    version = state.version
    approved = statement.decision is Decision.APPROVED
    return SignOff.objects.create(
        page_id=version.pk,
        revision=state.revision,
        content_hash=state.content_hash,
        title=version.title,
        library_version=state.library_version,
        engine_version=version.engine_version,
        reviewer=user,
        reviewer_name=str(user)[:LONGEST_NAME],
        profession=member.profession,
        registration_number=member.registration_number,
        specialty=member.specialty,
        submitted_by=str(state.submitted_by or "")[:LONGEST_NAME],
        decision=statement.decision,
        scope=statement.scope.strip(),
        conflicts_of_interest=statement.conflicts_of_interest.strip(),
        comments=statement.comments.strip(),
        claims=sum(1 for _ in placed_claims(version.body)),
        verdicts=[_kept(v) for v in verdicts.values() if v],
        overrides=overrides_of(version),
        signed_at=timezone.now(),
        next_review=statement.next_review if approved else None,
    )


def _kept(verdict: ClaimVerdict) -> dict[str, Any]:
    return {
        "claim": verdict.claim_text,
        "judgement": verdict.judgement,
        "comment": verdict.comment,
        "given_at": verdict.given_at,
    }


def overrides_of(version: ArticlePage) -> list[dict[str, Any]]:
    """The claims that stand although the gate objects, with who let them and why."""
    return [
        {"claim": o.claim, "objections": list(o.lines), "why": o.override, "by": o.override_by}
        for o in objections(version.body, engine().library())
        if o.stands
    ]


def _as_text(signed: SignOff) -> str:
    lines = [signed.comments] if signed.comments else []
    lines += [
        f"“{v['claim']}”: {v['comment']}" for v in signed.verdicts if v["judgement"] == "flag"
    ]
    return "\n\n".join(lines)
