"""Who is looking, for templates."""

from __future__ import annotations

from typing import Any

from django import template

from osler_site.accounts.roles import Role, has_role

register = template.Library()


@register.filter
def is_editor(user: Any) -> bool:
    """Whether a user is an editor."""
    return bool(user) and has_role(user, Role.EDITOR)


@register.filter
def holds_a_role(user: Any) -> bool:
    """Whether a user does more here than read."""
    return bool(user) and has_role(user, *Role)


@register.filter
def is_publisher(user: Any) -> bool:
    """Whether a user is a publisher."""
    return bool(user) and has_role(user, Role.PUBLISHER)
