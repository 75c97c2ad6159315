"""Addresses of what is taken along of an article or an answer."""

from django.urls import path

from osler_site.citing import views

urlpatterns = [
    *(
        path(f"articles/<str:slug>/cite.{form}", views.article_citation, {"form": form},
             name=f"article-{form}")
        for form in views.FORMATS
    ),
    *(
        path(f"answers/<slug:uid>/cite.{form}", views.answer_citation, {"form": form},
             name=f"answer-{form}")
        for form in views.FORMATS
    ),
    path("articles/<str:slug>/text", views.article_text, name="article-text"),
    path("answers/<slug:uid>/text", views.answer_text, name="answer-text"),
    path("articles/<str:slug>/article.json", views.article_json, name="article-json"),
    path("articles/<str:slug>/article.fhir.json", views.article_fhir, name="article-fhir"),
    path("answers/<slug:uid>/answer.fhir.json", views.answer_fhir, name="answer-fhir"),
    path("articles/<str:slug>/article.pdf", views.article_pdf, name="article-pdf"),
]  # fmt: skip
