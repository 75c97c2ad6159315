"""What templates ask of the catalogue: `{% load catalogue %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage
from osler_site.catalogue.related import related
from osler_site.citing.pdf import available
from osler_site.citing.structured import data_block, medical_web_page
from osler_site.environment import environment
from osler_site.presenting.view import AnswerView
from osler_site.review.statuses import approval_of

register = template.Library()


@register.simple_tag
def related_to(page: ArticlePage | None) -> list[ArticlePage]:
    """The articles that have something in common with one; none for a page that is no article."""
    return related(page) if isinstance(page, ArticlePage) else []


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any]) -> SafeString | str:
    """The article on this page as schema.org's MedicalWebPage; nothing on another page."""
    page, answer = context.get("page"), context.get("answer")
    if not isinstance(page, ArticlePage) or not isinstance(answer, AnswerView):
        return ""
    # Not the host that was asked: the page is kept for readers who come by another name.
    url = f"{environment().base_url.rstrip('/')}{page.url}"
    return data_block(medical_web_page(page, answer, url, approval_of(page)))


@register.simple_tag
def taking_along(page: object = None, raw: object = None) -> dict[str, str]:
    """The addresses under which an article (`page`) or an answer (`raw`) can be taken along.

    An address that there is none of is empty.
    """
    if isinstance(page, ArticlePage):
        name, key, version = "article", page.slug, page.library_version
    elif isinstance(raw, RawAnswer):
        name, key, version = "answer", raw.uid, raw.library_version
    else:
        return {}
    forms = ("ris", "bib", "text", "json", "fhir")
    links = {form: reverse(f"{name}-{form}", args=[key]) for form in forms}
    has_pdf = name == "article" and available()
    links["pdf"] = reverse("article-pdf", args=[key]) if has_pdf else ""
    links["library"] = f"{reverse('sources')}?version={version}"
    return links
