"""`api_token`: make, list and revoke the tokens of programs."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope


class Command(BaseCommand):
    """Tokens from the command line of the server."""

    help = "Make, list and revoke the tokens with which programs use the interface."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`create NAME --scope …`, `list`, `revoke PREFIX`."""
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make one; its secret is printed once")
        create.add_argument("name", help="the program")
        create.add_argument(
            "--scope", action="append", required=True, choices=[s.value for s in Scope]
        )
        create.add_argument("--days", type=int, default=365, help="until it expires; 0: never")
        actions.add_parser("list", help="who has which")
        revoke = actions.add_parser("revoke", help="make one useless at once")
        revoke.add_argument("prefix", help="as listed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        if options["action"] == "create":
            self._create(options["name"], options["scope"], options["days"])
        elif options["action"] == "revoke":
            self._revoke(options["prefix"])
        else:
            for token in ApiToken.objects.all():
                self.stdout.write(_line(token))

    def _create(self, name: str, scopes: list[str], days: int) -> None:
        expires = timezone.now() + timedelta(days=days) if days else None
        token, secret = ApiToken.issue(name, [Scope(s) for s in scopes], expires=expires)
        self.stdout.write(_line(token))
        self.stdout.write(f"its secret, shown this once:\n{secret}")

    def _revoke(self, prefix: str) -> None:
        if not ApiToken.revoke(prefix):
            raise CommandError(f"there is no token {prefix} to revoke")
        self.stdout.write(f"revoked {prefix}")


def _line(token: ApiToken) -> str:
    until = f"until {token.expires:%Y-%m-%d}" if token.expires else "does not expire"
    state = f"revoked {token.revoked:%Y-%m-%d}" if token.revoked else until
    used = f"used {token.last_used:%Y-%m-%d}" if token.last_used else "never used"
    return f"{token.prefix} · {token.name} · {', '.join(token.scopes)} · {state} · {used}"
