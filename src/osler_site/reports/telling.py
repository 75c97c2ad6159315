"""Tells the editors of a report by mail, where they have addresses."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.urls import reverse

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.environment import environment
from osler_site.operations.limits import HOUR, LIMITS
from osler_site.operations.mailing import was_sent
from osler_site.reports.models import ProblemKind, ProblemReport, ProblemState

MAILS_PER_HOUR = 10  # whoever floods the list does not flood the editors' mail


def tell_editors(report: ProblemReport) -> None:
    """Send a mail to every editor, so many an hour; the report is on their list in any case.

    A mail that cannot be sent is logged.
    """
    editors = User.objects.filter(is_active=True, groups__name=Role.EDITOR.value)
    to = sorted(set(editors.exclude(email="").values_list("email", flat=True)))
    if not to or LIMITS.spend("mails on reports", MAILS_PER_HOUR, HOUR):
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
    others = ProblemReport.objects.filter(state=ProblemState.OPEN).exclude(pk=report.pk).count()
    return (
        f"{report.title}\n{base}{report.path}\n\n{claim}"
        f"The reader says:\n{report.words}\n\nSee and close it: {where}\n\n"
        f"Other reports that are open: {others}, {base}{reverse('report-list')}\n"
        f"(At most {MAILS_PER_HOUR} of these mails are sent an hour.)\n"
    )
