"""`/health` and `/ready`: for whoever starts, stops and sends traffic to the server.

They are answered before anything else looks at the request: a probe comes by an address that is
no allowed host, without TLS, and must not need a session.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from threading import Event

from asgiref.sync import markcoroutinefunction, sync_to_async
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from osler.domain.errors import OslerError
from osler_site.engine import engine

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class probes:  # noqa: N801  a middleware is named like a function
    """Answers the two probes."""

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The probe's answer, or the rest of the site."""
        if request.path_info == "/health" and request.method in ("GET", "HEAD"):
            return _said({"status": "alive"}, 200)
        if request.path_info == "/ready" and request.method in ("GET", "HEAD"):
            missing = await sync_to_async(what_is_missing)()
            status = "not ready" if missing else "ready"
            return _said({"status": status, "missing": missing}, 503 if missing else 200)
        return await self.get_response(request)


def _said(state: dict[str, object], status: int) -> JsonResponse:
    return JsonResponse(state, status=status, headers={"Cache-Control": "no-store"})


def what_is_missing() -> dict[str, str]:
    """Why the site cannot serve: part → reason; empty where it can."""
    missing: dict[str, str] = {}
    try:
        waiting = _waiting_migrations()
        if waiting:
            missing["migrations"] = f"{waiting} are not applied; run: osler serve, or migrate"
    except DatabaseError as error:
        missing["database"] = f"does not answer ({type(error).__name__})"
    try:
        engine().library()
    except OslerError as error:
        missing["library"] = f"{error} {error.help}".strip()
    except OSError as error:
        missing["library"] = error.strerror or type(error).__name__
    return missing


def _waiting_migrations() -> int:
    """How many migrations the database lacks; one that once had all is only asked for a sign."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if _migrated.is_set():
        return 0
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        _migrated.set()
    return waiting


_migrated = Event()
