"""Reviews that are overdue: listed as findings, and mailed to the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.engine import engine
from osler_site.environment import environment
from osler_site.living.models import Finding, FindingKind
from osler_site.operations.mailing import was_sent


def overdue(today: date | None = None) -> list[ArticlePage]:
    """Approved articles whose next review was due before today, the oldest first."""
    day = today or timezone.localdate()
    approved = ArticlePage.objects.live().filter(status=ReviewStatus.APPROVED).defer("body")
    return list(approved.filter(next_review__lt=day).order_by("next_review"))


def mark_overdue(today: date | None = None) -> list[Finding]:
    """Put each overdue article on the board's list, once for each date that it missed."""
    version = engine().library().version
    fresh = []
    for page in overdue(today):
        finding, made = Finding.objects.get_or_create(
            article=page,
            kind=FindingKind.OVERDUE,
            key=page.next_review.isoformat(),
            defaults={
                "summary": f"The review was due on {page.next_review:%-d %B %Y}.",
                "library_version": version,
            },
        )
        if made:
            fresh.append(finding)
    return fresh


@dataclass(frozen=True, slots=True)
class Told:
    """How many mails were sent, and how many could not be."""

    sent: int = 0
    unsent: int = 0


def remind() -> Told:
    """Mail the open findings that were not mailed yet to every reviewer and editor with an address.

    Where no mail could be sent, the next round tries again; where some could, nobody gets it twice.
    """
    findings = list(
        Finding.objects.filter(settled__isnull=True, mailed__isnull=True).select_related("article")
    )
    if not findings:
        return Told()
    roles = (Role.REVIEWER.value, Role.EDITOR.value)
    people = User.objects.filter(is_active=True, groups__name__in=roles).exclude(email="")
    text = render_to_string(
        "osler/mail/findings.txt",
        {"findings": findings, "base_url": environment().base_url, "site": environment().name},
    )
    articles = len({f.article.pk for f in findings})
    subject = f"[{environment().name}] {articles} article{'s' * (articles != 1)} to look at again"
    outcomes = [
        was_sent(EmailMessage(subject, text, to=[person.email]), "what changed under articles")
        for person in people.distinct()
    ]
    if any(outcomes):
        Finding.objects.filter(pk__in=[f.pk for f in findings]).update(mailed=timezone.now())
    return Told(outcomes.count(True), outcomes.count(False))
