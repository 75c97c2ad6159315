"""Addresses of operations; the probes are answered before any of them (see `probes.py`)."""

from django.urls import path

from osler_site.operations import views

urlpatterns = [path("metrics", views.metrics, name="metrics")]
