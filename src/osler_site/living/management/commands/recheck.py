"""`recheck`: hold the articles against the library as it is now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from osler_site.living.round import go_round


class Command(BaseCommand):
    """Compare, mark what is overdue, and tell the board."""

    help = (
        "Hold every article against the library as it is now. What changed is shown on the "
        "article, put on the board's list and mailed. Interrupted, it goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`--again`."""
        parser.add_argument(
            "--again", action="store_true", help="Also what was compared at this version already."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it."""

        def tell(number: int, total: int, title: str) -> None:
            if options["verbosity"] > 1:
                self.stdout.write(f"{number}/{total} {title}")

        done = go_round(again=options["again"], progress=tell)
        for finding in done.compared.found:
            self.stdout.write(f"{finding.article.title}: {finding.summary}")
        self.stdout.write(
            f"library version {done.compared.library_version} · compared "
            f"{done.compared.looked_at} · as before {done.compared.unchanged} · new findings "
            f"{len(done.compared.found)} · overdue {done.overdue} · back before the board "
            f"{done.sent_back} · mails {done.mails}"
        )
        if not done.complete:
            raise CommandError(
                f"{done.compared.failed} articles could not be compared, {done.undone} mails or "
                "articles not be sent; the log says why, and the next round tries again"
            )
