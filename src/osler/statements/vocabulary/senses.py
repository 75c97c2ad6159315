"""Abbreviations with two senses: "ARF" is of the kidneys, and beside carditis rheumatic fever."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from osler.statements.words.lexicon import Found

_NO_CONDITION = "-"


def in_their_sense(found: list[Found], text: str) -> list[Found]:
    """Give what was found with each abbreviation in the sense that its text tells of.

    The lexicon has the usual sense; the other one is taken where words around speak for it.
    """
    read = (_in_its_sense(each, text) for each in found)
    return [each for each in read if each.name != _NO_CONDITION]


def _in_its_sense(found: Found, text: str) -> Found:
    for name, words, against in _senses().get(found.text.upper(), ()):
        if words.search(text) and not (against and against.search(text)):
            return replace(found, name=name)
    return found


_Sense = tuple[str, re.Pattern[str], re.Pattern[str] | None]


@cache
def _senses() -> dict[str, list[_Sense]]:
    senses: dict[str, list[_Sense]] = {}
    lines = Path(__file__).parents[1].joinpath("data", "senses.tsv").read_text("utf-8")
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            short, name, words, against = line.split("\t")
            sense = name, _any_of(words), _any_of(against) if against else None
            senses.setdefault(short, []).append(sense)
    return senses


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)
