"""Conditions, procedures and tests: names, abbreviations and what they are kinds of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from osler.patterns import lazy
from osler.statements.vocabulary.senses import in_their_sense
from osler.statements.words.cutting import split
from osler.statements.words.lexicon import Found, Lexicon
from osler.statements.words.ordinary import ordinary_words

# In small letters more often another abbreviation or a unit than a condition.
_AMBIGUOUS = frozenset({"ms", "ra", "pa", "cad", "ed", "cm", "hr", "hrs"})


@dataclass(frozen=True, slots=True)
class _Terms:
    lexicon: Lexicon  # conditions and procedures
    tests: Lexicon
    kinds: dict[str, str]
    broader: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]


def _text() -> str:
    return Path(__file__).parents[1].joinpath("data", "conditions.tsv").read_text("utf-8")


@cache
def _terms() -> _Terms:
    lexicon, tests = Lexicon(), Lexicon()
    kinds: dict[str, str] = {}
    broader: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for line in _text().splitlines():
        if not line or line.startswith("#"):
            continue
        name, kind, synonyms, above = line.split("\t")
        kinds[name] = kind
        broader[name] = tuple(above.split("|")) if above else ()
        names[name] = tuple(s for s in synonyms.split("|") if s)
        entered = tests if kind == "test" else lexicon
        entered.add(name, name)
        for synonym in names[name]:
            entered.add(synonym, name, upper=synonym.isupper())
    for name, kind in kinds.items():
        if kind == "condition":
            for several in _plurals((name, *names[name])):
                lexicon.add(several, name)  # what the data lists stays as it is
    return _Terms(lexicon, tests, kinds, broader, names)


# "Lymphomas", "pelvic inflammatory diseases": a title. A single short word in the plural is
# mostly another word ("falls", "fits", "burns").
_SHORTEST = 7  # letters of a single word
_ENDING = (("sis", "ses"), ("culus", "culi"), ("y", "ies"), ("", "s"))


def _plurals(names: tuple[str, ...]) -> list[str]:
    """The plural of each name that has one by its ending."""
    plurals = []
    for name in names:
        single = " " not in name
        if name.isupper() or not name[-1:].isalpha():
            continue
        if single and (len(name) < _SHORTEST or name.endswith(("ing", "ed"))):
            continue
        if name.endswith(("ss", "us", "itis", "ies", "s")) and not name.endswith(("sis", "culus")):
            continue
        stem, ending = next((name[: len(name) - len(o)], m) for o, m in _ENDING if name.endswith(o))
        several = stem + ending
        if not name.endswith(("ay", "ey", "oy")) and several not in ordinary_words():
            plurals.append(several)
    return plurals


@lru_cache(maxsize=4096)
def find_conditions(text: str, *, any_case: bool = False) -> tuple[Found, ...]:
    """Find conditions and procedures; `any_case` takes abbreviations in small letters too."""
    return _found(_terms().lexicon, text, any_case)


@lru_cache(maxsize=4096)
def find_tests(text: str, *, any_case: bool = False) -> tuple[Found, ...]:
    """Find laboratory and other tests; `any_case` takes abbreviations in small letters too.

    A test says nothing of whom a text is about, so `find_conditions` leaves tests out.
    """
    return _found(_terms().tests, text, any_case)


# "Hip or knee replacement", "upper/lower urinary tract infection": the word before the link.
_LINKED = lazy(r"([\w-]+)\s*(?:,|/|\bor\b|\band\b|\band/or\b)\s*$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def conditions_told(text: str, *, any_case: bool = False) -> tuple[Found, ...]:
    """Find conditions and procedures, those too that share the last words of the one after them.

    Of "hip or knee replacement" the first has "hip" for its words.
    """
    found = find_conditions(text, any_case=any_case)
    several = [term for term in found if " " in term.text]
    shared = [each for term in several for each in _sharing(_terms().lexicon, text, term)]
    return tuple(sorted((*found, *shared), key=lambda term: term.start)) if shared else found


def _sharing(lexicon: Lexicon, text: str, term: Found) -> list[Found]:
    """The names of which only the first word stands before one of several words."""
    parts = term.text.split(" ")
    found: list[Found] = []
    at = term.start
    while len(parts) > 1 and (linked := _LINKED.search(text, max(0, at - 40), at)):
        name = lexicon.get(" ".join((linked[1], *parts[1:])))
        if name is None or name == term.name or lexicon.get(linked[1]) is not None:
            break
        at = linked.start()
        found.append(Found(name, at, linked.end(1), linked[1]))
    return found


# "Low risk of stroke", "to prevent Wernicke's encephalopathy": nobody there has it.
_FEARED = lazy(
    r"\b(?:risks?|chance|danger)\s+(?:of|for)\s+(?:developing\s+|an?\s+|the\s+|future\s+)*$"
    r"|\b(?:prevent(?:s|ing|ion\s+of)?|prophylaxis\s+(?:of|against|for))\s+"
    r"(?:(?:an?|the|further|recurrent|developing)\s+)*$",
    re.IGNORECASE,
)


def is_feared(text: str, start: int) -> bool:
    """Whether the condition that stands at `start` is one that somebody may get, and has not."""
    return _FEARED.search(text, max(0, start - 60), start) is not None


def _found(lexicon: Lexicon, text: str, any_case: bool) -> tuple[Found, ...]:
    words = ordinary_words() | _AMBIGUOUS if any_case else frozenset()
    found = lexicon.find(text, any_case=any_case, words=words)
    return tuple(in_their_sense(found, text))


def kind_of(name: str) -> str:
    """Give "condition", "procedure" or "test" for a canonical name ("condition" if unknown)."""
    return _terms().kinds.get(name, "condition")


def canonical_condition(text: str) -> str:
    """Give the canonical name of a condition or procedure, else the text in lower case."""
    return _terms().lexicon.get(text) or text.strip().lower()


def canonical_test(text: str) -> str:
    """Give the canonical name of a test, else the text in lower case."""
    return _terms().tests.get(text) or text.strip().lower()


def condition_synonyms(name: str) -> tuple[str, ...]:
    """Give the other names of a condition or procedure."""
    return _terms().names.get(canonical_condition(name), ())


def words_of_conditions() -> set[str]:
    """Give the words of all names of conditions, procedures and tests, in lower case."""
    return set(split(_text()))


@lru_cache(maxsize=4096)
def broader_names(name: str) -> tuple[str, ...]:
    """Give the conditions that one is a kind of, directly or through others."""
    above = _terms().broader.get(name, ())
    return tuple(dict.fromkeys((*above, *(far for near in above for far in broader_names(near)))))


@lru_cache(maxsize=4096)
def narrower_names(name: str) -> tuple[str, ...]:
    """Give the conditions that are kinds of one, directly or through others."""
    return tuple(other for other in _terms().broader if name in broader_names(other))


def is_of_pregnancy(name: str) -> bool:
    """Say whether only the pregnant have a condition: "pre-eclampsia"."""
    return name in _of_pregnancy()


@cache
def _of_pregnancy() -> frozenset[str]:
    lines = Path(__file__).parents[1].joinpath("data", "of_pregnancy.txt").read_text("utf-8")
    return frozenset(line for line in lines.splitlines() if line and not line.startswith("#"))


def is_a(name: str, broad: str) -> bool:
    """Say whether `name` is `broad` or a kind of it ("acute otitis media" is "otitis media")."""
    return name == broad or broad in broader_names(name)
