"""Tells the editors of a report by mail, where they have addresses."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.urls import reverse

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.environment import environment
from osler_site.operations.mailing import was_sent
from osler_site.reports.models import ProblemKind, ProblemReport


def tell_editors(report: ProblemReport) -> None:
    """Send a mail to every editor; a mail that cannot be sent is logged, the report stays."""
    editors = User.objects.filter(is_active=True, groups__name=Role.EDITOR.value)
    to = sorted(set(editors.exclude(email="").values_list("email", flat=True)))
    if not to:
        return
    message = EmailMessage(
        subject=f"Problem reported: {ProblemKind(report.kind).label}",
        body=_body(report),
        bcc=to,
        reply_to=[report.email] if report.email else None,
    )
    was_sent(message, f"report {report.pk}")


def _body(report: ProblemReport) -> str:
    base = environment().base_url.rstrip("/")
    where = f"{base}{reverse('report-desk', args=[report.pk])}"
    claim = f"The sentence:\n{report.claim_text}\n\n" if report.claim_text else ""
    return (
        f"{report.title}\n{base}{report.path}\n\n{claim}"
        f"The reader says:\n{report.words}\n\nSee and close it: {where}\n"
    )
