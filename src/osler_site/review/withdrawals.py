"""What a withdrawal undoes: nothing that the board said before counts for what comes after."""

from __future__ import annotations

from osler_site.review.models import Decision, SignOff, Withdrawal


def last_withdrawal(page_id: int) -> Withdrawal | None:
    """The latest one of an article."""
    return Withdrawal.objects.filter(page_id=page_id).first()


def unanswered_withdrawal(page_id: int) -> Withdrawal | None:
    """The latest one, unless the board approved the article since."""
    last = last_withdrawal(page_id)
    if last is None:
        return None
    approved = SignOff.objects.filter(page_id=page_id, decision=Decision.APPROVED)
    return None if approved.filter(signed_at__gt=last.at).exists() else last
