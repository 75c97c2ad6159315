"""Addresses of suggestions, feeds, the map of the site and what robots are told."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from osler_site.catalogue import feeds, views

urlpatterns = [
    path("suggest", views.suggest, name="suggest"),
    path("articles/feed.atom", feeds.ArticlesAtom(), name="articles-atom"),
    path("articles/feed.rss", feeds.ArticlesRss(), name="articles-rss"),
    path("sitemap.xml", sitemap, {"sitemaps": feeds.SITEMAPS}, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
