"""A text as words, numbers and marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from osler.patterns import lazy

_LEXEME = lazy(
    r"""\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?:[.·]\d+)?(?!\d)|\d{1,3}(?:\ 000)+(?!\d)
      |\d+(?:[.·]\d+)?|(?<![\d\w])[.·]\d+
      |(?:[A-Za-z]\.){2,}
      |°\s?[CFcf]\b
      |(?:[Mm]illi|[Mm]ega)-[Uu]nits?\b
      |(?![xX]\d)[^\W\d_]{1,4}\d+[^\W_]*|[^\W\d_]+(?:['’][a-z]+)?
      |<=|>=|[<>≤≥~≈±+/%×=½¼¾⅓⅔;:,.!?()|\n•\-–—]""",
    re.VERBOSE,
)
DASHES = frozenset("-–—")
# What a capital letter alone tells from millions of units ("MU", "MIU").
_THOUSANDTHS = frozenset(("mU", "mIU"))
_ABBREVIATED = frozenset(("max", "min", "approx", "mins", "hrs", "hr", "vs", "no", "mg", "ml"))


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, number or mark, lower-cased, with its offsets."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def _plain(word: str) -> str:
    """A word in small letters and the usual signs, without its full stops and hyphens."""
    word = word.replace("’", "'").replace("µ", "u").replace("μ", "u").replace("²", "2")
    word = unicodedata.normalize("NFKC", word).lower().replace(".", "").replace("-", "")
    return word.removesuffix("'s")


def lex(text: str) -> list[Lexeme]:
    """Words, numbers and marks, lower-cased, with their offsets."""
    found: list[Lexeme] = []
    for match in _LEXEME.finditer(text):
        word = match.group()
        if word[0].isalpha():
            if word in _THOUSANDTHS:
                word = "milliunit"
            word = _plain(word)
        elif word == "." and found and found[-1].text in _ABBREVIATED:
            continue
        found.append(Lexeme(word, match.start(), match.end()))
    return found
