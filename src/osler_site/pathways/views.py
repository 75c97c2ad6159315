"""The list of pathways, the page of one, and its result as FHIR.

What is known of a patient comes in the body of a request and goes out in the body of its answer:
it stands in no address, is written nowhere and is gone with the response.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from osler.domain.errors import LibraryError, PathwayNotFound
from osler.domain.issue import Issue, Severity
from osler.pathways import Pathway, operation_outcome
from osler.pathways.reading import to_json
from osler_site.environment import environment
from osler_site.operations.limits import limited_sync
from osler_site.pathways import examples, page
from osler_site.pathways.listing import entries
from osler_site.pathways.loaded import loaded
from osler_site.pathways.taking_along import SHAPES, taken_along

FHIR = "application/fhir+json; charset=utf-8"
_per_minute = limited_sync(
    "pathways", lambda: environment().searches_per_minute, methods=("POST",)
)  # a result as one answers is one request an answer


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What pathways there are, what each is for, and what it rests on."""
    try:
        found = loaded()
    except LibraryError as error:
        return render(request, "osler/pathways/index.html", {"error": error}, status=503)
    context = {"entries": entries(found), "refused": found.refused, "version": found.version}
    return render(request, "osler/pathways/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_per_minute
@ensure_csrf_cookie
def pathway(request: HttpRequest, name: str) -> HttpResponse:
    """The form and its result; with the header `Osler-Part` only these, not the page around."""
    found = _named(name)
    example = examples.named(found, request.GET.get("example", ""))
    if request.method == "POST":
        sent = page.sent(found, request)
    else:
        sent = page.answered(found, examples.form(found, example))
    context = {**page.context(sent), "examples": examples.of(found), "example": example}
    part = request.method == "POST" and "Osler-Part" in request.headers
    template = "osler/pathways/work.html" if part else "osler/pathways/pathway.html"
    answer = render(request, template, context, status=400 if sent.wrong else 200)
    if request.method == "POST":
        answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@_per_minute
def fhir(request: HttpRequest, name: str) -> HttpResponse:
    """The result as a file: a CarePlan or a Bundle, or what was wrong as an OperationOutcome."""
    sent = page.sent(_named(name), request)
    shape = request.POST.get("shape", SHAPES[0])
    if sent.applied is None or shape not in SHAPES:
        return _json(operation_outcome(page.faults(sent)), 400)
    if sent.is_blank or sent.record is None:
        nothing = Issue(Severity.ERROR, "required", "nothing is answered yet: answer what is known")
        return _json(operation_outcome([nothing]), 400)
    resource = taken_along(sent.applied, shape, sent.record.patient, sent.pathway.library_version)
    answer = _json(resource, 200)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{shape}.json"'
    return answer


def _named(name: str) -> Pathway:
    try:
        return loaded().named(name)
    except PathwayNotFound as error:
        raise Http404(str(error)) from error


def _json(resource: dict[str, Any], status: int) -> HttpResponse:
    return HttpResponse(
        to_json(resource),
        content_type=FHIR,
        status=status,
        headers={"Cache-Control": "no-store"},
    )
