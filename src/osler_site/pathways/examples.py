"""Invented patients to try a pathway with; an address may name one, for it is nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import QueryDict

from osler.pathways import Pathway
from osler_site.pathways.questions import questions_of

_FILE = Path(__file__).with_name("examples.yaml")


@dataclass(frozen=True, slots=True)
class Example:
    """An invented patient: what it is called, and the answers by linkId."""

    name: str
    title: str
    answers: dict[str, str]


def of(pathway: Pathway) -> tuple[Example, ...]:
    """The examples of a pathway."""
    return tuple(Example(**e) for e in _all().get(pathway.id, ()))


def named(pathway: Pathway, name: str) -> Example | None:
    """One of them; None for a name that there is not."""
    return next((e for e in of(pathway) if e.name == name), None)


def form(pathway: Pathway, example: Example | None) -> QueryDict:
    """The form that an example fills; an empty one without."""
    filled = QueryDict(mutable=True)
    answers = example.answers if example else {}
    for question in questions_of(pathway.questionnaire):
        if question.link_id in answers:
            filled[question.name] = answers[question.link_id]
    return filled


@cache
def _all() -> dict[str, list[dict[str, Any]]]:
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load(_FILE.read_text("utf-8")) or {}
    return read
