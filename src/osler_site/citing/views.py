"""Citations, plain text, JSON, FHIR and PDF of an article or an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from osler_site.answers.models import RawAnswer
from osler_site.answers.since import since
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.catalogue.public import public_articles
from osler_site.citing import bibtex, fhir, items, pdf, plain, ris
from osler_site.environment import environment
from osler_site.living.telling import findings_json, warnings_of
from osler_site.presenting.present import present
from osler_site.review.record import CAUTION
from osler_site.review.statuses import approval_of
from osler_site.review.withdrawn import gone

FORMATS = {"ris": (ris.ris, ris.CONTENT_TYPE), "bib": (bibtex.bibtex, bibtex.CONTENT_TYPE)}


def _of_article(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its article; of a withdrawn one, what its page says."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        article = public_articles().filter(slug=slug).first()
        if article is not None:
            return view(request, article, **more)
        withdrawn = gone(request, slug)
        if withdrawn is None:
            raise Http404
        return withdrawn

    return found


@require_safe
@_of_article
def article_citation(request: HttpRequest, article: ArticlePage, form: str) -> HttpResponse:
    """The article as RIS or BibTeX; with `?references=1` all that it cites, too."""
    found = [items.article_item(article, _address(request, article))]
    if _with_references(request):
        found += items.reference_items(article.answer_json())
    return _citations(found, form, f"osler-{article.slug}")


@require_safe
def answer_citation(request: HttpRequest, uid: str, form: str) -> HttpResponse:
    """An answer as RIS or BibTeX, likewise."""
    answer = get_object_or_404(RawAnswer, uid=uid)
    found = [items.answer_item(answer, _address(request, answer))]
    if _with_references(request):
        found += items.reference_items(answer.body)
    return _citations(found, form, f"osler-{answer.uid}")


@require_safe
@_of_article
def article_text(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """The article as plain text with its references."""
    text = plain.plain(
        present(article.answer_json()),
        title=article.title,
        status=_status(article),
        url=_address(request, article),
        warnings=warnings_of(article),
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def answer_text(request: HttpRequest, uid: str) -> HttpResponse:
    """An answer as plain text with its references."""
    answer = get_object_or_404(RawAnswer, uid=uid)
    changed = since(answer)
    text = plain.plain(
        present(answer.body),
        title=answer.question,
        status=f"{CAUTION}. Not reviewed by a clinician.",
        url=_address(request, answer),
        warnings=changed.happened if changed else (),
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@_of_article
def article_json(request: HttpRequest, article: ArticlePage) -> JsonResponse:
    """The article in the JSON of an answer, with what is known of its review."""
    approval = approval_of(article)
    review = {
        "status": article.status,
        "last_reviewed": article.last_reviewed,
        "next_review": article.next_review,
        "reviewer": approval.reviewer_name if approval else None,
        "profession": approval.profession if approval else None,
    }
    about = {
        "title": article.title,
        "kind": article.kind,
        "topic": article.topic or None,
        "url": _address(request, article),
        "review": review,
        "findings": findings_json(article),
    }
    return JsonResponse({**article.answer_json(), "article": about})


@require_safe
@_of_article
def article_fhir(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """The article as a FHIR document; `?release=R5` gives the later release."""
    release = fhir.release_of(request)
    document = fhir.article_document(article, _address(request, article), release)
    return _attached(fhir.response(document, release), f"{article.slug}.fhir.json")


@require_safe
def answer_fhir(request: HttpRequest, uid: str) -> HttpResponse:
    """An answer as a FHIR document, likewise."""
    answer = get_object_or_404(RawAnswer, uid=uid)
    release = fhir.release_of(request)
    document = fhir.answer_document(answer, release)
    return _attached(fhir.response(document, release), f"osler-{answer.uid}.fhir.json")


@require_safe
@_of_article
def article_pdf(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """The article as a document, where one can be made here."""
    if not pdf.available():
        raise Http404("no PDF is made here; print the page instead")
    approval = approval_of(article)
    approved = article.status == ReviewStatus.APPROVED
    about: dict[str, Any] = {
        "title": article.title,
        "site_name": environment().name,
        "status": ReviewStatus(article.status).label,
        "caution": "" if approved else CAUTION,
        "warnings": warnings_of(article),
        "reviewer": f"{approval.reviewer_name}, {approval.profession}" if approval else "",
        "updated": article.last_published_at,
        "next_review": article.next_review,
        "notice": plain.NOTICE,
        "url": _address(request, article),
    }
    made = pdf.pdf(present(article.answer_json()), about)
    return _attached(HttpResponse(made, content_type="application/pdf"), f"{article.slug}.pdf")


def _address(request: HttpRequest, shown: ArticlePage | RawAnswer) -> str:
    path = shown.url if isinstance(shown, ArticlePage) else shown.get_absolute_url()
    return request.build_absolute_uri(path)


def _with_references(request: HttpRequest) -> bool:
    return request.GET.get("references") == "1"


def _status(article: ArticlePage) -> str:
    approval = approval_of(article)
    if article.status != ReviewStatus.APPROVED:
        return f"{CAUTION}. {ReviewStatus(article.status).label}."
    who = f" by {approval.reviewer_name}, {approval.profession}" if approval else ""
    when = article.last_reviewed
    return f"Approved{who}{f' on {when:%d %B %Y}' if when else ''}."


def _citations(found: list[items.Item], form: str, name: str) -> HttpResponse:
    write, content_type = FORMATS[form]
    response = HttpResponse(write(items.without_repeats(found)), content_type=content_type)
    return _attached(response, f"{name}.{form}")


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    """A download; the name is of ASCII letters, digits and hyphens."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else "-" for c in name)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    return response
