"""A file of questions with the facts that their answers must and must not state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from osler.domain.errors import UsageError


class ExpectedDose(BaseModel):
    """One dose, as a person read it from the source. Amounts are in `unit`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    substance: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None  # None where the source has lost it
    route: str | None = None
    frequency: str | None = None
    per: str | None = None
    population: str | None = None
    phase: str | None = None


class ExpectedFact(BaseModel):
    """A fact that the answer should state; without a required one the answer is wrong."""

    model_config = ConfigDict(extra="allow", frozen=True)

    fact: str
    dose: ExpectedDose | None = None
    sources: list[str] = Field(default_factory=list)
    required: bool = True


class ExpectedAnswer(BaseModel):
    """A question with what is expected of its answer."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    question: str
    topic: str = ""
    answerable: bool = True
    expected: list[ExpectedFact] = Field(default_factory=list)
    forbidden: list[str] = Field(default_factory=list)
    conflict: bool = False
    conflict_sources: list[str] = Field(default_factory=list)


class QuestionFile(BaseModel):
    """The YAML file: a version and its questions."""

    model_config = ConfigDict(extra="allow", frozen=True)

    version: Literal[1] = 1
    questions: list[ExpectedAnswer]


def load_questions(
    *paths: Path, only: Collection[str] = (), exclude: Collection[str] = ()
) -> tuple[ExpectedAnswer, ...]:
    """Read files of questions, one after another; `only` and `exclude` name topics.

    Raises UsageError where a file is missing, is not YAML, or lacks what is needed, where two
    questions have one id, and where a topic is named that no question has.
    """
    questions = [question for path in paths for question in _load(path)]
    twice = [name for name, n in Counter(q.id for q in questions).items() if n > 1]
    if twice:
        raise UsageError(f"more than one question has the id {twice[0]!r}")
    unknown = sorted({*only, *exclude} - {q.topic for q in questions})
    if unknown:
        raise UsageError(f"no question has the topic {unknown[0]!r}")
    return tuple(q for q in questions if q.topic not in exclude and (not only or q.topic in only))


def _load(path: Path) -> list[ExpectedAnswer]:
    return validated(path, QuestionFile).questions


_File = TypeVar("_File", bound=BaseModel)


def validated(path: Path, layout: type[_File]) -> _File:
    """Read a YAML file in a layout; raises UsageError where it is missing or not in it."""
    try:
        raw: Any = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {path}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not readable YAML: {error}") from error
    try:
        return layout.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: {where}: {first['msg']}") from error
