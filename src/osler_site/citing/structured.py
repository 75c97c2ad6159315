"""An article as schema.org's MedicalWebPage, for search engines."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.catalogue.models import Facet
from osler_site.environment import environment
from osler_site.living.telling import warnings_of
from osler_site.presenting.view import AnswerView, ReferenceView

Json = dict[str, Any]
# What could end the script element, or start a comment in it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_ESCAPES |= {0x2028: "\\u2028", 0x2029: "\\u2029"}


def data_block(data: Json) -> SafeString:
    """The data as a script element that no browser runs."""
    said = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{said}</script>')


def medical_web_page(article: ArticlePage, answer: AnswerView, url: str, approval: Any) -> Json:
    """What the page is about, who reviewed it and when, and what it cites.

    `approval` is the sign-off of the version that is shown, or None.
    """
    approved = article.status == ReviewStatus.APPROVED
    data: Json = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": article.title,
        "headline": article.title[:110],
        "inLanguage": environment().language,
        "isAccessibleForFree": True,
        "creativeWorkStatus": ReviewStatus(article.status).label,
        "audience": {"@type": "MedicalAudience", "audienceType": "Clinician"},
        "publisher": {"@type": "Organization", "name": environment().name},
        "about": _about(article),
        "citation": [_citation(r) for r in answer.references],
    }
    if warnings := warnings_of(article):
        data["creativeWorkStatus"] = f"{data['creativeWorkStatus']}; changed since"
        data["comment"] = [{"@type": "Comment", "text": line} for line in warnings]
    if article.first_published_at:
        data["datePublished"] = article.first_published_at.isoformat()
    if article.last_published_at:
        data["dateModified"] = article.last_published_at.isoformat()
    if approved and article.last_reviewed:
        data["lastReviewed"] = article.last_reviewed.isoformat()
    if approved and approval is not None:
        data["reviewedBy"] = _reviewer(approval)
    return data


def _about(article: ArticlePage) -> list[Json]:
    about: list[Json] = []
    if article.topic:
        about.append({"@type": "MedicalEntity", "name": article.topic})
    drugs = article.facets.filter(facet=Facet.SUBSTANCE).values_list("value", flat=True)
    about += [{"@type": "Drug", "name": name} for name in drugs.order_by("value")]
    return about or [{"@type": "MedicalEntity", "name": article.title}]


def _citation(reference: ReferenceView) -> Json:
    cited: Json = {"@type": "CreativeWork", "name": reference.title}
    if reference.organization:
        cited["publisher"] = {"@type": "Organization", "name": reference.organization}
    if reference.year:
        cited["datePublished"] = str(reference.year)
    if reference.link:
        cited["url"] = reference.link
    return cited


def _reviewer(approval: Any) -> Json:
    reviewer: Json = {
        "@type": "Person",
        "name": approval.reviewer_name,
        "jobTitle": approval.profession,
        "identifier": approval.registration_number,
    }
    if approval.specialty:
        reviewer["knowsAbout"] = approval.specialty
    return reviewer
