"""What those who run the site ask it for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from osler_site.operations.metrics import exposition


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Counters for Prometheus; from where they are reached, see `accounts.middleware`."""
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
