"""An approval has one day, and an article waits since one: those of the site's own clock."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.articles.models import ArticlePage
from osler_site.review.record import record_of

pytestmark = pytest.mark.usefixtures("site")


def far_from_utc() -> datetime.timezone:
    """A clock on which it is another day by now than in UTC."""
    hours = 14 if timezone.now().hour >= 10 else -12
    return datetime.timezone(datetime.timedelta(hours=hours))


def test_an_approval_has_one_day(submitted: ArticlePage, reviewer: User, steps: Any) -> None:
    with timezone.override(far_from_utc()):
        signed = steps.approve(submitted, reviewer)
        page = ArticlePage.objects.get(pk=submitted.pk)
        today = timezone.localdate()
        assert today != signed.signed_at.date()
        assert page.last_reviewed == record_of(page).steps[-1].on == today
        assert str(signed).endswith(f"{today:%d %B %Y}")
