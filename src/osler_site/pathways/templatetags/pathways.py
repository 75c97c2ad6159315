"""What other pages ask of the pathways: `{% load pathways %}`."""

from __future__ import annotations

from django import template

from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage
from osler_site.pathways.dosing import Offered, offered, on_answer, on_article
from osler_site.pictures import wording

register = template.Library()


@register.filter
def capital(text: str) -> str:
    """The text with a capital first letter, but for names such as "eGFR"."""
    return wording.capital(text)


@register.simple_tag
def pathways_on(page: object = None, raw: object = None) -> tuple[Offered, ...]:
    """The pathways that dose what an article (`page`) or an answer (`raw`) is on."""
    if isinstance(page, ArticlePage):
        return on_article(page)
    return on_answer(raw) if isinstance(raw, RawAnswer) else ()


@register.simple_tag
def all_pathways() -> tuple[Offered, ...]:
    """Every pathway, by title."""
    return offered()
