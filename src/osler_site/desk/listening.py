"""What neither Wagtail nor the review logs of itself: sign-ins, roles, tokens, findings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save
from wagtail.log_actions import log

from osler_site.accounts.models import User
from osler_site.api.models import ApiToken
from osler_site.living.models import Finding, FindingKind

SIGNED_IN, SIGNED_OUT, FAILED = "osler.signed_in", "osler.signed_out", "osler.sign_in_failed"
ROLES, ISSUED, FOUND = "osler.roles_changed", "osler.token_issued", "osler.finding"


def listen() -> None:
    """Connect; called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="desk")
    user_logged_out.connect(_signed_out, dispatch_uid="desk")
    user_login_failed.connect(_failed, dispatch_uid="desk")
    m2m_changed.connect(_roles_changed, sender=User.groups.through, dispatch_uid="desk")
    post_save.connect(_issued, sender=ApiToken, dispatch_uid="desk")
    post_save.connect(_found, sender=Finding, dispatch_uid="desk")


def _signed_in(sender: Any, user: User, **_: Any) -> None:
    log(instance=user, action=SIGNED_IN, user=user)


def _signed_out(sender: Any, user: User | None, **_: Any) -> None:
    if user is not None:
        log(instance=user, action=SIGNED_OUT, user=user)


def _failed(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    """A failed attempt on an account that there is; other names are not kept."""
    name = credentials.get("username") or credentials.get("email") or ""
    user = User.objects.filter(username=name).first() or User.objects.filter(email=name).first()
    if name and user is not None:
        log(instance=user, action=FAILED)


def _roles_changed(sender: Any, instance: Any, action: str, pk_set: Any, **_: Any) -> None:
    if action not in ("post_add", "post_remove") or not isinstance(instance, User) or not pk_set:
        return
    names = sorted(Group.objects.filter(pk__in=pk_set).values_list("name", flat=True))
    log(instance=instance, action=ROLES, data={action.removeprefix("post_"): names})


def _issued(sender: Any, instance: ApiToken, created: bool, **_: Any) -> None:
    if created:
        log(instance=instance, action=ISSUED, user=instance.created_by, data=_given(instance))


def _given(token: ApiToken) -> dict[str, Any]:
    expires = token.expires.isoformat() if token.expires else None
    return {"scopes": token.scopes, "expires": expires}


def _found(sender: Any, instance: Finding, created: bool, **_: Any) -> None:
    if created:
        said = {"kind": FindingKind(instance.kind).value, "summary": instance.summary}
        log(instance=instance.article, action=FOUND, data=said)
