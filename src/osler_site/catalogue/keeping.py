"""Keeps what an article or an answer rests on up to date, whenever one is saved."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from osler.dosage import parse_dosages
from osler_site.answers.models import RawAnswer
from osler_site.articles.claims import claims_in
from osler_site.articles.contents import composed_of
from osler_site.articles.models import ArticlePage
from osler_site.catalogue.models import AnswerSource, ArticleFacet, Facet

_LONGEST = 120  # characters of a facet's value


def connect() -> None:
    """Listen to articles and answers."""
    post_save.connect(_article_saved, sender=ArticlePage, dispatch_uid="catalogue-article")
    post_save.connect(_answer_saved, sender=RawAnswer, dispatch_uid="catalogue-answer")


def facets_of(article: ArticlePage) -> set[tuple[str, str]]:
    """What an article cites and what it gives doses of."""
    found: set[tuple[str, str]] = set()
    for claim in claims_in(article.body):
        found |= {(Facet.SOURCE.value, c["source_id"]) for c in claim["citations"]}
        for substance in _substances(claim):
            found.add((Facet.SUBSTANCE.value, substance[:_LONGEST]))
    return found


def _substances(claim: Any) -> set[str]:
    """What the claim's doses are of: as the engine read it, else as the new words say it."""
    composed = composed_of(claim)
    if composed:
        named = [d["substance"] for d in composed["dosages"]]
    else:
        named = [d.substance for d in parse_dosages(claim["text"])]
    return {" ".join(name.casefold().split()) for name in named if name}


def _article_saved(sender: type, instance: ArticlePage, **kwargs: Any) -> None:
    wanted = facets_of(instance)
    with transaction.atomic():
        there = set(instance.facets.values_list("facet", "value"))
        for facet, value in there - wanted:
            instance.facets.filter(facet=facet, value=value).delete()
        ArticleFacet.objects.bulk_create(
            (ArticleFacet(article=instance, facet=f, value=v) for f, v in sorted(wanted - there)),
            ignore_conflicts=True,
        )


def _answer_saved(sender: type, instance: RawAnswer, created: bool, **kwargs: Any) -> None:
    if created:
        cited = sorted({r["source_id"] for r in instance.body["references"]})
        AnswerSource.objects.bulk_create(AnswerSource(answer=instance, source_id=s) for s in cited)
