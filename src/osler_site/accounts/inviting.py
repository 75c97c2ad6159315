"""Inviting the owner of a new account to choose a password."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from osler_site.accounts.models import User
from osler_site.environment import environment


def invite(request: HttpRequest, account: User) -> None:
    """Mail a link that is good once, for as long as one for a forgotten password."""
    link = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(account),
            "key": default_token_generator.make_token(account),
        },
    )
    here = environment()
    get_adapter(request).send_mail(
        "account/email/invitation",
        account.email,
        {"account": account, "site_name": here.name, "link": here.base_url + link},
    )
