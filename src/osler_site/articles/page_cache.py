"""Article pages for readers without a session, rendered once and kept for a few seconds.

What is kept is the whole page but for the CSRF token, which is put in for each reader. The key
holds everything that the page shows of its reader, the version, its status and what was found
against it since; of its review, what else is shown may be as old as `SECONDS`. A page that is
withdrawn is not found before the cache is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from osler_site.engine import engine
from osler_site.living.settling import open_findings
from osler_site.reader import reader_of, theme_of

SECONDS = 5
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
_HERE = b"@token@"


def cached(request: HttpRequest, page: Any, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page from the cache, or rendered and kept."""
    if not _is_same_for_all(request):
        return render()
    key = _key(request, page)
    kept = caches["process"].get(key)
    if kept is None:
        response = render()
        if response.status_code != 200:
            return response
        body = _TOKEN.sub(rb"\g<1>" + _HERE, response.content)
        caches["process"].set(key, (body, dict(response.items())), SECONDS)
        return response
    body, headers = kept
    token = get_token(request).encode()
    return HttpResponse(body.replace(_HERE, token), headers=headers)


def _is_same_for_all(request: HttpRequest) -> bool:
    """Whether nothing but the reader's choices makes this page different from another's."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def _key(request: HttpRequest, page: Any) -> str:
    reader, theme = reader_of(request).key, theme_of(request)
    findings = "-".join(str(finding.pk) for finding in open_findings(page))
    shown = (page.pk, page.live_revision_id, page.status, findings, engine().library().version)
    return ":".join(map(str, ("article", *shown, reader, theme)))
