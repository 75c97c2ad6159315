"""Reviews that are overdue: listed as findings, and mailed to the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.engine import engine
from osler_site.environment import environment
from osler_site.living.models import Finding, FindingKind


def overdue(today: date | None = None) -> list[ArticlePage]:
    """Approved articles whose next review was due before today, the oldest first."""
    day = today or timezone.localdate()
    approved = ArticlePage.objects.live().filter(status=ReviewStatus.APPROVED)
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


def remind(findings: Sequence[Finding]) -> int:
    """Mail new findings to every reviewer and editor with an address; how many were sent."""
    if not findings:
        return 0
    roles = (Role.REVIEWER.value, Role.EDITOR.value)
    people = User.objects.filter(is_active=True, groups__name__in=roles).exclude(email="")
    text = render_to_string(
        "osler/mail/findings.txt",
        {"findings": findings, "base_url": environment().base_url, "site": environment().name},
    )
    articles = len({f.article.pk for f in findings})
    subject = f"[{environment().name}] {articles} article{'s' * (articles != 1)} to look at again"
    return sum(send_mail(subject, text, None, [p.email]) for p in people.distinct())
