"""`forget_authenticator`: for whoever lost their phone and their recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser

from osler_site.accounts.models import User


class Command(BaseCommand):
    """Remove an account's authenticator and recovery codes.

    On the server alone: whoever can do it in the browser could take an account over.
    """

    help = "Remove an account's authenticator and codes; its owner sets a new one up."

    def add_arguments(self, parser: CommandParser) -> None:
        """The account."""
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Remove them."""
        account = User.objects.filter(username=username).first()
        if account is None:
            raise CommandError(f"there is no account “{username}”")
        count, _ = Authenticator.objects.filter(user=account).delete()
        if not count:
            raise CommandError(f"“{username}” has no authenticator")
        self.stdout.write(f"{username} sets a new authenticator up at the next log-in")
