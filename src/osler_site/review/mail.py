"""Letters to the editors of an article."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from osler_site.operations.mailing import was_sent
from osler_site.review.models import BoardReviewState, SignOff


def tell_editors(signed: SignOff, state: BoardReviewState) -> None:
    """Tell the owner and the submitter how the review ended; the sign-off stands without it."""
    people = {state.workflow_state.requested_by, signed.page.owner} - {None}
    addresses = sorted({p.email for p in people if p.email and p.is_active})
    if not addresses:
        return
    edit = reverse("wagtailadmin_pages:edit", args=[signed.page_id])
    context = {
        "signed": signed,
        "flagged": [v for v in signed.verdicts if v["judgement"] == "flag"],
        "edit_url": f"{settings.WAGTAILADMIN_BASE_URL}{edit}",
    }
    message = EmailMessage(
        f"{signed.get_decision_display()}: {signed.title}"[:200].replace("\n", " "),
        render_to_string("osler/review/mail.txt", context),
        to=addresses,
    )
    was_sent(message, f"sign-off {signed.pk}")
