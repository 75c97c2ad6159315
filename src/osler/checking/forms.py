"""The words of tokens in full, as stems leave out what tells a word from its opposite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from osler.checking import lexicon
from osler.checking.tokens import Kind, Token
from osler.patterns import lazy

_WORDS = lazy(r"(?:non[\s-]+)?[^\W\d_]+")
_KINDS = frozenset((Kind.WORD, Kind.NEUTRAL, Kind.SUBSTANCE))
_PASSED_OVER = frozenset(("well", "yet", "been", "being", "be", "fully", "a", "an", "the"))


@dataclass(frozen=True, slots=True)
class Form:
    """A word as in America and in the singular; whether a "not" stands before it."""

    word: str
    text: str
    is_denied: bool


def forms(tokens: Iterable[Token]) -> Iterator[Form]:
    """The words among tokens that no list gives a kind of their own, in reading order."""
    is_denied = False
    for token in tokens:
        if token.kind is Kind.NEGATION:
            is_denied = token.key == "not"
            continue
        text = token.text.lower()
        if token.kind in _KINDS:
            for word in _WORDS.findall(text):
                yield Form(_form(word), token.text, is_denied)
        is_denied = is_denied and text in _PASSED_OVER


@lru_cache(maxsize=8192)
def _form(word: str) -> str:
    return lexicon.american(word.replace("-", "").replace(" ", "")).removesuffix("s")
