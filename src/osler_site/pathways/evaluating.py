"""One evaluation: a record as text, the answers of a form, the pathway applied to both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from osler.pathways import Application, Pathway, Record, apply, read_record
from osler.pathways.reading import from_json
from osler_site.pathways.answering import answers_in

NOBODY = {"resourceType": "Patient", "id": "patient"}
"""The patient where no record was given: only what is answered is known of them."""


def record_of(text: str, now: datetime) -> Record:
    """A record given as the text of a FHIR Patient or Bundle. Raises InvalidResource."""
    return read_record(from_json(text) if text.strip() else NOBODY, now=now)


def evaluate(
    pathway: Pathway, record: Record, answers: Mapping[str, Any], now: datetime
) -> Application:
    """The pathway applied to a record and a QuestionnaireResponse."""
    return apply(pathway.definitions, record, now=now, answers=dict(answers))


def answers_of_nobody(pathway: Pathway, now: datetime) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """What a pathway goes by where neither an answer nor a record says, by linkId."""
    applied = apply(pathway.definitions, read_record(NOBODY, now=now), now=now)
    return answers_in(applied.answers)
