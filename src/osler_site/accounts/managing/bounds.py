"""Who may change whose account, and which roles they may hand out."""

from __future__ import annotations

from typing import Any

from osler_site.accounts.models import User


def may_change(acting: Any, account: User) -> bool:
    """A superuser's account is a superuser's business; one's own roles are no one's own."""
    return bool(acting.is_superuser or not account.is_superuser)


def may_give_roles(acting: Any, account: User) -> bool:
    """Nobody gives a role to themselves: another administrator does."""
    return may_change(acting, account) and acting.pk != account.pk
