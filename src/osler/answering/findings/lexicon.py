"""The words by which reports state results; kept as data in `data/findings.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from re import Pattern

from osler.library.terms import terms


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled patterns over plain text (see `osler.answering.findings.report.plain`)."""

    none: Pattern[str]
    between_arms: Pattern[str]
    own: Pattern[str]
    back: Pattern[str]
    up: Pattern[str]
    down: Pattern[str]
    better: Pattern[str]
    worse: Pattern[str]
    weak: Pattern[str]
    lessened: Pattern[str]
    change_after: Pattern[str]  # "greater reduction"; groups: degree, and the way of the change
    change_before: Pattern[str]  # "the reduction in pain was greater"; the same groups
    asked_change: Pattern[str]  # the verb or adjective of a question
    reference: Pattern[str]
    leading_reference: Pattern[str]
    unwanted: Pattern[str]
    intervention_names: frozenset[str]  # index terms
    comparator_names: frozenset[str]
    significance: Pattern[str]
    interval: Pattern[str]
    arm: Pattern[str]
    elsewhere: Pattern[str]
    parts: tuple[tuple[str, Pattern[str]], ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words, read once."""
    path = Path(__file__).with_name("data") / "findings.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    cues, arms, signs = data["cues"], data["arms"], data["signs"]
    change = "|".join(
        f"(?P<{way}>{'|'.join(cues[f'change_{way}'])})" for way in ("up", "down", "better", "worse")
    )
    degree = f"(?P<degree>{'|'.join(cues['magnified'] + cues['lessened'])})"
    return Lexicon(
        none=_any(cues["none"]),
        between_arms=_any(cues["between_arms"]),
        own=_any(cues["own"]),
        back=_any(cues["back"]),
        up=_any(cues["up"]),
        down=_any(cues["down"]),
        better=_any(cues["better"]),
        worse=_any(cues["worse"]),
        weak=_any(cues["weak"]),
        lessened=_any(cues["lessened"]),
        change_after=re.compile(rf"\b{degree}\s+(?:\w+\s+){{0,2}}?(?:{change})\b"),
        change_before=re.compile(
            rf"\b(?:{change})\b[^;:.()]{{0,80}}?\b(?:was|were|is|are)\s+(?:\w+\s+){{0,2}}?{degree}\b"
        ),
        asked_change=_any(
            cues["up"] + cues["down"] + cues["better"] + cues["worse"] + cues["asked"]
        ),
        reference=_any(cues["reference"]),
        leading_reference=_any(cues["leading_reference"]),
        unwanted=_any(cues["unwanted"]),
        intervention_names=frozenset(terms(" ".join(arms["intervention"]))),
        comparator_names=frozenset(terms(" ".join(arms["comparator"]))),
        significance=_any(signs["significance"]),
        interval=_any(signs["interval"]),
        arm=_any(signs["arm"]),
        elsewhere=_any(signs["elsewhere"]),
        parts=tuple((name, _any(words)) for name, words in data["parts"].items()),
    )


def _any(alternatives: list[str]) -> Pattern[str]:
    # A trailing look-ahead or full stop is no word, so the end is "no letter follows".
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)")
