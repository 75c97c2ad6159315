"""`seed_articles`: the starter articles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from osler_site.seeding.seed import seed


class Command(BaseCommand):
    """Make the starter articles that are missing."""

    help = "Compose the starter articles that are missing; those that were made stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""
        done = seed(self.stdout.write)
        left_out = f", {len(done.left_out)} left out" if done.left_out else ""
        self.stdout.write(f"{done.made} made, {done.there} there already{left_out}")
