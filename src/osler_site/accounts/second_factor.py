"""The second factor: who needs an authenticator, and what they have to do next."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role, has_role

BACK_KEY = "after_second_factor"
_SET_UP_KEY = "second_factor_set_up_by"


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether an account may do more than read."""
    return bool(user.is_authenticated and (user.is_superuser or has_role(user, *Role)))


def next_step(request: HttpRequest) -> str | None:
    """Where to go to give the second factor; None where nothing is missing.

    An account that has an authenticator may still have sessions from before it had one: those
    give a code first.
    """
    user = request.user
    if not needs_second_factor(user):  # type: ignore[arg-type]
        return None
    if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return reverse("mfa_activate_totp")
    if request.session.get(_SET_UP_KEY) == user.pk or any(
        record.get("method") == "mfa"
        for record in get_authentication_records(request, user)  # type: ignore[arg-type]
    ):
        return None
    return reverse("mfa_reauthenticate")


@receiver(authenticator_added, dispatch_uid="second factor set up")
def _remember(request: HttpRequest, user: User, **_: Any) -> None:
    """Who has just shown a code to set the authenticator up need not show another."""
    request.session[_SET_UP_KEY] = user.pk
