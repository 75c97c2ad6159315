"""Addresses of CDS Hooks, as the specification has them."""

from django.urls import path

from osler_site.cds_hooks import views

urlpatterns = [
    path("cds-services", views.discovery, name="cds-services"),
    path("cds-services/<str:service_id>", views.call, name="cds-service"),
    path("cds-services/<str:service_id>/feedback", views.feedback, name="cds-feedback"),
]
