"""Articles whose title or question begins like what is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from django.db.models import Q

from osler_site.articles.models import ArticlePage
from osler_site.catalogue.public import public_articles

MOST = 8
LONGEST = 80  # characters that are looked at
_WORDS = 6
_LOOKED_AT = 60  # rows


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An article to go to."""

    title: str
    url: str
    kind: str


def suggestions(typed: str) -> list[Suggestion]:
    """The articles in whose title or question words begin with each of those typed.

    Titles that begin with all that was typed come first, then questions that do; of these the
    shorter ones.
    """
    typed = " ".join(typed.split())[:LONGEST]
    words = typed.split()[:_WORDS]
    if not words or len(typed) < 2:
        return []
    wanted = Q()
    for word in words:
        begins = Q()
        for field, case in product(("title", "question", "topic"), _cases(word)):
            begins |= Q(**{f"{field}__istartswith": case})
            begins |= Q(**{f"{field}__icontains": f" {case}"})
        wanted &= begins
    rows = public_articles().filter(wanted).order_by("title")
    rows = rows.defer("body")[:_LOOKED_AT]
    ordered = sorted(rows, key=lambda a: (_rank(a, typed.casefold()), len(a.title), a.title))
    return [Suggestion(a.title, a.url, a.get_kind_display()) for a in ordered[:MOST]]


def _cases(word: str) -> set[str]:
    """How a word may be written: SQLite tells large and small letters beyond ASCII apart."""
    return {word} if word.isascii() else {word, word.lower(), word.capitalize()}


def _rank(article: ArticlePage, typed: str) -> int:
    said = (article.title, article.question)
    return next((n for n, text in enumerate(said) if text.casefold().startswith(typed)), len(said))
