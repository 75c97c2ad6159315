"""Addresses of the pathways."""

from django.urls import path

from osler_site.pathways import views

urlpatterns = [
    path("", views.index, name="pathways"),
    path("<str:name>/", views.pathway, name="pathway"),
    path("<str:name>/fhir", views.fhir, name="pathway-fhir"),
]
