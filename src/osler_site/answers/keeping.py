"""Storing answers: each once, without what tells who a patient is."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from osler.privacy import Hidden, hide
from osler_site.answers.models import RawAnswer


def without_identifiers(body: dict[str, Any], hidden: Hidden) -> dict[str, Any]:
    """The answer with the question as it is kept. What a dose was computed from stays in it."""
    return {
        **body,
        "question": hidden.text,
        "hidden": [kind.value for kind in hidden.kinds],
        "understood": hide(body["understood"]).text,
    }


def keep(
    uid: str,
    kind: str,
    question: str,
    patient: str,
    audience: str,
    body: dict[str, Any],
    composed: str = "",
) -> RawAnswer:
    """Store an answer, or find the row that another request stored meanwhile.

    `composed` names the answer that a language model had a say in.
    """
    try:
        with transaction.atomic():
            return RawAnswer.objects.create(
                uid=uid,
                kind=kind,
                question=question,
                patient=patient,
                audience=audience,
                answered=body["answered"],
                body=body,
                library_version=body["library_version"],
                engine_version=body["engine_version"],
                language=body.get("language", "en"),
                composed_uid=composed,
            )
    except IntegrityError:
        return RawAnswer.objects.get(uid=uid)
