"""`keep`: go round whenever the library changes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from osler_site.living.keeper import keep


class Command(BaseCommand):
    """Run the keeper until it is stopped."""

    help = "Recheck the articles whenever the library changes, until stopped (Ctrl-C)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        keep()
