"""No address and no cookie with a NUL reaches the site: PostgreSQL refuses a text that holds one.

No browser sends one. What is typed into forms, and what programs send, is cleaned where it is read.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

NUL = "\x00"


def without_nul(get_response: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Such a path is not there, in a query it is a space, and such a cookie was not sent."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path:
            raise Http404
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "+")
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware
