"""Which pages search engines may list: what was reviewed, and pages about the site itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Robots-Tag"
_NEVER = (
    "/answers/", "/ask", "/reader", "/suggest", "/report", "/desk/", "/review/", "/admin/",
    "/accounts/", "/api/", "/documents/", "/library/", "/pathways/",
)  # fmt: skip
_COPIES = (
    "/cite.ris", "/cite.bib", "/text", "/article.json", "/article.fhir.json", "/article.pdf",
)  # fmt: skip
GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class unlisted:  # noqa: N801  a middleware is named like a function
    """Says `noindex` on everything that is not for a search engine.

    An article that is not approved says so itself (see `ArticlePage.serve`).
    """

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the header where the path or the status asks for it."""
        response = await self.get_response(request)
        if response.status_code >= 400 or never_listed(request.path):
            response.headers.setdefault(HEADER, "noindex")
        return response


def never_listed(path: str) -> bool:
    """Whether a page is never for a search engine; the sources' texts belong to others."""
    if path == "/library/":
        return False
    return path.startswith(_NEVER) or path.endswith(_COPIES)
