"""The word lists of the gate, read once from `data/`."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import Stemmer

from osler.patterns import lazy

_stemmer = Stemmer.Stemmer("english")

# British to American, so that both spellings share a stem.
_SPELLING = tuple(
    (lazy(pattern), replacement)
    for pattern, replacement in (
        (r"sulph", "sulf"),
        (r"aem(?=i|o|a)", "em"),
        (r"^oe", "e"),
        (r"rrhoe", "rrhe"),
        (r"(?<=.)ae(?=[a-z])", "e"),
        (r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$)", "or"),
        (r"is(?=e$|es$|ed$|ing$|ation$)", "iz"),
        (r"^foet", "fet"),
        (r"(?<=l)l(?=ed$|ing$)", ""),
        (r"(?<=[a-z]{2})tre(?=s?$)", "ter"),
    )
)


def american(word: str) -> str:
    """One lower-case word as it is spelt in America: "haemolysed" is "hemolyzed"."""
    for pattern, replacement in _SPELLING:
        word = pattern.sub(replacement, word)
    return word


@cache
def stem(word: str) -> str:
    """The stem of one lower-case word, British and American spellings alike."""
    stemmed: str = _stemmer.stemWord(american(word))
    return stemmed


def rows(name: str) -> list[list[str]]:
    """The tab-separated rows of one list in `data/`, comments left out."""
    text = Path(__file__).with_name("data").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


Phrases = dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]


@cache
def concepts() -> Phrases:
    """First word -> (words, kind, key), the longest phrase first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for kind, key, surfaces in rows("concepts.tsv"):
        for surface in surfaces.split("|"):
            words = tuple(surface.split())
            found.setdefault(words[0], []).append((words, kind, key))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in found.items()
    }


@cache
def units() -> dict[tuple[str, ...], tuple[str, Decimal]]:
    """The words of a unit -> (base unit, factor to it)."""
    return {
        tuple(surface.split()): (base, Decimal(factor))
        for base, factor, surfaces in rows("units.tsv")
        for surface in surfaces.split("|")
    }


@cache
def neutral() -> frozenset[str]:
    """Words of general English that a claim may add."""
    return frozenset(word for (line,) in rows("neutral.txt") for word in line.split())


@cache
def salts() -> tuple[frozenset[str], frozenset[str]]:
    """Stems of words that name a salt or ester: those of a depot, and all."""
    depot, plain = (frozenset(map(stem, line.split())) for (line,) in rows("salts.txt"))
    return depot, depot | plain


@cache
def synonyms() -> dict[str, frozenset[int]]:
    """Stem -> the numbers of the synonym sets it belongs to."""
    found: dict[str, set[int]] = {}
    for number, (line,) in enumerate(rows("synonyms.txt")):
        for word in line.split():
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Stem -> the stems of words that say the opposite of it."""
    found: dict[str, set[str]] = {}
    for ours, theirs in rows("opposites.tsv"):
        for one, other in ((ours, theirs), (theirs, ours)):
            for word in one.split():
                found.setdefault(stem(word), set()).update(stem(w) for w in other.split())
    return {word: frozenset(stems) for word, stems in found.items()}


@cache
def denied_by(word: str) -> str | None:
    """What a lower-case word denies by its prefix: "treated" of "untreated"."""
    anywhere, excepted, denying = _denials()
    if word in excepted:
        return None
    for prefix in (*anywhere, *(_PREFIXES if word in denying else ())):
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_DENIED:
            return word.removeprefix(prefix)
    return None


_PREFIXES = ("in", "im", "ir", "il", "dis", "mal", "ab", "a")
_SHORTEST_DENIED = 3  # letters: "unfit"


@cache
def _denials() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Prefixes that deny any word; words that only look like it; words of other prefixes."""
    (prefixes,), (excepted,), *others = rows("denials.txt")
    denying = (word for (line,) in others for word in line.split())
    return tuple(prefixes.split()), frozenset(excepted.split()), frozenset(map(american, denying))
