"""`bootstrap`: the first pages and roles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from osler_site.operations.bootstrap import bootstrap


class Command(BaseCommand):
    """Make the pages and roles that a site needs."""

    help = "Make the pages and roles that a site needs; what is there is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        bootstrap()
        self.stdout.write("the site has its pages and roles")
