"""Articles with the record of their review, as readers see both."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localdate
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from osler.answering.contract import AnswerOut
from osler_site.api.access import Bearer
from osler_site.api.described import AS_FHIR, refusals
from osler_site.api.parameters import FhirRelease, Format, Limit, Offset
from osler_site.api.problems import ProblemDetails, problem
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage
from osler_site.catalogue.public import public_articles
from osler_site.citing import fhir
from osler_site.living.telling import findings_json
from osler_site.review.models import SignOff
from osler_site.review.record import record_of
from osler_site.review.withdrawn import withdrawal_of

router = Router(tags=["articles"])
_READ = Bearer(Scope.READ)
Status = Literal["submitted", "under_review", "changes_requested", "approved"]


class Listed(BaseModel):
    """An article in a list."""

    slug: str
    title: str
    kind: Literal["answer", "overview", "summary"]
    question: str
    topic: str
    status: Status
    path: str
    last_reviewed: date | None
    next_review: date | None
    updated: datetime | None
    changed: bool = Field(description="Whether something changed under it that is not settled.")


class Articles(BaseModel):
    """Some articles, the latest changed first."""

    total: int
    articles: list[Listed]


class Signed(BaseModel):
    """What a reviewer signed."""

    decision: str
    name: str
    profession: str
    registration_number: str
    scope: str
    conflicts_of_interest: str
    signed_at: datetime
    next_review: date | None
    library_version: int
    content_hash: str


class Review(BaseModel):
    """The public record of the review; `caution` until a clinician has signed."""

    status: str
    caution: str
    overdue: bool
    approval: Signed | None
    earlier: list[Signed]


class Found(BaseModel):
    """Something that changed under an article and is not settled: it warns readers."""

    kind: str
    what: str
    summary: str
    found: datetime
    library_version: int


class Article(Listed):
    """An article: its content as the JSON of an answer, its review, and what changed since."""

    answer: AnswerOut
    review: Review
    findings: list[Found]


class WithdrawnDetails(ProblemDetails):
    """That an article was withdrawn from its readers."""

    withdrawn: datetime
    why: str


@router.get(
    "/articles",
    auth=_READ,
    response={200: Articles, **refusals(422)},
    operation_id="articles",
)
def articles(
    request: HttpRequest,
    status: Status | None = None,
    kind: Literal["answer", "overview", "summary"] | None = None,
    topic: Annotated[str, Query(max_length=120)] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> JsonResponse:
    """The articles that everybody may read."""
    found = public_articles().order_by("-last_published_at", "pk")
    if status is not None:
        found = found.filter(status=status)
    if kind is not None:
        found = found.filter(kind=kind)
    if topic.strip():
        found = found.filter(topic__iexact=topic.strip())
    shown = [_listed(page) for page in found.defer("body")[offset : offset + limit]]
    return JsonResponse({"total": found.count(), "articles": shown})


@router.get(
    "/articles/{slug}",
    auth=_READ,
    response={200: Article, **refusals(404, 422, 503), 410: WithdrawnDetails},
    operation_id="article",
    openapi_extra={"responses": {200: {"content": AS_FHIR}}},
)
def article(
    request: HttpRequest,
    slug: Annotated[str, Path(min_length=1, max_length=255, pattern=r"^[\w-]+$")],
    format: Format = "json",  # noqa: A002
    release: FhirRelease = "R4",
) -> HttpResponse:
    """One article, also as a FHIR document. Of a withdrawn one, when and why (410)."""
    page = public_articles().filter(slug=slug).first()
    if page is None:
        return _gone(slug)
    wanted = fhir.wanted(request)
    if wanted is not None:
        url = request.build_absolute_uri(page.url)
        return fhir.response(fhir.article_document(page, url, wanted), wanted)
    body = {
        **_listed(page),
        "answer": page.answer_json(),
        "review": _review(page),
        "findings": findings_json(page),
    }
    return JsonResponse(body)


def _gone(slug: str) -> HttpResponse:
    """That an article was withdrawn. Raises Http404 where none was."""
    found = withdrawal_of(slug)
    if found is None:
        raise Http404
    day = f"{localdate(found.at):%-d %B %Y}"
    detail = f"This article was withdrawn on {day}. Do not rely on a copy of it."
    return problem(410, detail, more={"withdrawn": found.at, "why": found.why})


def _listed(page: ArticlePage) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "title": page.title,
        "kind": page.kind,
        "question": page.question,
        "topic": page.topic,
        "status": page.status,
        "path": page.url,
        "last_reviewed": page.last_reviewed,
        "next_review": page.next_review,
        "updated": page.last_published_at,
        "changed": page.changed,
    }


def _review(page: ArticlePage) -> dict[str, Any]:
    record = record_of(page)
    return {
        "status": record.status.value,
        "caution": record.caution,
        "overdue": record.overdue,
        "approval": _signed(record.approval) if record.approval else None,
        "earlier": [_signed(each) for each in record.earlier],
    }


def _signed(signed: SignOff) -> dict[str, Any]:
    return {
        "decision": signed.decision,
        "name": signed.reviewer_name,
        "profession": signed.profession,
        "registration_number": signed.registration_number,
        "scope": signed.scope,
        "conflicts_of_interest": signed.conflicts_of_interest,
        "signed_at": signed.signed_at,
        "next_review": signed.next_review,
        "library_version": signed.library_version,
        "content_hash": signed.content_hash,
    }
