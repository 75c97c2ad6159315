"""The words by which a question says what it asks for; kept as data in `data/cues.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from re import Pattern

from osler.domain import Aspect, Phase
from osler.patterns import lazy

YES_NO = lazy(
    r"^(?:is|are|can|could|should|does|do|did|may|must|will|would|has|have)\b"
    r"|\b(?:ok|okay|safe|allowed)\s*\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns of cues; `statement` says what a statement must mention to speak to an aspect."""

    aspects: tuple[tuple[Aspect, Pattern[str]], ...]
    phases: tuple[tuple[Phase, Pattern[str]], ...]
    statement: tuple[tuple[Aspect, Pattern[str]], ...]
    headings: tuple[tuple[Aspect, Pattern[str]], ...]  # what a section under such a heading is on
    narrative: Pattern[str]  # a story of one patient or a trial is no recommendation
    bar: Pattern[str]  # what rules a drug out
    content: Pattern[str]  # what a product holds is no dose
    modal: Pattern[str]  # "can she", "should I take": asks for leave only in a yes/no question
    asking_words: frozenset[str]
    generic_words: frozenset[str]
    heading_words: frozenset[str]  # of headings that tell the kind of text, not its subject


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues, read once."""
    text = Path(__file__).with_name("data").joinpath("cues.toml").read_text("utf-8")
    data = tomllib.loads(text)
    question, statement = data["question"], data["statement"]
    return Cues(
        aspects=tuple((Aspect(k), _pattern(v)) for k, v in question["aspects"].items()),
        phases=tuple((Phase(k), _pattern(v)) for k, v in question["phases"].items()),
        statement=tuple((Aspect(k), _pattern(v)) for k, v in statement["aspects"].items()),
        headings=tuple((Aspect(k), _pattern(v)) for k, v in statement["headings"].items()),
        narrative=_pattern(statement["narrative"]),
        bar=_pattern(statement["bar"]),
        content=_pattern(statement["content"]),
        modal=_pattern(question["modal"]),
        asking_words=frozenset(question["words"]["asking"]),
        generic_words=frozenset(question["words"]["generic"]),
        heading_words=frozenset(question["words"]["heading"]),
    )


def _pattern(alternatives: list[str]) -> Pattern[str]:
    return lazy(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)
