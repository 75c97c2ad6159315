"""What the first page shows besides its box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest

from osler.domain.errors import LibraryError
from osler_site.answers import recent
from osler_site.answers.writer import site_writer
from osler_site.articles.models import ArticleKind, ReviewStatus
from osler_site.catalogue.public import public_articles
from osler_site.engine import engine

EXAMPLES = 4
ARTICLES = 6


@dataclass(frozen=True, slots=True)
class Holds:
    """What the library and the site hold."""

    sources: int
    version: int
    articles: int
    approved: int


def context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Everything the first page shows; `more` is what was typed and what was wrong with it."""
    public = public_articles()
    newest = public.order_by(F("last_reviewed").desc(nulls_last=True), "-first_published_at")
    questions = newest.filter(kind=ArticleKind.ANSWER).exclude(question="")
    return {
        "recent": recent.of(request),
        "articles": newest.defer("body")[:ARTICLES],
        "examples": list(questions.values_list("question", flat=True)[:EXAMPLES]),
        "writer": site_writer(),
        "holds": _holds(public.count(), public.filter(status=ReviewStatus.APPROVED).count()),
        **more,
    }


def _holds(articles: int, approved: int) -> Holds | None:
    """None where the library cannot be opened: the page says so and stays up."""
    try:
        library = engine().library()
        return Holds(len(library.sources()), library.version, articles, approved)
    except LibraryError:
        return None
