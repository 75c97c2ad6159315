"""Pages are sent compressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class compressed:  # noqa: N801  a middleware is named like a function
    """Django's compression (which hides the length of secrets) without leaving the event loop.

    What streams is left alone: compressed, it would wait for its end.
    """

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.gzip = GZipMiddleware(lambda request: None)
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Compress the response where it is worth it and the browser takes it."""
        response = await self.get_response(request)
        if response.streaming:
            return response
        return self.gzip.process_response(request, response)
