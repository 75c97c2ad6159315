"""The library: its sources, their texts and statements, and the search."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, JsonResponse
from ninja import Query, Router
from pydantic import BaseModel

from osler.answering import source_to_json, statement_to_json
from osler.answering.contract import Open, SourceOut, StatementOut
from osler_site.api.access import Bearer
from osler_site.api.described import refusals
from osler_site.api.parameters import (
    BIGGEST,
    Limit,
    Offset,
    SourceId,
    StatementId,
    Version,
    library_at,
)
from osler_site.api.scopes import Scope
from osler_site.library_pages.passages import passage as passage_at

router = Router(tags=["library"])
_READ = Bearer(Scope.READ)


class Sources(BaseModel):
    """What the library holds."""

    library_version: int
    sources: list[SourceOut]


class Hit(Open):
    """A passage that was found."""

    source_id: str
    title: str
    section: list[str]
    page: int | None
    start: int
    end: int
    text: str
    score: float
    statement_ids: list[str]


class Hits(BaseModel):
    """Passages, best first."""

    query: str
    ranking: str
    library_version: int
    hits: list[Hit]


class Text(BaseModel):
    """The normalised text of a source: offsets of citations count its characters."""

    source: SourceOut
    library_version: int
    text: str


class Statements(BaseModel):
    """Some of the statements of a source, in their order."""

    library_version: int
    total: int
    statements: list[StatementOut]


class PassageOut(BaseModel):
    """Characters `start:end` of a source, with what stands around them."""

    source_id: str
    library_version: int
    start: int
    end: int
    before: str
    quote: str
    after: str
    section: list[str]
    page: int | None


@router.get(
    "/search",
    auth=Bearer(Scope.SEARCH),
    response={200: Hits, **refusals(404, 422, 503)},
    operation_id="search",
)
def search(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=500, description="Words to look for.")],
    k: Annotated[int, Query(ge=1, le=100, description="How many passages at most.")] = 10,
    version: Version = None,
) -> JsonResponse:
    """Find the passages nearest to some words."""
    library = library_at(version)
    hits = [
        {
            "source_id": hit.passage.source_id,
            "title": hit.passage.title,
            "section": hit.passage.section,
            "page": hit.passage.page,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
            "score": hit.score,
            "statement_ids": [s.id for s in library.statements_in(hit.passage)],
        }
        for hit in library.search(q, k=k)
    ]
    return _json(library, {"query": q, "ranking": library.ranking, "hits": hits})


@router.get(
    "/sources",
    auth=_READ,
    response={200: Sources, **refusals(404, 422, 503)},
    operation_id="sources",
)
def sources(request: HttpRequest, version: Version = None) -> JsonResponse:
    """What the library holds."""
    library = library_at(version)
    return _json(library, {"sources": [source_to_json(s) for s in library.sources()]})


@router.get(
    "/sources/{source_id}",
    auth=_READ,
    response={200: Text, **refusals(404, 422, 503)},
    operation_id="source",
)
def source(request: HttpRequest, source_id: SourceId, version: Version = None) -> JsonResponse:
    """A source and its whole text."""
    library = library_at(version)
    found = library.source(source_id)
    return _json(library, {"source": source_to_json(found), "text": library.text(found.id)})


@router.get(
    "/sources/{source_id}/statements",
    auth=_READ,
    response={200: Statements, **refusals(404, 422, 503)},
    operation_id="statements",
)
def statements(
    request: HttpRequest,
    source_id: SourceId,
    limit: Limit = 50,
    offset: Offset = 0,
    version: Version = None,
) -> JsonResponse:
    """The statements of a source."""
    library = library_at(version)
    held = library.statements_of(library.source(source_id).id)
    shown = [statement_to_json(s) for s in held[offset : offset + limit]]
    return _json(library, {"total": len(held), "statements": shown})


@router.get(
    "/sources/{source_id}/passage",
    auth=_READ,
    response={200: PassageOut, **refusals(404, 422, 503)},
    operation_id="passage",
)
def passage(
    request: HttpRequest,
    source_id: SourceId,
    start: Annotated[int, Query(ge=0, le=BIGGEST)],
    end: Annotated[int, Query(ge=1, le=BIGGEST)],
    version: Version = None,
) -> JsonResponse:
    """The passage that a citation names, in its place."""
    library = library_at(version)
    found = passage_at(library, library.source(source_id).id, start, end)
    return _json(
        library,
        {
            "source_id": source_id,
            "start": found.start,
            "end": found.end,
            "before": found.before,
            "quote": found.quote,
            "after": found.after,
            "section": found.section,
            "page": found.page,
        },
    )


@router.get(
    "/statements/{statement_id}",
    auth=_READ,
    response={200: StatementOut, **refusals(404, 422, 503)},
    operation_id="statement",
)
def statement(
    request: HttpRequest, statement_id: StatementId, version: Version = None
) -> JsonResponse:
    """One statement."""
    return JsonResponse(statement_to_json(library_at(version).statement(statement_id)))  # type: ignore[arg-type]


def _json(library: Any, body: dict[str, Any]) -> JsonResponse:
    return JsonResponse({"library_version": library.version, **body})
