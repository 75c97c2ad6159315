"""Addresses of reporting a problem, and of the editors' list."""

from django.urls import path

from osler_site.reports import views

urlpatterns = [
    path("report", views.report, name="report"),
    path("report/thanks", views.thanks, name="report-thanks"),
    path("desk/reports/", views.desk_list, name="report-list"),
    path("desk/reports/<int:pk>/", views.desk_report, name="report-desk"),
]
