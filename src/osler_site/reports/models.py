"""A reader's report of a problem, with the claim as it stood."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage


class ProblemKind(models.TextChoices):
    """What is wrong."""

    DOSE = "dose", "A dose is wrong"
    SOURCE = "source", "The source does not say this"
    UNCLEAR = "unclear", "It is unclear"
    OUTDATED = "outdated", "It is out of date"
    OTHER = "other", "Something else"


class ProblemState(models.TextChoices):
    """Whether somebody has dealt with it."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class ProblemReport(models.Model):
    """That a reader found something wrong, and what became of it.

    It is about an answer or an article, as a whole or about one claim in it, or about a pathway.
    The claim's text and citations are kept as they were, since an article may change.
    """

    answer = models.ForeignKey(
        RawAnswer, null=True, blank=True, on_delete=models.PROTECT, related_name="problem_reports"
    )
    article = models.ForeignKey(
        ArticlePage, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="problem_reports",
    )  # fmt: skip
    path = models.CharField(max_length=500)
    title = models.CharField(max_length=255)
    claim_id = models.CharField(max_length=12, blank=True)
    claim_text = models.TextField(blank=True)
    citations = models.JSONField(default=list)
    library_version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=ProblemKind.choices)
    words = models.TextField()
    email = models.EmailField(blank=True)
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    state = models.CharField(
        max_length=8, choices=ProblemState.choices, default=ProblemState.OPEN, db_index=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="closed_reports",
    )  # fmt: skip
    closing_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return f"{ProblemKind(self.kind).label}: {self.title}"
