"""The sources, a source's text, its passages, the search among them, and the versions."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from osler.answering import source_to_json
from osler.domain.errors import SourceNotFound, StaleCitation
from osler_site.answers import recent
from osler_site.catalogue.public import citing_counts, resting_on, summaries_of
from osler_site.engine import engine
from osler_site.environment import environment
from osler_site.library_pages import finding, listing
from osler_site.library_pages.passages import parse_spans, passage
from osler_site.library_pages.sheets import sheet_view
from osler_site.library_pages.sources import source_view
from osler_site.library_pages.versions import kept, library_of, link
from osler_site.operations.limits import limited_sync
from osler_site.presenting.present import reference_view

PAGE = 50  # sources


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """What the library holds."""
    library = library_of(request)
    by = listing.Narrowing.of(request.GET)
    entries, cited = listing.entries_of(library), citing_counts()
    found = listing.narrowed(entries, by, cited)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    version = kept(request).get("version", "")
    context = {
        "library": library,
        "kept": kept(request),
        "by": by,
        "choices": listing.choices(entries, by),
        "sorts": [(key, label, key == by.sort) for key, label in listing.SORTS.items()],
        "total": len(entries),
        "page": page,
        "sources": [
            {
                "entry": entry,
                "cited": cited.get(entry.id, 0),
                "href": link("source", entry.id, version=version),
            }
            for entry in page
        ],
    }
    return render(request, "osler/library/sources.html", context)


@require_safe
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """One source: what is known of it, what rests on it, and its text."""
    library = library_of(request)
    try:
        found = library.source(source_id)
        if found.id != source_id:  # its name would do for the library, not for an address
            raise SourceNotFound(source_id)
        sheet = sheet_view(library, found.id, request.GET)
    except (ValueError, SourceNotFound, StaleCitation) as error:
        raise Http404(str(error)) from error
    context: dict[str, Any] = {
        "library": library,
        "kept": kept(request),
        "source": source_view(library, found),
        "summaries": summaries_of(found.id),
        "resting": resting_on(found.id, recent.uids_of(request)),
        "sheet": sheet,
    }
    return render(request, "osler/library/source.html", context)


@require_safe
def passage_view(request: HttpRequest, source_id: str) -> HttpResponse:
    """The passages that a citation cites; alone (`?part=1`) for the panel beside the text."""
    library = library_of(request)
    try:
        spans = parse_spans(request.GET.get("at", ""))
        found = library.source(source_id)
        passages = [passage(library, found.id, start, end) for start, end in spans]
    except (ValueError, SourceNotFound, StaleCitation) as error:
        raise Http404(str(error)) from error
    alone = request.GET.get("part") == "1"
    context = {
        "source": reference_view(source_to_json(found)),
        "passages": passages,
        "in_place": link(
            "source",
            found.id,
            fragment="at",
            at=",".join(f"{start}-{end}" for start, end in spans),
            **kept(request),
        ),
    }
    template = "osler/parts/passage.html" if alone else "osler/library/passage.html"
    return render(request, template, context)


@require_safe
@limited_sync("search", lambda: environment().searches_per_minute)
def search(request: HttpRequest) -> HttpResponse:
    """Passages of all sources that hold what is looked for."""
    library = library_of(request)
    wanted = " ".join(request.GET.get("q", "").split())
    wanted = wanted[: finding.LONGEST_SEARCH]
    context = {
        "library": library,
        "kept": kept(request),
        "q": wanted,
        "found": finding.find(library, wanted, kept(request).get("version", "")),
    }
    return render(request, "osler/library/search.html", context)


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """The library's history, the latest version first."""
    library = engine().library()
    page = Paginator(library.versions()[::-1], PAGE).get_page(request.GET.get("page"))
    context = {"library": library, "page": page, "kept": {}}
    return render(request, "osler/library/versions.html", context)
