"""Articles as Atom and RSS, the map of the site, and what robots are told."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.query import PageQuerySet

from osler_site.articles.models import ArticleIndexPage, ArticlePage, BoardPage, TextPage
from osler_site.catalogue.articles import latest
from osler_site.catalogue.public import approved_articles
from osler_site.environment import environment


class ArticlesRss(Feed):  # type: ignore[type-arg]
    """The articles that were published last."""

    def title(self) -> str:
        """The feed's title."""
        return f"{environment().name}: articles"

    def link(self) -> str:
        """The page that it is the feed of."""
        return reverse("wagtail_serve", args=["articles/"])

    description = "Answers, topic overviews and guideline summaries, with their state of review."
    subtitle = description

    def items(self) -> list[ArticlePage]:
        """What is in it."""
        return latest()

    def item_title(self, item: ArticlePage) -> str:
        """The article's title."""
        return item.title

    def item_description(self, item: ArticlePage) -> str:
        """What it is and how far its review has come."""
        review = item.get_status_display()
        if item.last_reviewed:
            review += f", {item.last_reviewed:%d %B %Y}"
        if item.changed:
            review += "; changed since"
        about = item.question if item.question != item.title else ""
        return " · ".join(filter(None, (item.get_kind_display(), item.topic, review, about)))

    def item_link(self, item: ArticlePage) -> str:
        """Its address."""
        return item.url

    def item_pubdate(self, item: ArticlePage) -> datetime | None:
        """When it was first published."""
        return item.first_published_at

    def item_updateddate(self, item: ArticlePage) -> datetime | None:
        """When it was last published."""
        return item.last_published_at

    def item_categories(self, item: ArticlePage) -> list[str]:
        """Its topic."""
        return [item.topic] if item.topic else []


class ArticlesAtom(ArticlesRss):
    """The same, as Atom."""

    feed_type = Atom1Feed


class _Pages(Sitemap):  # type: ignore[type-arg]
    """Managed pages."""

    protocol = "https" if environment().base_url.startswith("https") else "http"

    def lastmod(self, item: Page) -> datetime | None:
        """When it was last published."""
        return item.last_published_at

    def location(self, item: Page) -> str:
        """Its address."""
        return item.url


class ApprovedArticles(_Pages):
    """Articles that were signed off, and no others."""

    def items(self) -> PageQuerySet:
        """What is in it."""
        return approved_articles().order_by("pk").defer("body")


class TextPages(_Pages):
    """The board, the editorial policy and the like."""

    def items(self) -> PageQuerySet:
        """What is in it."""
        pages = Page.objects.live().public().order_by("pk")
        return pages.type(TextPage, BoardPage, ArticleIndexPage)


class FixedPages(Sitemap):  # type: ignore[type-arg]
    """The first page and the list of sources."""

    protocol = _Pages.protocol

    def items(self) -> list[str]:
        """What is in it."""
        return ["home", "sources"]

    def location(self, item: str) -> str:
        """Its address."""
        return reverse(item)


SITEMAPS = {"articles": ApprovedArticles, "pages": TextPages, "fixed": FixedPages}

# Raw answers may be fetched: they say themselves that they are not for an index.
_ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /accounts/
Disallow: /desk/
Disallow: /ask
Disallow: /suggest
Disallow: /report
Disallow: /library/search

Sitemap: {sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots are told."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(_ROBOTS.format(sitemap=sitemap), content_type="text/plain; charset=utf-8")
