"""The actions of the audit log that are ours."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from osler_site.desk.listening import FAILED, ROLES, SIGNED_IN, SIGNED_OUT

_ACTIONS = (
    (SIGNED_IN, "Signed in"),
    (SIGNED_OUT, "Signed out"),
    (FAILED, "Failed to sign in"),
    (ROLES, "Roles changed"),
)


@hooks.register("register_log_actions")
def register(actions: Any) -> None:
    """Name them."""
    for action, label in _ACTIONS:
        actions.register_action(action, label, label)
