"""The sources, a source's text, and the passage that a citation opens."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osler.answering import source_to_json
from osler.domain.errors import SourceNotFound, StaleCitation, VersionNotFound
from osler.library import Library
from osler_site.engine import engine
from osler_site.library_pages.passages import parse_spans, passage
from osler_site.presenting.present import reference_view


def _library(request: HttpRequest) -> Library:
    """The library at the version that the address names, else the latest."""
    version = request.GET.get("version", "")
    if not version:
        return engine().library()
    if not version.isdecimal() or len(version) > 9:
        raise Http404("no such version of the library")
    try:
        return engine().at(int(version))
    except VersionNotFound as error:
        raise Http404(str(error)) from error


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """What the library holds."""
    library = _library(request)
    views = [reference_view(source_to_json(s)) for s in library.sources()]
    return render(request, "osler/library/sources.html", {"sources": views, "library": library})


@require_GET
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """One source: what is known of it, and its text."""
    library = _library(request)
    try:
        found = library.source(source_id)
    except SourceNotFound as error:
        raise Http404(str(error)) from error
    context = {
        "source": reference_view(source_to_json(found)),
        "text": library.text(found.id),
        "library": library,
    }
    return render(request, "osler/library/source.html", context)


@require_GET
def passage_view(request: HttpRequest, source_id: str) -> HttpResponse:
    """The passages that a citation cites; alone (`?part=1`) for the panel beside the text."""
    library = _library(request)
    try:
        spans = parse_spans(request.GET.get("at", ""))
        found = library.source(source_id)
        passages = [passage(library, found.id, start, end) for start, end in spans]
    except (ValueError, SourceNotFound, StaleCitation) as error:
        raise Http404(str(error)) from error
    alone = request.GET.get("part") == "1"
    context = {"source": reference_view(source_to_json(found)), "passages": passages}
    template = "osler/parts/passage.html" if alone else "osler/library/passage.html"
    return render(request, template, context)
