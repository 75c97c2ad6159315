"""What articles and answers rest on, kept beside them so that it can be counted."""

from __future__ import annotations

from django.db import models

from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage


class Facet(models.TextChoices):
    """What two articles can have in common."""

    SOURCE = "source", "Source"
    SUBSTANCE = "substance", "Substance"


class ArticleFacet(models.Model):
    """A source that an article cites, or a substance whose dose it gives.

    Worked out from the article whenever it is saved (see `keeping.py`).
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=10, choices=Facet.choices)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("article", "facet", "value"), name="one_facet_once")
        ]
        indexes = [models.Index(fields=("facet", "value"))]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}"


class AnswerSource(models.Model):
    """A source that a raw answer cites."""

    answer = models.ForeignKey(RawAnswer, on_delete=models.PROTECT, related_name="sources")
    source_id = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("answer", "source_id"), name="one_source_once")
        ]

    def __str__(self) -> str:
        return self.source_id
