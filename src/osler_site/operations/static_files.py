"""Static files: names that hold a hash, and a middleware that does not leave the event loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):
    """Names with a hash where the files were collected; plain names where they were not."""

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name to serve under; files that were not collected are found by the finders."""
        if content is None and not self.exists(filename or name):
            return name
        return super().hashed_name(name, content, filename)


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, whose table of files is looked up without a thread."""

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], Awaitable[HttpResponseBase]]) -> None:
        super().__init__(get_response)
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The file, or the rest of the site."""
        found = self.files.get(request.path_info)
        if found is None:
            return await self.get_response(request)
        return _whole(self.serve(found, request))


def _whole(file: Any) -> HttpResponse:
    """The response with its content read: files are small, and their stream cannot be awaited."""
    response = HttpResponse(b"".join(file.streaming_content), status=file.status_code)
    response.headers = file.headers
    file.close()
    return response
