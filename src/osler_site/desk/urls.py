"""Addresses of the desk."""

from django.urls import path

from osler_site.desk import composing, findings, views

urlpatterns = [
    path("", views.dashboard, name="desk"),
    path("findings/<int:key>/", findings.finding, name="finding"),
    path("findings/<int:key>/adopt", findings.adopt, name="adopt"),
    path("compose", composing.compose_view, name="compose"),
    path("audit/", views.audit, name="audit"),
    path("audit.csv", views.audit_csv, name="audit-csv"),
]
