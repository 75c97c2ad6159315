"""Cross-origin requests (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol).

Pages of the origins in OSLER_HOOKS_ORIGINS may call; no others, no "*", and never with cookies:
these addresses believe tokens alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from osler_site.environment import environment

View = Callable[..., HttpResponseBase]
_MAX_AGE = "600"  # seconds
_ALLOWED_HEADERS = "Authorization, Content-Type, Accept, X-Request-ID"
_SHOWN_HEADERS = "X-Request-ID, Retry-After, WWW-Authenticate"


def from_allowed_origins(*methods: str) -> Callable[[View], View]:
    """Answer preflights of allowed origins, and let their pages read what the view answers."""

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            origin = request.headers.get("Origin", "")
            allowed = origin in environment().hooks_origins
            asked = request.headers.get("Access-Control-Request-Method", "")
            if request.method == "OPTIONS" and asked:
                response: HttpResponseBase = HttpResponse(status=204 if allowed else 403)
                if allowed:
                    response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
                    response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
                    response.headers["Access-Control-Max-Age"] = _MAX_AGE
            else:
                response = view(request, *args, **named)
                response.headers["Access-Control-Expose-Headers"] = _SHOWN_HEADERS
            if allowed:
                response.headers["Access-Control-Allow-Origin"] = origin
            patch_vary_headers(response, ("Origin",))
            return response

        return inner

    return around
