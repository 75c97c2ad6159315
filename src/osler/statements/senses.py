"""Abbreviations with two senses: "ARF" is of the kidneys, and beside carditis rheumatic fever."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from osler.statements.lexicon import Found

_NO_CONDITION = "-"


def in_their_sense(found: list[Found], text: str) -> list[Found]:
    """Give what was found with each abbreviation in the sense that its text tells of.

    The lexicon has the usual sense; the other one is taken where words around speak for it.
    """
    read = (_in_its_sense(each, text) for each in found)
    return [each for each in read if each.name != _NO_CONDITION]


def _in_its_sense(found: Found, text: str) -> Found:
    for name, words in _senses().get(found.text.upper(), ()):
        around = f"{text[: found.start]} {text[found.end :]}"
        if words.search(around):
            return replace(found, name=name)
    return found


@cache
def _senses() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    senses: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    lines = Path(__file__).with_name("data").joinpath("senses.tsv").read_text("utf-8")
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            short, name, words = line.split("\t")
            words = rf"\b(?:{words})"
            senses.setdefault(short, []).append((name, re.compile(words, re.IGNORECASE)))
    return senses
