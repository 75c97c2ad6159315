"""Addresses of the interface for programs."""

from django.urls import path

from osler_site.api import views
from osler_site.api.api import api

urlpatterns = [
    path("docs", views.docs, name="api-docs"),
    path("try", views.try_it, name="api-try"),
    path("v1/", api.urls),
    path("<path:rest>", views.nothing, name="api-nothing"),
]
