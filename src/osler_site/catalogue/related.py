"""Articles that have something in common with one: the topic, a substance, a source.

What few articles share weighs more than what all share: each shared thing counts as much as one
divided by the number of articles that have it, times a weight for its sort. It is counted, not
learnt, so the same articles are always related in the same order.
"""

from __future__ import annotations

from collections import defaultdict

from django.core.cache import cache

from osler_site.articles.models import ArticlePage
from osler_site.catalogue.models import ArticleFacet, Facet
from osler_site.catalogue.public import public_articles

MOST = 6
_TOPIC = 2.0
_WEIGHTS = {Facet.SUBSTANCE.value: 2.0, Facet.SOURCE.value: 1.0}
_REMEMBERED = 600  # seconds


def related(article: ArticlePage, most: int = MOST) -> list[ArticlePage]:
    """The public articles nearest to one, the nearest first; remembered for some minutes."""
    key = f"related-{article.pk}-{article.latest_revision_id}"
    nearest = cache.get(key)
    if nearest is None:
        nearest = _nearest(article)
        cache.set(key, nearest, _REMEMBERED)
    found = public_articles().filter(pk__in=nearest).defer("body").in_bulk()
    return [found[pk] for pk in nearest if pk in found][:most]


def _nearest(article: ArticlePage) -> list[int]:
    sharing: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    own = set(article.facets.values_list("facet", "value"))
    rows = ArticleFacet.objects.filter(
        value__in={value for _, value in own}, article__in=public_articles().values("pk")
    )
    for facet, value, pk in rows.values_list("facet", "value", "article"):
        if (facet, value) in own:
            sharing[facet, value].add(pk)
    scores: defaultdict[int, float] = defaultdict(float)
    for (facet, _), pks in sharing.items():
        for pk in pks:
            scores[pk] += _WEIGHTS[facet] / len(pks)
    if article.topic:
        same = public_articles().filter(topic=article.topic).values_list("pk", flat=True)
        for pk in same:
            scores[pk] += _TOPIC
    scores.pop(article.pk, None)
    ordered = sorted(scores, key=lambda pk: (-scores[pk], pk))
    return ordered[: 2 * MOST]  # some may be withdrawn before this is forgotten
