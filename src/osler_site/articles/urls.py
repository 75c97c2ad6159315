"""Addresses of the editors' desk."""

from django.urls import path

from osler_site.articles import desk

urlpatterns = [
    path("promote/<slug:uid>", desk.promote_view, name="promote"),
    path("check", desk.check_view, name="desk-check"),
    path("passages", desk.passages_view, name="desk-passages"),
]
