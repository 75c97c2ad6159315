"""The medical board as readers see it."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from osler_site.accounts.models import BoardMember
from osler_site.accounts.roles import Role


def members() -> QuerySet[BoardMember]:
    """The active members, with the number of reviews that each has signed."""
    return (
        BoardMember.objects.filter(
            active=True, user__is_active=True, user__groups__name=Role.REVIEWER.value
        )
        .select_related("user")
        .annotate(reviews=Count("user__sign_offs", filter=Q(user__is_active=True), distinct=True))
    )
