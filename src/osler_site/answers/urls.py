"""Addresses of asking."""

from django.urls import path

from osler_site.answers import views

urlpatterns = [
    path("", views.home, name="home"),
    path("ask", views.ask_view, name="ask"),
    path("answers/<slug:uid>/", views.answer_view, name="answer"),
    path("answers/<slug:uid>/follow-ups", views.follow_ups_view, name="answer-follow-ups"),
    path("answers/<slug:uid>/words", views.words_view, name="answer-words"),
    path("answers/<slug:uid>/answer.json", views.answer_json, name="answer-json"),
]
