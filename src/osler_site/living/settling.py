"""A finding is settled by the sign-off that comes after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved

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


def listen() -> None:
    """Settle what a sign-off settles; called once, when the app is ready."""
    workflow_approved.connect(_signed_off, sender=WorkflowState, dispatch_uid="living")


def _signed_off(sender: Any, instance: WorkflowState, user: User | None, **_: Any) -> None:
    page = ArticlePage.objects.filter(pk=instance.object_id).first()
    if page is not None and user is not None:
        settle(page, user, "The board signed the article off again.")
