"""The list of starter articles: what each is made from."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

LISTED = Path(__file__).parent / "starter_articles.yaml"


class Entry(BaseModel):
    """One article: of a question, of a topic, or of a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["answer", "overview", "summary"]
    title: str = Field(min_length=1, max_length=255)
    slug: str = Field(pattern=r"^[a-z0-9-]{1,80}$")
    topic: str = Field(min_length=1, max_length=120)
    question: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _has_its_own(self) -> Entry:
        if not self.about:
            raise ValueError(f"{self.slug}: an article of kind {self.kind} needs what it is about")
        return self

    @property
    def about(self) -> str:
        """What the engine is asked for: the question, the topic or the source."""
        return {"answer": self.question, "overview": self.topic, "summary": self.source}[self.kind]


def entries(file: Path = LISTED) -> tuple[Entry, ...]:
    """The entries of a list. Raises pydantic.ValidationError for one that is not well formed."""
    return tuple(TypeAdapter(list[Entry]).validate_python(yaml.safe_load(file.read_text("utf-8"))))
