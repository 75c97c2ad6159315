"""A finding is settled by the sign-off of someone who has seen it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.living.models import Finding


def open_findings(page: ArticlePage) -> list[Finding]:
    """What readers are warned of."""
    return list(page.findings.filter(settled__isnull=True))


def settle(page: ArticlePage, by: User, shown: Collection[int], revision: int, how: str) -> int:
    """Settle those open findings that were shown, for this version; how many there were."""
    wanted = page.findings.filter(settled__isnull=True, pk__in=shown)
    with transaction.atomic():
        summaries = list(wanted.values_list("summary", flat=True))
        settled: int = wanted.update(
            settled=timezone.now(), settled_by=by, settled_how=how, settled_for=revision
        )
        if settled:
            said = {"findings": summaries, "how": how}
            log(page, "osler.finding_settled", user=by, data=said)
    return settled
