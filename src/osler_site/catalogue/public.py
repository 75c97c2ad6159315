"""Which articles everybody may read, and what rests on a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from wagtail.query import PageQuerySet

from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticleKind, ArticlePage, ReviewStatus
from osler_site.catalogue.models import ArticleFacet, Facet
from osler_site.living.models import Finding


def public_articles() -> PageQuerySet:
    """The articles that everybody may read: all that were ever submitted and are live.

    Each says with `changed` whether something was found against it that is not settled.
    """
    found = Finding.objects.filter(article=OuterRef("pk"), settled__isnull=True)
    public = ArticlePage.objects.live().public().exclude(status=ReviewStatus.DRAFT)
    return public.annotate(changed=Exists(found))


def approved_articles() -> PageQuerySet:
    """Those that a clinician has signed off."""
    return public_articles().filter(status=ReviewStatus.APPROVED)


def summaries_of(source_id: str) -> tuple[ArticlePage, ...]:
    """The public articles that sum this source up: what they were composed from cites no other."""
    found = public_articles().filter(kind=ArticleKind.SUMMARY, origin__sources__source_id=source_id)
    return tuple(found.order_by("-last_published_at").defer("body"))


def citing_counts() -> dict[str, int]:
    """How many public articles rest on each source, by its id."""
    rows = (
        ArticleFacet.objects.filter(facet=Facet.SOURCE)
        .filter(Q(article__live=True) & ~Q(article__status=ReviewStatus.DRAFT))
        .values_list("value")
        .annotate(Count("article"))
        .order_by()
    )
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a source."""

    articles: tuple[ArticlePage, ...]
    own_answers: tuple[RawAnswer, ...]  # what this reader asked; others' questions are theirs
    answer_count: int  # of all readers


def resting_on(source_id: str, own: Sequence[str]) -> Resting:
    """The public articles and the answers that cite a source; `own` names a reader's answers."""
    articles = public_articles().filter(
        pk__in=ArticleFacet.objects.filter(facet=Facet.SOURCE, value=source_id).values("article")
    )
    answers = RawAnswer.objects.filter(sources__source_id=source_id)
    return Resting(
        tuple(articles.order_by("title").defer("body")),
        tuple(answers.filter(uid__in=own).defer("body")),
        answers.count(),
    )
