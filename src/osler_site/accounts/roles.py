"""The roles, and how a group of Django's stands for each."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from osler_site.accounts.models import User


class Role(StrEnum):
    """What a person may do; the value is the name of the group. Readers need no account."""

    EDITOR = "Editors"
    REVIEWER = "Reviewers"
    PUBLISHER = "Publishers"
    ADMINISTRATOR = "Administrators"


def has_role(user: Any, *roles: Role) -> bool:
    """Whether an active user is in one of these roles.

    A superuser is in none by that: the roles of the review are held by name.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return bool({r.value for r in roles} & group_names(user))


def group_names(user: User) -> frozenset[str]:
    """The names of a user's groups, asked for once a request."""
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))  # type: ignore[attr-defined]
    return user._group_names  # type: ignore[attr-defined,no-any-return]
