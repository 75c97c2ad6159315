"""What can be cited: an article, an answer, and the sources that they cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from osler.domain import SourceKind
from osler.render import view as words
from osler_site.answers.models import RawAnswer
from osler_site.answers.since import since
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.environment import environment
from osler_site.living.telling import warnings_of
from osler_site.presenting.present import source_of

_JOURNAL = (SourceKind.RANDOMISED_TRIAL, SourceKind.SYSTEMATIC_REVIEW, SourceKind.REVIEW)
_REPORT = (SourceKind.GUIDELINE, SourceKind.GUIDELINE_SUMMARY, SourceKind.FORMULARY)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A citable thing; `sort` is "page", "journal", "report", "book" or "other"."""

    key: str  # short, of letters, digits and hyphens
    sort: str
    title: str
    author: str | None
    publisher: str | None
    year: int | None
    day: date | None
    url: str | None
    doi: str | None
    pmid: str | None
    note: str
    accessed: date


def article_item(article: ArticlePage, url: str) -> Item:
    """The article itself."""
    updated = article.last_published_at or article.latest_revision_created_at
    day = timezone.localtime(updated).date() if updated else timezone.localdate()
    review = ReviewStatus(article.status).label
    if article.status == ReviewStatus.APPROVED and article.last_reviewed:
        review += f" {article.last_reviewed:%d %B %Y}"
    warned = warnings_of(article)
    return _own(
        f"osler-{article.slug}"[:80],
        article.title,
        day,
        url,
        " ".join((f"Review status: {review}. Library version {article.library_version}.", *warned)),
    )


def answer_item(answer: RawAnswer, url: str) -> Item:
    """A raw answer."""
    day = timezone.localtime(answer.created).date()
    note = f"Composed answer, not reviewed. Library version {answer.library_version}."
    changed = since(answer)
    if changed and changed.happened:
        told = "; ".join(changed.happened)
        note += f" Since then (library version {changed.version}): {told}"
    return _own(f"osler-{answer.uid}", answer.question, day, url, note)


def reference_items(body: Json) -> list[Item]:
    """The sources that an answer cites, in the order of its list of references."""
    return [_reference(described) for described in body["references"]]


def without_repeats(items: Sequence[Item]) -> list[Item]:
    """The items with keys that differ."""
    seen: set[str] = set()
    kept = []
    for item in items:
        if item.key not in seen:
            seen.add(item.key)
            kept.append(item)
    return kept


def _own(key: str, title: str, day: date, url: str, note: str) -> Item:
    name = environment().name
    return Item(
        key=key,
        sort="page",
        title=title,
        author=name,
        publisher=name,
        year=day.year,
        day=day,
        url=url,
        doi=None,
        pmid=None,
        note=note,
        accessed=timezone.localdate(),
    )


def _reference(described: Json) -> Item:
    source = source_of(described)
    sort = "other"
    if source.kind in _JOURNAL:
        sort = "journal"
    elif source.kind in _REPORT:
        sort = "report"
    elif source.kind is SourceKind.TEXTBOOK:
        sort = "book"
    note = [words.kind(source), words.held(source)]
    return Item(
        key=source.id.replace("_", "-"),
        sort=sort,
        title=source.title,
        author=source.organization,
        publisher=source.organization,
        year=source.year,
        day=None,
        url=words.link(source),
        doi=source.doi,
        pmid=source.pmid,
        note="; ".join(part for part in note if part),
        accessed=timezone.localdate(),
    )
