"""Conditions and procedures: names, abbreviations and what they are kinds of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from osler.statements.lexicon import Found, Lexicon

# Abbreviations that are also English words when not in capitals.
_WORDS_TOO = frozenset(
    {"all", "aids", "it", "as", "ms", "ra", "hit", "pa", "pad", "cap", "cad", "sam"}
)


@dataclass(frozen=True, slots=True)
class _Terms:
    lexicon: Lexicon
    kinds: dict[str, str]
    broader: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]


@cache
def _terms() -> _Terms:
    lexicon = Lexicon()
    kinds: dict[str, str] = {}
    broader: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    text = Path(__file__).with_name("data").joinpath("conditions.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, kind, synonyms, above = line.split("\t")
        kinds[name] = kind
        broader[name] = tuple(above.split("|")) if above else ()
        names[name] = tuple(s for s in synonyms.split("|") if s)
        lexicon.add(name, name)
        for synonym in names[name]:
            lexicon.add(synonym, name, upper=synonym.isupper())
    return _Terms(lexicon, kinds, broader, names)


@lru_cache(maxsize=256)
def find_conditions(text: str, *, any_case: bool = False) -> tuple[Found, ...]:
    """Find conditions and procedures; `any_case` takes abbreviations in small letters too."""
    found = _terms().lexicon.find(text, any_case=any_case)
    if not any_case:
        return tuple(found)
    return tuple(f for f in found if f.text.lower() not in _WORDS_TOO or f.text.isupper())


def kind_of(name: str) -> str:
    """Give "condition" or "procedure" for a canonical name ("condition" where unknown)."""
    return _terms().kinds.get(name, "condition")


def canonical_condition(text: str) -> str:
    """Give the canonical name of a condition or procedure, else the text in lower case."""
    return _terms().lexicon.get(text) or text.strip().lower()


def condition_synonyms(name: str) -> tuple[str, ...]:
    """Give the other names of a condition or procedure."""
    return _terms().names.get(canonical_condition(name), ())


def is_a(name: str, broad: str) -> bool:
    """Say whether `name` is `broad` or a kind of it ("acute otitis media" is "otitis media")."""
    return name == broad or any(is_a(above, broad) for above in _terms().broader.get(name, ()))
