"""What stands around every request: counting and logging it, and the headers that guard it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
# Wagtail's own pages carry inline styles and scripts; they are for editors, behind a log-in.
ADMIN = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
    "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class guarded:  # noqa: N801  a middleware is named like a function
    """Sends the Content-Security-Policy and its companions."""

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers that the view did not set itself."""
        response = await self.get_response(request)
        # Refused before its address was resolved, it is answered as any page that is not there.
        admin = request.path.startswith("/admin/") and request.resolver_match is not None
        response.headers.setdefault("Content-Security-Policy", ADMIN if admin else STRICT)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )
        return response


def together(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Keeps what stands before it in the list, up to the last asynchronous one, in one thread.

    Innermost, and synchronous alone: Django then runs all of them in the request's thread, where
    it would else go there and back for each. A switch costs more than what most of them do.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    return middleware
