"""Addresses of the library's pages."""

from django.urls import path

from osler_site.library_pages import views

urlpatterns = [
    path("", views.sources, name="sources"),
    path("search", views.search, name="library-search"),
    path("versions/", views.versions, name="library-versions"),
    path("<slug:source_id>/", views.source, name="source"),
    path("<slug:source_id>/passage", views.passage_view, name="passage"),
]
