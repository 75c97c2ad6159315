"""Article pages for readers without a session: rendered once, kept, found without Wagtail.

Finding a page by Wagtail's routes asks the database ten times, rendering one takes longer still.
What is kept is the whole page but for the CSRF token, which is put in for each reader. Its key
holds all that the page shows of its reader, and the article's state: version, status, what was
done with it, what was found against it. The state is looked at once a second; what the page says
of other articles may be as old as `SECONDS`.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from wagtail.models import PageLogEntry
from wagtail.views import serve

from osler_site.catalogue.public import public_articles
from osler_site.engine import engine
from osler_site.living.settling import open_findings
from osler_site.reader import language_of, reader_of, theme_of
from osler_site.review.withdrawn import gone

SECONDS = 300
STATE_SECONDS = 1
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
_HERE = b"@token@"


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an article, as Wagtail serves it; of a withdrawn one, that it was."""
    state = _state(slug) if _is_same_for_all(request) else ""
    if not state:
        try:
            return serve(request, f"articles/{slug}/")
        except Http404:
            withdrawn = gone(request, slug)
            if withdrawn is None:
                raise
            return withdrawn
    reader = (
        reader_of(request).key, language_of(request), theme_of(request), localdate()
    )  # fmt: skip
    key = ":".join(map(str, ("article", state, engine().library().version, *reader)))
    kept = caches["process"].get(key)
    if kept is not None:
        body, headers = kept
        return HttpResponse(body.replace(_HERE, get_token(request).encode()), headers=headers)
    response = serve(request, f"articles/{slug}/")
    if hasattr(response, "render"):
        response = response.render()
    if response.status_code == 200:
        body = _TOKEN.sub(rb"\g<1>" + _HERE, response.content)
        caches["process"].set(key, (body, dict(response.items())), SECONDS)
    return response


def _is_same_for_all(request: HttpRequest) -> bool:
    """Whether nothing but the reader's choices makes this page different from another's."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def _state(slug: str) -> str:
    """Names all that changes a page; empty where there is no public article."""
    key = f"article-state:{slug.encode().hex()[:200]}"
    kept: str | None = caches["process"].get(key)
    if kept is None:
        page = public_articles().filter(slug=slug).defer("body").first()
        kept = _state_of(page) if page is not None else ""
        caches["process"].set(key, kept, STATE_SECONDS)
    return kept


def _state_of(page: Any) -> str:
    """Whatever is done with an article leaves an entry in its log."""
    latest = PageLogEntry.objects.filter(page=page.pk).aggregate(latest=Max("pk"))["latest"]
    findings = "-".join(str(finding.pk) for finding in open_findings(page))
    return f"{page.pk}:{page.live_revision_id}:{page.status}:{latest}:{findings}"
