"""How a finding is settled: by a sign-off after it, or by an editor who takes the new answer."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.living.models import Finding


def open_findings(page: ArticlePage) -> list[Finding]:
    """What readers are warned of."""
    return list(page.findings.filter(settled__isnull=True))


def settle(page: ArticlePage, by: User, how: str, *, before: datetime | None = None) -> int:
    """Settle the open findings made before a moment (now); how many there were."""
    until = before or timezone.now()
    return page.findings.filter(settled__isnull=True, found__lte=until).update(
        settled=timezone.now(), settled_by=by, settled_how=how
    )
