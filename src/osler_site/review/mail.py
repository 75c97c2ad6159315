"""Letters on a review: to the editors of an article, and to those who are given one to review."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from osler_site.operations.mailing import was_sent
from osler_site.review.models import BoardReviewState, ReviewAssignment, SignOff


def tell_editors(signed: SignOff, state: BoardReviewState) -> None:
    """Tell the owner and the submitter how the review ended; the sign-off stands without it."""
    people = {state.submitted_by, signed.page.owner} - {None}
    addresses = sorted({p.email for p in people if p.email and p.is_active})
    if not addresses:
        return
    edit = reverse("wagtailadmin_pages:edit", args=[signed.page_id])
    context = {
        "signed": signed,
        "flagged": [v for v in signed.verdicts if v["judgement"] == "flag"],
        "remarked": [v for v in signed.verdicts if v["judgement"] == "approve" and v["comment"]],
        "edit_url": f"{settings.WAGTAILADMIN_BASE_URL}{edit}",
    }
    message = EmailMessage(
        f"{signed.get_decision_display()}: {signed.title}"[:200].replace("\n", " "),
        render_to_string("osler/review/mail.txt", context),
        to=addresses,
    )
    was_sent(message, f"sign-off {signed.pk}")


def tell_assigned(assignment: ReviewAssignment) -> None:
    """Tell a reviewer what they were given, and until when; it is on their list without it."""
    here = reverse("review", args=[assignment.state_id])
    _tell_reviewer(assignment, "To review", f"{settings.WAGTAILADMIN_BASE_URL}{here}")


def tell_taken_away(assignment: ReviewAssignment) -> None:
    """Tell a reviewer that they have it no more, and why."""
    _tell_reviewer(assignment, "No longer yours to review", "")


def _tell_reviewer(assignment: ReviewAssignment, what: str, url: str) -> None:
    person = assignment.reviewer
    if not (person.email and person.is_active):
        return
    title = assignment.state.version.title
    context = {"assignment": assignment, "title": title, "what": what, "url": url}
    message = EmailMessage(
        f"{what}: {title}"[:200].replace("\n", " "),
        render_to_string("osler/review/assigned.txt", context),
        to=[person.email],
    )
    was_sent(message, f"assignment {assignment.pk}")
