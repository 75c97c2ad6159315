"""The words and figures of a question, as a model's proposal is compared by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from osler.checking import lexicon
from osler.writing.neutral import exchanges

# "B12" is one word, "61kg" a figure and its unit, "don't" one word, "non-pregnant" two.
_TOKEN = re.compile(
    r"(?P<number>(?<![^\W_])\d+(?:[.,]\d+)*)|"
    r"(?P<word>[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*|%)|(?P<mark>[^\w\s])"
)
_PAUSE = frozenset(".,;:?!()")
_DENIES = re.compile(r"(?:not|no|never|without|non|cannot|nor|neither|none|except|\w+n['’]t)")
_REACH = 3  # words that a "not" may deny


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, and the unit right behind it: "kg", "mg/kg"; "" for none."""

    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """Stems of the words of a text, which of them are denied, and its figures."""

    words: frozenset[str]
    denied: frozenset[str]
    said: frozenset[str]  # at least once without a denial
    figures: frozenset[Figure]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers alone."""
        return frozenset(figure.number for figure in self.figures)


@lru_cache(maxsize=1024)
def spelled(text: str) -> Spelled:
    """The words and figures of a text."""
    words: set[str] = set()
    denied: set[str] = set()
    said: set[str] = set()
    left = 0  # words that the last denial still reaches
    for match in _TOKEN.finditer(text.lower()):
        if match["mark"]:
            left = 0 if match["mark"] in _PAUSE else left
        elif match["word"]:
            stem = stem_of(match["word"])
            words.add(stem)
            if _DENIES.fullmatch(match["word"]):
                left = _REACH
                continue
            (denied if left else said).add(stem)
            left = max(left - 1, 0)
    return Spelled(
        frozenset(words), frozenset(denied), frozenset(said), frozenset(_figures(text.lower()))
    )


def together(texts: Iterable[str]) -> Spelled:
    """The words and figures of several texts, none of which is read into the next."""
    found = [spelled(text) for text in texts]
    return Spelled(
        frozenset().union(*(s.words for s in found)),
        frozenset().union(*(s.denied for s in found)),
        frozenset().union(*(s.said for s in found)),
        frozenset().union(*(s.figures for s in found)),
    )


@lru_cache(maxsize=4096)
def stem_of(word: str) -> str:
    """What a word is compared by, in small letters: inflections and spellings count as one."""
    found = lexicon.stem(word)
    return exchanges().get(found, found)


def _figures(text: str) -> Iterator[Figure]:
    tokens = list(_TOKEN.finditer(text))
    for at, match in enumerate(tokens):
        if match["number"]:
            yield Figure(match["number"], _unit(tokens[at + 1 :]))


def _unit(behind: Sequence[re.Match[str]]) -> str:
    """The words of a unit: "mg", "mg/kg/day" and "mg per kg", both with strokes; "" for none."""
    words: list[str] = []
    for match in behind:
        if match["word"] and match["word"] != "per" and not (words and words[-1] != "/"):
            words.append(stem_of(match["word"]))
        elif words and words[-1] != "/" and match.group() in ("/", "per"):
            words.append("/")
        else:
            break
    return "".join(words).rstrip("/")
