"""Every request gets an id, is counted and timed, and leaves one line in the log."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from time import perf_counter

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from osler_site.operations import metrics
from osler_site.operations.logs import request_id
from osler_site.operations.tracing import span

HEADER = "X-Request-ID"
SLOW = 2.0  # seconds
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET = frozenset({"/health", "/ready", "/metrics"})  # asked for every few seconds
_log = logging.getLogger("osler.requests")
GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class observed:  # noqa: N801  a middleware is named like a function
    """Counts, times and logs; of the address only the route's name, for the rest may be a text."""

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then note what it was."""
        begun = perf_counter()
        given = request.headers.get(HEADER, "")
        identifier = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        request_id.set(identifier)
        with span(request.method or "") as traced:
            response = await self.get_response(request)
            route = _route(request)
            traced(route, response.status_code)
        seconds = perf_counter() - begun
        method = request.method if request.method in _METHODS else "other"
        metrics.REQUESTS.labels(route, method, response.status_code).inc()
        metrics.LATENCY.labels(route).observe(seconds)
        response.headers[HEADER] = identifier
        if isinstance(response, StreamingHttpResponse) and response.is_async:
            response.streaming_content = _counted(response.streaming_content)  # type: ignore[arg-type]
        if request.path_info not in _QUIET or response.status_code >= 400:
            _log.log(
                logging.WARNING if seconds >= SLOW else logging.INFO,
                "slow request" if seconds >= SLOW else "request",
                extra={
                    "route": route,
                    "method": method,
                    "status": response.status_code,
                    "ms": round(seconds * 1000, 1),
                },
            )
        return response


async def _counted(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    with metrics.STREAMS.track_inprogress():
        async for chunk in content:
            yield chunk


def _route(request: HttpRequest) -> str:
    """The name of the view; an address is a label of its own for nobody."""
    match = request.resolver_match
    if match is None:
        return "static" if request.path_info.startswith("/static/") else "none"
    return match.view_name or match.route or "none"
