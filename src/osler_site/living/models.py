"""What changed under an article since it was written: a finding stays until it is settled."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from osler_site.articles.models import ArticlePage


class FindingKind(models.TextChoices):
    """Why an article must be looked at again."""

    SUPERSEDED = "superseded", "A cited source was superseded"
    RETRACTED = "retracted", "A cited source was retracted"
    REMOVED = "removed", "A cited source is no longer in the library"
    MOVED = "moved", "A cited passage is no longer at its place"
    REREAD = "reread", "A cited passage is read differently"
    CONCERN = "concern", "An expression of concern was published on a cited source"
    CORRECTED = "corrected", "A correction of a cited source was published"
    NEWER = "newer", "A newer edition of a cited source was published"
    ANSWER = "answer", "The library now answers differently"
    FLAGGED = "flagged", "A reviewer flagged what is said here"
    OVERDUE = "overdue", "The next review is overdue"


class Finding(models.Model):
    """One reason why an article may no longer stand.

    `key` tells findings of one kind apart (the source, the library version), so that looking
    again does not report the same twice. `detail` is the difference, claim by claim, or the
    claims that rest on the source, as JSON. `settled_for` is the revision whose sign-off settled
    it: under a later one the same may be news again.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=12, choices=FindingKind.choices)
    key = models.CharField(max_length=80)
    summary = models.TextField()
    detail = models.JSONField(default=dict)
    library_version = models.PositiveIntegerField()
    found = models.DateTimeField(auto_now_add=True)
    mailed = models.DateTimeField(null=True, blank=True)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_how = models.TextField(blank=True)
    settled_for = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("article_id", "found")
        constraints = [
            models.UniqueConstraint(
                fields=("article", "kind", "key"),
                condition=models.Q(settled__isnull=True),
                name="one_open_finding_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return self.summary[:120]


class Rechecked(models.Model):
    """At which version of the library and of the engine an article's live version was compared."""

    article = models.OneToOneField(ArticlePage, on_delete=models.CASCADE, related_name="rechecked")
    library_version = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=40)
    revision = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(auto_now=True)


class LastRound(models.Model):
    """The latest round that went to its end: one row, which whoever watches the site reads."""

    library_version = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()  # articles that could not be compared
    at = models.DateTimeField(auto_now=True)
