"""The keeper: a process beside the server that goes round when the library changes."""

from __future__ import annotations

import logging
import math
import signal
import threading
import time

from django.core.management import call_command
from django.db import close_old_connections

from osler_site.history.alerting import mail_alerts, note_changes
from osler_site.history.keeping import forget_old
from osler_site.living.recheck import not_compared
from osler_site.living.round import go_round

LOOK_EVERY = 15.0  # seconds between two looks for a new version of the library or of an article
ROUND_EVERY = 86_400.0  # seconds after which a round is due in any case: reviews fall due
TRY_AGAIN = 600.0  # seconds after which what failed is tried again
log = logging.getLogger("osler_site.living")


def keep(stop: threading.Event | None = None) -> None:
    """Go round at the start, when there is something to compare and once a day, until told to stop.

    Each time it looks, what changed in articles that people saved is told them. Once a day,
    sessions that have expired and history that is too old are deleted. An error is logged and the
    round tried again; what was done is kept.
    """
    ended = stop or _stopped_by_signals()
    due, failed, cleared = 0.0, 0, -math.inf
    while not ended.is_set():
        try:
            if time.monotonic() >= due or not_compared().count() > failed:
                done = go_round()
                failed = done.compared.failed
                due = time.monotonic() + (ROUND_EVERY if done.complete else TRY_AGAIN)
                log.info(
                    "articles rechecked",
                    extra={
                        "library_version": done.compared.library_version,
                        "findings": len(done.compared.found),
                        "failed": failed,
                    },
                )
            note_changes()
            mail_alerts()
            if time.monotonic() - cleared > ROUND_EVERY:
                call_command("clearsessions")
                forget_old()
                cleared = time.monotonic()
        except Exception:
            log.exception("a round failed and is tried again")
        close_old_connections()
        ended.wait(LOOK_EVERY)


def _stopped_by_signals() -> threading.Event:
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended
