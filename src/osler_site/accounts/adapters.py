"""How accounts come about: by an administrator or by single sign-on, never by signing up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """No one signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator makes the accounts."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Whoever the hospital's provider lets in gets an account without a role."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Always: the provider decides who may sign in; roles are given here."""
        return True
