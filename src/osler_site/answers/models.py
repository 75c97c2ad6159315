"""A raw answer: an immutable row, with a permanent address."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, NoReturn

from django.db import models
from django.urls import reverse
from django.utils.crypto import salted_hmac

from osler_site.answers.one_patient import describes_one

UID_LENGTH = 20  # characters of base 32: 100 bits


class RawAnswer(models.Model):
    """What the engine answered, as it answered it.

    The same question to the same library, engine, audience and language has the same `uid`, so
    asking again gives the same row. Under another secret key it gets a new one; the old
    address stays.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, editable=False)
    kind = models.CharField(max_length=10, default="answer")  # answer, overview, summary
    question = models.TextField()
    patient = models.CharField(max_length=500, blank=True)
    audience = models.CharField(max_length=12)
    answered = models.BooleanField()
    body = models.JSONField()
    library_version = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=40)
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    language = models.CharField(max_length=12, default="en")
    # The answer as composed that a language model read, checked or worded; "" where this is it.
    composed_uid = models.CharField(max_length=UID_LENGTH, blank=True, default="", db_index=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return self.question[:100]

    def get_absolute_url(self) -> str:
        """The permanent address."""
        return reverse("answer", args=[self.uid])

    @property
    def root(self) -> str:
        """The name of the answer as composed, which is one for all wordings of a model."""
        return self.composed_uid or self.uid

    @property
    def reader_label(self) -> str:
        """For whom it is, where that is not a physician; else ""."""
        from osler_site.reader import reader_label

        return reader_label(self.audience)

    @property
    def language_name(self) -> str:
        """The language it is in, by its own name, where that is not English; else ""."""
        from osler_site.reader import LANGUAGE_NAMES

        return "" if self.language == "en" else LANGUAGE_NAMES.get(self.language, self.language)

    @property
    def for_one_patient(self) -> bool:
        """Whether one patient is described, beside the question or in it."""
        return bool(self.patient) or (self.kind == "answer" and describes_one(self.question))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that is there is never written again."""
        if self.pk is not None:
            raise TypeError("a raw answer is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: permanent addresses stay."""
        raise TypeError("a raw answer is never deleted")


class Ask(models.Model):
    """That an answer was asked for, and when: for counting and for what stays unanswered."""

    answer = models.ForeignKey(RawAnswer, on_delete=models.PROTECT, related_name="asks")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    through = models.CharField(max_length=4, default="page")  # page, api


def uid_of(kind: str, question: str, patient: str, audience: str, version: str) -> str:
    """The name of an answer; `version` is that of the library and of the engine.

    It is made with the site's secret key: who does not know that cannot work out the address of a
    question, and so cannot find out whether it was asked.
    """
    said = _said(kind, question, patient, audience, version)
    return _named(salted_hmac("osler_site.answers.uid", said, algorithm="sha256").digest())


def public_uid_of(kind: str, question: str, version: str) -> str:
    """The name of an answer that is no secret; the same whatever the secret key."""
    said = _said(kind, question, "", "physician", version)
    return _named(hashlib.sha256(said.encode()).digest())


def _said(kind: str, question: str, patient: str, audience: str, version: str) -> str:
    return "\x00".join((kind, " ".join(question.split()), patient.strip(), audience, version))


def _named(digest: bytes) -> str:
    return base64.b32encode(digest).decode().lower()[:UID_LENGTH]
