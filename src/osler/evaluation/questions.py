"""A file of questions with the facts that their answers must and must not state."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

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


def load_questions(path: Path) -> tuple[ExpectedAnswer, ...]:
    """Read a file of questions.

    Raises UsageError where the file is missing, is not YAML, or lacks what is needed.
    """
    try:
        raw: Any = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {path}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not readable YAML: {error}") from error
    try:
        return tuple(QuestionFile.model_validate(raw).questions)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: {where}: {first['msg']}") from error
