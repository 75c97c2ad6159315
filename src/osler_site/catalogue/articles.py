"""The list of articles: searched, narrowed, sorted, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, TextChoices
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.timezone import make_aware
from wagtail.query import PageQuerySet

from osler_site.articles.models import ArticleKind, ArticlePage, ReviewStatus
from osler_site.catalogue.public import public_articles

PAGE = 30
LONGEST_SEARCH = 200
SORTS = {"newest": "Latest first", "title": "Title", "relevance": "Best match"}
# SQLite's full-text search takes signs and "AND" for its own language; words alone are safe.
_WORD = re.compile(r"\w+")
# Databases differ on large and small letters; readers do not look for "aspirin" behind "Zinc".
_ORDERS = {"newest": ("-last_published_at", "title"), "title": (Lower("title"), "title")}
_FILTERS = ("q", "status", "kind", "topic", "updated", "due")
_YEARS = range(1900, 2200)  # a date that is none of ours is as if it was not there
_STATUSES = (
    ReviewStatus.APPROVED,
    ReviewStatus.UNDER_REVIEW,
    ReviewStatus.SUBMITTED,
    ReviewStatus.CHANGES_REQUESTED,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be narrowed to, and how many articles have it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows the list now, and the address without it."""

    label: str
    value: str
    without: str


def listing(request: HttpRequest) -> dict[str, Any]:
    """What the page of all articles shows for a query string.

    What is not understood in it is as if it was not there.
    """
    given = {
        name: request.GET.get(name, "").strip()[:LONGEST_SEARCH] for name in (*_FILTERS, "sort")
    }
    updated, due = _day(given["updated"]), _day(given["due"])
    given["updated"], given["due"] = (str(day) if day else "" for day in (updated, due))
    sort = given["sort"] if given["sort"] in SORTS else "relevance" if given["q"] else "newest"
    everything = public_articles()
    narrowed = everything
    for field in ("status", "kind", "topic"):
        if given[field]:
            narrowed = narrowed.filter(**{field: given[field]})
    if updated:
        narrowed = narrowed.filter(last_published_at__gte=make_aware(_start(updated)))
    if due:
        narrowed = narrowed.filter(next_review__lt=due)
    page = Paginator(_found(narrowed, given["q"], sort), PAGE).get_page(request.GET.get("page"))
    return {
        "given": given,
        "filters": list(_filters(given, updated, due)),
        "total": everything.count(),
        "page_of_articles": page,
        "articles": list(page),
        "statuses": _choices(everything, "status", ReviewStatus, given, _STATUSES),
        "kinds": _choices(everything, "kind", ArticleKind, given),
        "topics": _choices(everything, "topic", None, given),
        "sorts": [
            (value, label, value == sort)
            for value, label in SORTS.items()
            if given["q"] or value != "relevance"
        ],
    }


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _filters(given: dict[str, str], updated: date | None, due: date | None) -> Iterator[Filter]:
    """What was given, in words."""
    said = {
        "q": ("Words", f"“{given['q']}”"),
        "status": ("Review", _label(ReviewStatus, given["status"])),
        "kind": ("Kind", _label(ArticleKind, given["kind"])),
        "topic": ("Topic", given["topic"]),
        "updated": ("Updated since", f"{updated:%-d %B %Y}" if updated else ""),
        "due": ("Next review before", f"{due:%-d %B %Y}" if due else ""),
    }
    for name, (label, value) in said.items():
        if given[name]:
            left = {key: v for key, v in given.items() if v and key != name}
            yield Filter(label, value, f"?{urlencode(left)}")


def _label(labels: type[TextChoices], value: str) -> str:
    return str(labels(value).label) if value in labels.values else value


def _found(articles: PageQuerySet, wanted: str, sort: str) -> Any:
    """The articles in order; those that hold all the words, where some are given."""
    ordered = articles.order_by(*_ORDERS.get(sort, _ORDERS["newest"])).defer("body")
    words = " ".join(_WORD.findall(wanted.casefold()))
    if not wanted:
        return ordered
    if not words:
        return ordered.none()
    if sort == "relevance":
        return articles.defer("body").search(words, operator="and")
    found = articles.only("pk").search(words, operator="and")
    return ordered.filter(pk__in=[article.pk for article in found])


def _choices(
    articles: PageQuerySet,
    field: str,
    labels: type[TextChoices] | None,
    given: dict[str, str],
    order: tuple[str, ...] = (),
) -> list[Choice]:
    counts = dict(articles.order_by().values_list(field).annotate(Count("pk")))
    values = [v for v in order if v in counts] or sorted(value for value in counts if value)
    return [
        Choice(v, str(labels(v).label) if labels else v, counts[v], v == given[field])
        for v in values
    ]


def latest(number: int = 50) -> list[ArticlePage]:
    """The articles that were published last, the latest first."""
    return list(public_articles().order_by("-last_published_at", "title").defer("body")[:number])
