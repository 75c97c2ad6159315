"""Which pathways dose what an article or an answer is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from osler.domain.errors import LibraryError
from osler.pathways import Pathway
from osler.statements import find_substances
from osler.statements.vocabulary.substances import base_of
from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage
from osler_site.catalogue.models import Facet
from osler_site.pathways.loaded import loaded
from osler_site.pathways.orders import concept


@dataclass(frozen=True, slots=True)
class Offered:
    """A pathway as other pages link to it."""

    title: str
    url: str
    substances: frozenset[str]  # that it gives, salts by what they are salts of


def offered() -> tuple[Offered, ...]:
    """Every pathway, by title; none where the library cannot be opened."""
    try:
        found = loaded().pathways.values()
    except LibraryError:
        return ()
    return tuple(
        Offered(p.title, reverse("pathway", args=[p.id]), substances_of(p))
        for p in sorted(found, key=lambda p: p.title)
    )


def substances_of(pathway: Pathway) -> frozenset[str]:
    """What a pathway orders, salts by what they are salts of."""
    products = (
        concept(held.get("productCodeableConcept", {}))
        for held in pathway.plan.get("contained", ())
        if held.get("kind") == "MedicationRequest"
    )
    return frozenset(base_of(product) for product in products if product)


def on_article(article: ArticlePage) -> tuple[Offered, ...]:
    """Those that give what the article doses."""
    dosed = article.facets.filter(facet=Facet.SUBSTANCE).values_list("value", flat=True)
    return _giving(dosed)


def on_answer(answer: RawAnswer) -> tuple[Offered, ...]:
    """Those that give what was asked about, or what the bottom line doses."""
    asked = [found.name for found in find_substances(answer.question)]
    claims = answer.body["bottom_line"]
    return _giving([*asked, *(d["substance"] for c in claims for d in c["dosages"])])


def _giving(names: Iterable[str | None]) -> tuple[Offered, ...]:
    wanted = {base_of(name) for name in names if name}
    return tuple(o for o in offered() if o.substances & wanted)
