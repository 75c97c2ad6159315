"""How accounts come about: by an administrator or by single sign-on, never by signing up."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from osler_site.accounts.oidc import mismatch
from osler_site.environment import environment

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """No one signs up by themselves, and no log-in leads away from the site."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator makes the accounts."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether it is a path of this site; the names of other allowed hosts are not."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """A link under the site's own name, whatever name the request came under."""
        asked: str = super().get_reset_password_from_key_url(key)
        return environment().base_url + urlsplit(asked).path

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a trace, without what was typed: people type passwords into the wrong field."""
        logger.warning("a log-in failed", extra={"address": request.META["REMOTE_ADDR"]})


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Whoever the hospital's provider lets in gets an account without a role."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Always: the provider decides who may sign in; roles are given here."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse an answer that is not to this browser's request."""
        reason = mismatch(sociallogin.account.extra_data, sociallogin.state)
        if reason:
            logger.warning("single sign-on refused: %s", reason)
            raise ImmediateHttpResponse(
                render(request, "socialaccount/authentication_error.html", status=403)
            )
