"""An article or an answer as a FHIR document, with what is known of its review."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from osler.domain.errors import VersionNotFound
from osler.fhir import Release, Review, SignedOff, bundle_of
from osler_site.answers.models import RawAnswer
from osler_site.answers.since import since
from osler_site.articles.models import ArticlePage
from osler_site.engine import engine
from osler_site.living.telling import warnings_of
from osler_site.review.models import SignOff
from osler_site.review.record import record_of

MEDIA_TYPE = "application/fhir+json"


def wanted(request: HttpRequest) -> Release | None:
    """The release that a program asks for by `format=fhir` or `Accept`; None where by neither.

    R4, unless `release=R5` or "application/fhir+json; fhirVersion=5.0" says otherwise.
    """
    accepted = request.headers.get("Accept", "")
    if request.GET.get("format") != "fhir" and MEDIA_TYPE not in accepted:
        return None
    if "fhirVersion=5.0" in accepted.replace(" ", ""):
        return Release.R5
    return release_of(request)


def release_of(request: HttpRequest) -> Release:
    """The release that the query string names; R4 where it names none that we write."""
    return Release.R5 if request.GET.get("release") == Release.R5 else Release.R4


def article_document(article: ArticlePage, url: str, release: Release) -> dict[str, Any]:
    """The article; `url` is its page's. It is dated by the version that readers see."""
    updated = article.last_published_at or article.latest_revision_created_at
    return bundle_of(
        article.answer_json(),
        engine().library(),
        at=timezone.localtime(updated),
        release=release,
        review=_review(article, url),
        changed=warnings_of(article),
    )


def answer_document(answer: RawAnswer, release: Release) -> dict[str, Any]:
    """An answer as it was given, with what became since of what it cites."""
    try:
        library = engine().at(answer.library_version)
    except VersionNotFound:  # restored from elsewhere: texts are found by their ids
        library = engine().library()
    happened = since(answer)
    return bundle_of(
        answer.body,
        library,
        at=timezone.localtime(answer.created),
        release=release,
        changed=happened.happened if happened else (),
    )


def response(
    document: dict[str, Any], release: Release, headers: dict[str, str] | None = None
) -> JsonResponse:
    """A document as FHIR's media type."""
    kind = f"{MEDIA_TYPE}; fhirVersion={release.mime_version}; charset=utf-8"
    return JsonResponse(document, content_type=kind, headers=headers)


def _review(article: ArticlePage, url: str) -> Review:
    record = record_of(article)
    return Review(
        title=article.title,
        url=url,
        status=record.status.value,
        label=record.label,
        caution=record.caution,
        signed=_signed(record.approval) if record.approval else None,
    )


def _signed(approval: SignOff) -> SignedOff:
    return SignedOff(
        name=approval.reviewer_name,
        profession=approval.profession,
        registration_number=approval.registration_number,
        scope=approval.scope,
        conflicts_of_interest=approval.conflicts_of_interest,
        at=timezone.localtime(approval.signed_at),
        next_review=approval.next_review,
    )
