"""The keeper: a process beside the server that goes round when the library changes."""

from __future__ import annotations

import logging
import signal
import threading
import time

from django.db import close_old_connections
from django.db.utils import DatabaseError

from osler.domain.errors import OslerError
from osler_site.engine import engine
from osler_site.living.round import go_round

LOOK_EVERY = 15.0  # seconds between two looks at the library's version
ROUND_EVERY = 86_400.0  # seconds after which a round is due in any case: reviews fall due
log = logging.getLogger("osler_site.living")


def keep(stop: threading.Event | None = None) -> None:
    """Go round at the start, at each new version of the library and once a day, until told to stop.

    An error is logged and the round tried again at the next look; what was done is kept.
    """
    ended = stop or _stopped_by_signals()
    version, last = -1, 0.0
    while not ended.is_set():
        try:
            now = engine().library().version
            if now != version or time.monotonic() - last > ROUND_EVERY:
                done = go_round()
                version, last = now, time.monotonic()
                log.info(
                    "articles rechecked",
                    extra={"library_version": now, "findings": len(done.compared.found)},
                )
        except (OslerError, DatabaseError):
            log.exception("a round failed and is tried again")
        close_old_connections()
        ended.wait(LOOK_EVERY)


def _stopped_by_signals() -> threading.Event:
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended
