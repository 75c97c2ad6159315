"""Addresses of a reader's own history."""

from django.urls import path

from osler_site.history import views

urlpatterns = [
    path("", views.history, name="history"),
    path("history.json", views.export_json, name="history-json"),
    path("history.csv", views.export_csv, name="history-csv"),
    path("delete", views.delete_all, name="history-delete"),
    path("saved/", views.saved, name="history-saved"),
    path("saved/read", views.read_alerts, name="history-read"),
    path("saved/<int:page_id>/", views.save, name="history-save"),
    path("saved/<int:page_id>/remove", views.unsave, name="history-unsave"),
    path("threads/<slug:uid>/", views.thread, name="history-thread"),
    path("threads/<slug:uid>/delete", views.delete_thread, name="history-thread-delete"),
    path("threads/<slug:uid>/<int:position>/delete", views.delete_one, name="history-turn-delete"),
]
