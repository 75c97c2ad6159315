"""What the pages around show of a reader's history."""

from __future__ import annotations

from typing import Any

from django import template

from osler_site.history.alerting import unread_of
from osler_site.history.models import SavedArticle

register = template.Library()


@register.simple_tag
def unread_alerts(user: Any) -> int:
    """How many changes in saved articles a person has not read."""
    return unread_of(user)


@register.simple_tag
def is_saved(user: Any, page: Any) -> bool:
    """Whether a person has saved an article."""
    return SavedArticle.objects.filter(owner=user, article_id=page.pk).exists()
