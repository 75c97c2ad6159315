"""The plain-language glossary: which plain phrase stands for which clinical terms.

It is packaged text, one file a subject: `plain phrase = [terms]`, so that all terms of a line
mean the same and no phrase stands for two things. It is read both ways: a term is put in plain
words for a reader, and a plain phrase is read back to its term for the gate.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

# Words with their hyphens and apostrophes; dotted abbreviations ("b.d.") are one word.
WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[\w&]+(?:[-'’.](?=\w)[\w&]+)*")
_FOLDER = Path(__file__).with_name("data") / "glossary"
_CONTEXTS = _FOLDER.parent / "contexts.toml"
_WRITTEN_OUT = "written_out"


@dataclass(frozen=True, slots=True)
class Context:
    """Words around a term that show in which sense it stands."""

    beside: re.Pattern[str] | None = None
    not_beside: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    opens: re.Pattern[str] | None = None

    def shows(self, text: str, start: int) -> bool:
        """Whether a term at `start` of a text stands in the sense of the glossary."""
        return (
            (self.beside is None or self.beside.search(text) is not None)
            and (self.not_beside is None or self.not_beside.search(text) is None)
            and (self.after is None or self.after.search(text[:start]) is not None)
            and (self.opens is None or self.opens.match(text, start) is not None)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One term and what it is put as."""

    term: str
    plain: str
    words: tuple[str, ...]  # of the term, lower case
    beside_a_dose: bool = False  # only where no noun follows
    in_brackets: bool = False  # the term stays, and the plain words follow it in brackets
    is_time: bool = False  # says how often or when
    context: Context | None = None  # where it is read in this sense, if it has others

    @property
    def is_exact(self) -> bool:
        """Whether it is read in these capitals only: "IM", "MI"."""
        return len(self.words) == 1 and self.term[:1].isupper()


Index = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry where it stands in a text."""

    entry: Entry
    start: int
    end: int


@cache
def plain_words() -> Index:
    """Clinical terms by their first word, the longest first."""
    return _index(e for name in _files() if name != _WRITTEN_OUT for e in _entries(name))


@cache
def written_out() -> Index:
    """Abbreviations and Latin by their first word."""
    return _index(_entries(_WRITTEN_OUT))


@cache
def clinical_terms() -> tuple[Index, Mapping[str, tuple[str, ...]]]:
    """Plain phrases and words in full by their first word, and the terms each stands for.

    Not those that say how or how often: the gate reads these itself.
    """
    terms: dict[str, list[str]] = {}
    for name in _files():
        for entry in _entries(name):
            if entry.beside_a_dose or entry.in_brackets or entry.is_time:
                continue
            terms.setdefault(entry.plain.lower(), []).append(entry.term)
    index = _index(Entry(plain, plain, _words(plain)) for plain in terms)
    return index, {plain: tuple(dict.fromkeys(each)) for plain, each in terms.items()}


def entries() -> tuple[Entry, ...]:
    """Every entry, in the order of the files."""
    return tuple(entry for name in _files() for entry in _entries(name))


def find(text: str, index: Index) -> Iterator[Match]:
    """The entries that stand in a text, in reading order; of two the longest."""
    words = list(WORD.finditer(text))
    small = [word.group().lower() for word in words]
    position = 0
    while position < len(words):
        for entry in index.get(small[position], ()):
            last = position + len(entry.words)
            if tuple(small[position:last]) == entry.words and _stands(
                text, words[position:last], entry
            ):
                yield Match(entry, words[position].start(), words[last - 1].end())
                break
        else:
            last = position + 1
        position = last


def _stands(text: str, found: list[re.Match[str]], entry: Entry) -> bool:
    """Whether an entry's words stand together, and in its capitals where these matter."""
    if entry.is_exact and found[0].group() != entry.term:
        return False
    if entry.context is not None and not entry.context.shows(text, found[0].start()):
        return False
    return all(_is_gap(text[a.end() : b.start()]) for a, b in pairwise(found))


def _is_gap(between: str) -> bool:
    """Whether words are apart by blanks alone; a bracket opens within a gloss of ours."""
    return not between.strip(" (")


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in WORD.findall(phrase))


def _index(found: Iterable[Entry]) -> Index:
    index: dict[str, list[Entry]] = {}
    for entry in found:
        index.setdefault(entry.words[0], []).append(entry)
    return {
        first: tuple(sorted(each, key=lambda e: (-len(e.words), e.in_brackets)))
        for first, each in index.items()
    }


def _files() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def _contexts() -> Mapping[str, Context]:
    """The contexts of ambiguous terms, by the term."""
    tables = tomllib.loads(_CONTEXTS.read_text("utf-8"))
    tables.pop("version")
    terms = {term for table in tables.values() for term in table}
    return {
        term: Context(
            **{
                kind: re.compile(table[term], re.IGNORECASE)
                for kind, table in tables.items()
                if term in table
            }
        )
        for term in sorted(terms)
    }


@cache
def _entries(name: str) -> tuple[Entry, ...]:
    tables = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    tables.pop("version")
    return tuple(
        Entry(
            term,
            plain,
            _words(term),
            beside_a_dose=kind == "beside_a_dose",
            in_brackets=kind == "in_brackets",
            is_time=kind == "times",
            context=_contexts().get(term),
        )
        for kind, lines in tables.items()
        for plain, terms in lines.items()
        for term in terms
    )
