"""Short forms that only a question writes, read by the words around them; kept as data.

An abbreviation with several meanings is read where the question's other words speak for one of
them; where they speak for none, or for two alike, it is left as written. What was read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from osler.patterns import lazy
from osler.statements.words.cutting import split

_UNREAD = "-"
_ALWAYS = "*"
_VALUE = lazy(
    r"(?<![\w-])(?<!vitamin )(?<!vit )(?P<symbol>K\+?|Na\+?|Mg|Ca|(?i:potassium|sodium|"
    r"magnesium|calcium))"
    r"\s*(?:is|of|now|=|:)?\s*"
    r"(?P<n>\d{1,3}(?:\.\d+)?)(?!\.?\d|%|\s*(?:m?c?g|ml|tablets?|units?|mmol(?!\s*/)|/)\b|\s*-\s*\d)"
)

_AMOUNT = lazy(r"(?<![/\d])\d+(?:\.\d+)?\s*$")
_SYMBOLS = {"potassium": "K", "sodium": "Na", "magnesium": "Mg", "calcium": "Ca"}


@dataclass(frozen=True, slots=True)
class _Meaning:
    name: str
    cues: tuple[str, ...]


def read_shorthand(question: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give the question with its short forms written out, and the (typed, understood) pairs."""
    found = sorted((*_values(question), *_words(question)), key=lambda f: (f[0], -f[1]))
    pieces: list[str] = []
    read: dict[tuple[str, str], None] = {}
    at = 0
    for start, end, meaning in found:
        if start >= at:
            pieces += [question[at:start], meaning]
            read[question[start:end], meaning] = None
            at = end
    return "".join([*pieces, question[at:]]), tuple(read)


def _words(question: str) -> Iterator[tuple[int, int, str]]:
    for match in _pattern().finditer(question):
        name = _meaning(match, question)
        if name is not None:
            yield match.start(), match.end(), name


def _meaning(match: re.Match[str], question: str) -> str | None:
    """The meaning with most cues in the question, or None."""
    before = split(question[: match.start()])
    words = {*before, *split(question[match.end() :])}
    if _AMOUNT.search(question, 0, match.start()):
        return None  # "500 Mg"
    previous = before[-1] if before else ""
    scored = [
        (sum(_stands(cue, words, previous) for cue in meaning.cues), meaning)
        for meaning in _meanings()[match.group()]
    ]
    best = max(score for score, _ in scored)
    if best == 0:
        chosen = [meaning for _, meaning in scored if _ALWAYS in meaning.cues]
    else:
        chosen = [meaning for score, meaning in scored if score == best]
    return chosen[0].name if len(chosen) == 1 and chosen[0].name != _UNREAD else None


def _stands(cue: str, words: set[str], previous: str) -> bool:
    if cue == _ALWAYS:
        return False
    if cue.startswith("<"):
        return cue[1:] == previous
    if cue.endswith("*"):
        return any(word.startswith(cue[:-1]) for word in words)
    return set(split(cue)) <= words


def _values(question: str) -> Iterator[tuple[int, int, str]]:
    """Electrolytes out of range: "K 2.7" is hypokalaemia."""
    for match in _VALUE.finditer(question):
        low, high, below, lowered, above, raised = _electrolytes()[
            _SYMBOLS.get(match["symbol"].lower(), match["symbol"])
        ]
        value = float(match["n"])
        name = lowered if value < below else raised if value > above else ""
        if name and low <= value <= high:
            yield match.start(), match.end(), f"{name} ({match.group()})"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_meanings(), key=lambda short: -len(short))
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, list[_Meaning]]:
    found: dict[str, list[_Meaning]] = {}
    for short, name, cues in _rows("shorthand.tsv"):
        found.setdefault(short, []).append(_Meaning(name, tuple(cues.split("|"))))
    return found


@lru_cache(maxsize=1)
def _electrolytes() -> dict[str, tuple[float, float, float, str, float, str]]:
    return {
        symbol: (float(low), float(high), float(below), name, float(above or "inf"), raised)
        for symbol, low, high, below, name, above, raised in _rows("electrolytes.tsv")
    }


def _rows(file: str) -> Iterator[list[str]]:
    text = Path(__file__).parents[1].joinpath("data", file).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
