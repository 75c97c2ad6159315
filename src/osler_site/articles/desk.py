"""The editors' desk: taking answers up, asking the gate while writing, picking passages."""

from __future__ import annotations

from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from pydantic import BaseModel, Field, Json, ValidationError

from osler.domain.errors import LibraryError
from osler.library import Library
from osler_site.accounts.roles import Role
from osler_site.answers.models import RawAnswer
from osler_site.articles.gate import cited_statement, objection
from osler_site.articles.passages import found_passages
from osler_site.articles.promoting import promote
from osler_site.desk.access import for_roles
from osler_site.engine import engine

_MOST_PASSAGES = 8


class Citation(BaseModel):
    """A citation as the editor's form holds it."""

    source_id: str = Field(default="", max_length=64)
    statement_id: str = Field(default="", max_length=64)
    start: int | None = None
    end: int | None = None
    quote: str = Field(default="", max_length=20_000)


class Context(BaseModel):
    """Words from elsewhere in the source."""

    start: int
    end: int
    quote: str


class ComposedCitation(BaseModel):
    """A citation as the engine made it."""

    source_id: str
    start: int
    end: int
    context: list[Context]


class Composed(BaseModel):
    """Of a claim as the engine made it, what the gate reads."""

    citations: list[ComposedCitation]


class Draft(BaseModel):
    """A claim as it is being written."""

    text: str = Field(max_length=5_000)
    composed: Json[Composed] | Literal[""] = ""
    citations: list[Citation] = Field(default_factory=list, max_length=40)


@require_POST
@never_cache
@for_roles(Role.EDITOR)
def promote_view(request: HttpRequest, uid: str) -> HttpResponse:
    """Make a draft article of an answer and open it in the editor."""
    raw = get_object_or_404(RawAnswer, uid=uid)
    try:
        page = promote(raw, request.user)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect(raw.get_absolute_url())
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
@never_cache
@for_roles(Role.EDITOR)
def check_view(request: HttpRequest) -> HttpResponse:
    """What the gate says of a claim as it is being written, and what its citations are."""
    try:
        draft = Draft.model_validate_json(request.body)
    except ValidationError:
        return JsonResponse({"error": "not a claim"}, status=400)
    library = engine().library()
    value = draft.model_dump()
    value["composed"] = draft.composed.model_dump_json() if draft.composed else ""
    for cited in value["citations"]:
        _exact_quote(cited, library)
    found = objection(value, library)
    return JsonResponse(
        {
            "supported": found is None,
            "proved": found is None or found.proved,
            "problems": [
                {"kind": p.kind.value, "claim": p.claim, "passage": p.passage}
                for p in (found.problems if found else ())
            ],
            "citations": [_described(c, library) for c in value["citations"]],
        }
    )


@require_GET
@never_cache
@for_roles(Role.EDITOR)
def passages_view(request: HttpRequest) -> HttpResponse:
    """Passages of the library that can be cited, for a few words."""
    query = request.GET.get("q", "")[:500]
    found = found_passages(engine().library(), query, _MOST_PASSAGES)
    return JsonResponse({"passages": found})


def _exact_quote(cited: dict[str, Any], library: Library) -> None:
    """A form's line ends and edges come back changed; the words decide."""
    try:
        text = library.text(cited["source_id"])
    except LibraryError:
        return
    here = text[cited["start"] or 0 : cited["end"] or 0]
    if here.split() == cited["quote"].split():
        cited["quote"] = here


def _described(cited: dict[str, Any], library: Library) -> dict[str, Any]:
    """A citation to be read: what stands there, and in which source."""
    try:
        statement = cited_statement(cited, library)
    except LibraryError as error:
        return {"proved": False, "reason": str(error)}
    source = library.source(statement.source_id)
    at = f"{cited['start']}-{cited['end']}"
    return {
        "proved": True,
        "quote": cited["quote"],
        "source": " · ".join(
            str(part) for part in (source.title, source.organization, source.year) if part
        ),
        "section": " › ".join(statement.section),
        "status": source.status.value,
        "href": f"{reverse('passage', args=[source.id])}?at={at}&version={library.version}",
    }
