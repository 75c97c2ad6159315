"""`keep`: go round whenever the library changes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from osler_site.living.keeper import keep
from osler_site.operations.parent import end_with_standard_input


class Command(BaseCommand):
    """Run the keeper until it is stopped."""

    help = "Recheck the articles whenever the library changes, until stopped (Ctrl-C)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether it is there for a server."""
        parser.add_argument(
            "--beside", action="store_true", help="end when standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        if options["beside"]:
            end_with_standard_input()
        keep()
