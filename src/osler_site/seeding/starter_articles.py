"""The list of articles that a new site begins with, and composing one of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from osler.answering import ask, overview, summarize
from osler.domain import Answer
from osler.library import Library

_LIST = Path(__file__).with_name("starter_articles.yaml")
_ABOUT = {"answer": "question", "overview": "overview", "summary": "source"}


@dataclass(frozen=True, slots=True)
class StarterArticle:
    """One entry: `about` is the question, the topic or the source that it is composed from."""

    kind: str  # "answer", "overview", "summary"
    title: str
    slug: str
    topic: str
    about: str


def starter_articles() -> tuple[StarterArticle, ...]:
    """All entries of `starter_articles.yaml`, in its order."""
    entries = yaml.safe_load(_LIST.read_text("utf-8"))
    return tuple(
        StarterArticle(
            kind=entry["kind"],
            title=entry["title"],
            slug=entry["slug"],
            topic=entry["topic"],
            about=entry[_ABOUT[entry["kind"]]],
        )
        for entry in entries
    )


def compose(library: Library, article: StarterArticle) -> Answer:
    """The article as a library answers it now."""
    if article.kind == "overview":
        return overview(library, article.about)
    if article.kind == "summary":
        return summarize(library, article.about)
    return ask(library, article.about)
