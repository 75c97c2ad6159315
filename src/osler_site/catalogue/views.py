"""What is suggested while a question is typed."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import conditional_page, require_safe

from osler_site.catalogue.suggesting import suggestions
from osler_site.environment import environment
from osler_site.operations.limits import limited_sync


@require_safe
@limited_sync("suggest", lambda: environment().searches_per_minute)
@conditional_page
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and addresses of articles that begin like `q`."""
    found = [asdict(s) for s in suggestions(request.GET.get("q", ""))]
    response = JsonResponse({"suggestions": found})
    response["Cache-Control"] = "public, max-age=60"
    return response
