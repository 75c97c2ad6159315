"""The actions of the audit log that are ours."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from osler_site.desk.listening import FAILED, FOUND, ISSUED, ROLES, SIGNED_IN, SIGNED_OUT

_ACTIONS = (
    (SIGNED_IN, "Signed in"),
    (SIGNED_OUT, "Signed out"),
    (FAILED, "Failed to sign in"),
    (ROLES, "Roles changed"),
    (ISSUED, "Token of a program issued"),
    ("osler.token_revoked", "Token of a program revoked"),
    ("osler.report_closed", "Problem report closed"),
    (FOUND, "Something changed under an article"),
    ("osler.finding_settled", "What had changed is settled"),
)


@hooks.register("register_log_actions")
def register(actions: Any) -> None:
    """Name them."""
    for action, label in _ACTIONS:
        actions.register_action(action, label, label)
