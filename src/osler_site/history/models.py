"""Threads of questions, saved articles, and what changed in these. All go with their account."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from osler_site.answers.models import RawAnswer
from osler_site.articles.models import ArticlePage


def new_uid() -> str:
    """A name for a thread that tells nothing and that nobody guesses: 80 random bits."""
    return secrets.token_hex(10)


class Thread(models.Model):
    """Questions that belong together, the first first."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="threads"
    )
    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    begun = models.DateTimeField(auto_now_add=True)
    last = models.DateTimeField(db_index=True)  # when something was asked in it last

    class Meta:
        ordering = ("-last", "-pk")

    def __str__(self) -> str:
        first = self.turns.first()
        return first.question if first is not None else ""

    def get_absolute_url(self) -> str:
        """Where its owner reads it."""
        return reverse("history-thread", args=[self.uid])


class Turn(models.Model):
    """One question of a thread, as it was typed (with placeholders) and as it was understood."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()  # from 1; deleted ones leave gaps
    question = models.TextField()
    understood = models.TextField()
    read_by = models.CharField(max_length=200, blank=True, default="")  # a language model, or ""
    answer = models.ForeignKey(RawAnswer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("thread_id", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("thread", "position"), name="one_turn_at_a_position_of_a_thread"
            )
        ]

    def __str__(self) -> str:
        return self.question[:100]


class SavedArticle(models.Model):
    """An article that somebody wants to be told of; `state` is how it stood when they last were."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_articles"
    )
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    saved = models.DateTimeField(auto_now_add=True)
    state = models.JSONField(default=dict)

    class Meta:
        ordering = ("-saved", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("owner", "article"), name="an_article_is_saved_once")
        ]

    def __str__(self) -> str:
        return self.article.title


class AlertKind(models.TextChoices):
    """What changed in a saved article."""

    PUBLISHED = "published", "Published again"
    STATUS = "status", "Its place in the review changed"
    FINDING = "finding", "Something it rests on changed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Alert(models.Model):
    """That a saved article changed; until it is read, the site shows it."""

    saved = models.ForeignKey(SavedArticle, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=10, choices=AlertKind.choices)
    summary = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    read = models.DateTimeField(null=True, blank=True)
    mailed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.summary[:120]
