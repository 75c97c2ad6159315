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
    r"(?:^|[.?!:;,]\s+|\band\s+|\s[-–—]\s+)(?:is|are|can|could|shall|should|does|do|did|may|must|"
    r"will|would|has|have)\s+(?!you\b)\w"
    r"|\b(?:ok|okay|alright|all right|safe|allowed)\s*(?:\?|to\b|for\b|with\b|in\b|if\b)"
    r"|\b(?:yes or no|ok or not|or not\?)"
    # "I've got gout can I take ibuprofen", and nothing before it asks what or how much.
    r"|(?:^|[.?!:;,]\s)(?![^.?!:;,]*\b(?:what|which|how|when|where|why|who)\b)[^.?!:;,]*"
    r"\bcan i (?:still )?(?:take|have|use) \w",
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
    childbearing: Pattern[str]  # women who may become pregnant
    leave: Pattern[str]  # what allows a thing
    exception: Pattern[str]  # what makes a ban or leave no plain one
    about_tables: Pattern[str]  # a sentence on what a table holds
    no_dose: Pattern[str]  # headings under which amounts are no advice
    aims: Pattern[str]  # headings over what a treatment is to reach
    harms: Pattern[str]  # headings over what goes wrong
    prevents: Pattern[str]  # headings over what keeps an illness off
    content: Pattern[str]  # what a product holds is no dose
    weak_dose: Pattern[str]  # asks for a dose where nothing else is asked
    urgent: Pattern[str]  # asks for the first thing to do
    immediate: Pattern[str]  # tells the first thing to do
    of_level: Pattern[str]  # asks how much of a drug should be in the blood
    level: Pattern[str]  # tells how much of a drug is in the blood
    modal: Pattern[str]  # "can she", "should I take": asks for leave only in a yes/no question
    asking_words: frozenset[str]
    generic_words: frozenset[str]
    circumstances: frozenset[str]  # conditions that change a dose and are not what it treats
    features: frozenset[str]  # symptoms and signs
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
        childbearing=_pattern(statement["childbearing"]),
        leave=_pattern(statement["leave"]),
        exception=_pattern(statement["exception"]),
        about_tables=_pattern(statement["about_tables"]),
        no_dose=_pattern(statement["no_dose"]),
        aims=_pattern(statement["aims"]),
        harms=_pattern(statement["harms"]),
        prevents=_pattern(statement["prevents"]),
        content=_pattern(statement["content"]),
        weak_dose=_pattern(question["weak_dose"]),
        urgent=_pattern(question["urgent"]),
        immediate=_pattern(statement["immediate"]),
        of_level=_pattern(question["of_level"]),
        level=_pattern(statement["level"]),
        modal=_pattern(question["modal"]),
        asking_words=frozenset(question["words"]["asking"]),
        generic_words=frozenset(question["words"]["generic"]),
        circumstances=frozenset(question["words"]["circumstances"]),
        features=frozenset(question["words"]["features"]),
        heading_words=frozenset(question["words"]["heading"]),
    )


def _pattern(alternatives: list[str]) -> Pattern[str]:
    return lazy(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)
