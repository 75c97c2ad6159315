"""Rate limits that all workers of this host share.

GCRA ("leaky bucket as a meter"): of each key one number is kept, the time at which all of its
requests so far would be due if they had come evenly. It lies in a small SQLite file that nobody
waits for: one statement reads, decides and writes. On several hosts each counts for itself;
limits across hosts belong into the proxy before them.
"""

from __future__ import annotations

import functools
import math
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from osler_site.environment import environment
from osler_site.operations.metrics import LIMITED

AsyncView = Callable[..., Awaitable[HttpResponseBase]]
View = Callable[..., HttpResponseBase]

MINUTE, HOUR = 60.0, 3600.0  # seconds; the burst is a whole period's worth
_CLEAN_EVERY = 1_000  # requests
_SPEND = """
INSERT INTO due (key, at) VALUES (:key, :now + :each)
ON CONFLICT (key) DO UPDATE SET at = MAX(at, :now) + :each WHERE MAX(at, :now) + :each <= :latest
RETURNING at
"""


class Limits:
    """Counts what each key spends. Safe to use from several threads and processes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._spent = 0

    def spend(self, key: str, most: int, period: float = MINUTE) -> int:
        """Count one; the seconds to wait where that is one too many, else 0.

        A limit of 0 is no limit.
        """
        if most <= 0:
            return 0
        now, each = time.time(), period / most
        named = {"key": key, "now": now, "each": each, "latest": now + period}
        with self._lock:
            db = self._open()
            if db.execute(_SPEND, named).fetchone() is not None:
                self._clean(db, now)
                return 0
            (at,) = db.execute("SELECT at FROM due WHERE key = ?", (key,)).fetchone()
        return max(1, math.ceil(at + each - named["latest"]))

    def forget(self) -> None:
        """Begin again with nothing spent."""
        with self._lock:
            self._open().execute("DELETE FROM due")

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(
                self._file, timeout=5, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = OFF")  # worth nothing after a crash
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS due (key TEXT PRIMARY KEY, at REAL) WITHOUT ROWID"
            )
        return self._connection

    def _clean(self, db: sqlite3.Connection, now: float) -> None:
        self._spent += 1
        if self._spent % _CLEAN_EVERY == 0:
            db.execute("DELETE FROM due WHERE at < ?", (now,))


LIMITS = Limits(environment().site_data / "limits.db")


def limited(what: str, per_minute: Callable[[], int]) -> Callable[[AsyncView], AsyncView]:
    """Let an address use an asynchronous view so often, then answer 429."""

    def around(view: AsyncView) -> AsyncView:
        @functools.wraps(view)
        async def inner(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            wait = _spend(what, request, per_minute(), MINUTE)
            if wait:
                return await sync_to_async(_refused)(what, request, wait)
            return await view(request, *args, **named)

        return inner

    return around


def limited_sync(
    what: str, most: Callable[[], int], period: float = MINUTE, *, methods: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """The same for a view that is not asynchronous; of some methods only, if they are named."""

    def around(view: View) -> View:
        @functools.wraps(view)
        def inner(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            counts = not methods or request.method in methods
            wait = _spend(what, request, most(), period) if counts else 0
            return _refused(what, request, wait) if wait else view(request, *args, **named)

        return inner

    return around


def _spend(what: str, request: HttpRequest, most: int, period: float) -> int:
    return LIMITS.spend(f"{what} {request.META.get('REMOTE_ADDR', '')}", most, period)


def _refused(what: str, request: HttpRequest, wait: int) -> HttpResponse:
    LIMITED.labels(what).inc()
    page = render(request, "osler/errors/too_many.html", {"wait": wait}, status=429)
    page.headers["Retry-After"] = str(wait)
    return page
