"""What is in a medicine, by its names and its codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from osler.pathways.substances import ATC
from osler.statements.vocabulary.substances import base_of, find_substances
from osler.statements.words.cutting import split

_SYSTEMS = {"urn:oid:2.16.840.1.113883.6.73": ATC}
_LONGEST = 3  # words of a brand name
_RUN_ON = re.compile(r"(?<=[^\W\d_]{4})(?=\d)")
_B12 = re.compile(r"\bb-12\b|^b 12\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def spaced(name: str) -> str:
    """A name as its words are looked up: "Metformin500mg" is two words, "B-12" is one."""
    return _B12.sub("B12", _RUN_ON.sub(" ", name))


def ingredients(names: Iterable[str], codings: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is in a product of these names and codes; empty where nothing of it is known."""
    codes = _tables()[0]
    found: dict[str, None] = {}
    for coding in codings:
        system = str(coding.get("system"))
        key = _SYSTEMS.get(system, system), str(coding.get("code"))
        found |= dict.fromkeys(codes.get(key, ()))
    for name in names:
        found |= dict.fromkeys(_by_name(spaced(name)))
    return list(found)


def single_strengths(names: Iterable[str]) -> tuple[str, ...]:
    """The strength of products that there are in one alone, with their names ("Cyanokit 5 g")."""
    return tuple(found for name in names if (found := _single_strength(name)))


@lru_cache(maxsize=4096)
def _single_strength(name: str) -> str:
    words = split(name.lower())
    return next((f"{w} {s}" for w, s in _tables()[2].items() if w in words), "")


def brands_of(substance: str) -> Iterator[str]:
    """The names of products that hold a substance, or a form of it."""
    for name, held in _tables()[1].items():
        if substance in map(base_of, held):
            yield name


@lru_cache(maxsize=4096)
def _by_name(name: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for named in find_substances(name):
        found |= {named.name: None, base_of(named.name): None}
    brands, words = _tables()[1], split(name.lower())
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            found |= dict.fromkeys(brands.get(" ".join(words[start:end]), ()))
    return tuple(found)


@cache
def _tables() -> tuple[
    dict[tuple[str, str], tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, str]
]:
    """Ingredients by system and code, and by the words of a name; strengths by name."""
    text = Path(__file__).with_name("data").joinpath("ingredients.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    strengths = {name: strength for s, name, strength in rows if s == "strength"}
    brands = {name: tuple(held.split("|")) for s, name, held in rows if s == "name"}
    codes = {
        (s, code): tuple(held.split("|")) for s, code, held in rows if s not in ("name", "strength")
    }
    return codes, brands, strengths
