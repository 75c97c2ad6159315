"""The descriptions for people, and what answers where there is no operation."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from osler_site.api.api import api
from osler_site.api.problems import problem
from osler_site.api.reference import operations, schemas


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description to read."""
    described = api.get_openapi_schema()
    context = {
        "about": described["info"]["description"],
        "operations": operations(described),
        "schemas": schemas(described),
    }
    return render(request, "osler/api/reference.html", context)


@require_safe
def try_it(request: HttpRequest) -> HttpResponse:
    """The description to try, made by Swagger UI from our own static files."""
    settings = {"url": reverse("api-v1:openapi-json"), "layout": "BaseLayout", "deepLinking": True}
    context = {"swagger_settings": json.dumps(settings), "api": api, "add_csrf": False}
    return render(request, "ninja/swagger.html", context)


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """No such operation."""
    return problem(404, "There is no such operation.", help="They are listed at /api/docs")
