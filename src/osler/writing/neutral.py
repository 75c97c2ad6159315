"""The closed lists of what a wording may add, leave out or exchange (`data/neutral.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from osler.checking import lexicon

_FILE = Path(__file__).with_name("data") / "neutral.toml"


@cache
def small() -> frozenset[str]:
    """Words that come and go freely, in small letters."""
    return frozenset(_lists()["small"].split())


@cache
def acts() -> frozenset[str]:
    """Words of giving, taking and dosing, in small letters."""
    return frozenset(_lists()["acts"].split())


@cache
def exchanges() -> dict[str, str]:
    """The stem of a word → the stem of the first word of its line, for which it may stand."""
    found: dict[str, str] = {}
    for line in _lists()["exchanges"]:
        first, *others = (lexicon.stem(word) for word in line.split())
        for stem in (first, *others):
            found[stem] = first
    return found


def told_apart(text: str) -> str:
    """A word that denies, directs or tells when, as the first of those that say the same."""
    stems = _stems(text)
    return _same().get(stems, stems)


@cache
def _same() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lists()["same"]:
        first, *others = (_stems(words) for words in line.split("|"))
        for stems in (first, *others):
            found[stems] = first
    return found


@lru_cache(maxsize=4096)
def _stems(text: str) -> str:
    return " ".join(lexicon.stem(word) for word in text.lower().replace("’", "'").split())


@cache
def generic_heads() -> frozenset[str]:
    """Heads of a table's columns that a sentence may do without, in small letters."""
    return frozenset(_lists()["heads"]["generic"])


@lru_cache(maxsize=4096)
def in_short(text: str) -> str:
    """The text with each phrase as the one of its line that stands for all."""
    pattern, short = _phrases()
    return pattern.sub(lambda match: short[" ".join(match.group().lower().split())], text)


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    lines: dict[str, list[str]] = _lists()["phrases"]
    short = {phrase.lower(): first for first, phrases in lines.items() for phrase in phrases}
    longest_first = sorted(short, key=len, reverse=True)
    any_of = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])(?!\s+{_COMPARED})", re.I), short


_COMPARED = r"(?:more|less|fewer|higher|lower|longer|other|later)\b"  # "if there is no more than"


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
