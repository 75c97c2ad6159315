"""One evaluation: a record as text, the answers of a form, the pathway applied to both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways import Application, Pathway, Record, apply, read_record
from osler_site.pathways.answering import answers_in

NOBODY = {"resourceType": "Patient", "id": "patient"}
"""The patient where no record was given: only what is answered is known of them."""


def record_of(text: str, now: datetime) -> Record:
    """A record given as the text of a FHIR Patient or Bundle. Raises InvalidResource."""
    if not text.strip():
        return read_record(NOBODY, now=now)
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _invalid("structure", f"This is not JSON: {_said(error)}") from error
    if not isinstance(data, dict):
        raise _invalid("structure", "A record is a FHIR Patient or Bundle: an object in JSON")
    return read_record(data, now=now)


def evaluate(
    pathway: Pathway, record: Record, answers: Mapping[str, Any], now: datetime
) -> Application:
    """The pathway applied to a record and a QuestionnaireResponse."""
    return apply(pathway.definitions, record, now=now, answers=dict(answers))


def answers_of_nobody(pathway: Pathway, now: datetime) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """What a pathway goes by where neither an answer nor a record says, by linkId."""
    applied = apply(pathway.definitions, read_record(NOBODY, now=now), now=now, answers={})
    return answers_in(applied.answers)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _said(error: Exception) -> str:
    """Where it is wrong, without what stands there."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} in line {error.lineno}, column {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _invalid(code: str, details: str) -> InvalidResource:
    return InvalidResource((Issue(Severity.ERROR, code, details),))
