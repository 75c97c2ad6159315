"""The e-mail addresses that allauth knows of an account."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from osler_site.accounts.models import User


def vouch_for(account: User) -> None:
    """Make the account's address its only one, and a checked one."""
    known = EmailAddress.objects.filter(user=account)
    known.exclude(email__iexact=account.email).delete()
    if account.email:
        EmailAddress.objects.update_or_create(
            user=account, email=account.email.lower(), defaults={"verified": True, "primary": True}
        )
