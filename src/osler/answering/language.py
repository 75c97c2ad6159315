"""Whether a question is in a language that Osler does not read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from osler.library.terms import STOP_WORDS

FEWEST = 3  # function words of another language, and more than of English
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def other_language(question: str) -> str | None:
    """The language of a question that is plainly not in English, else None.

    A question in a clinician's shorthand has no function words and is taken as English; so
    only three words of another language, more than there are English ones, tell.
    """
    letters = () if question.isascii() else [c for c in question if c.isalpha()]
    foreign = sum(not _is_known_script(c) for c in letters)
    if letters and foreign * 2 > len(letters):
        return "a language in another script"
    words = [word.lower() for word in _WORD.findall(question)]
    english = len({word for word in words if word in STOP_WORDS})
    found = {name: len(known & set(words)) for name, known in _function_words().items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] >= FEWEST and found[best] > english else None


def _is_known_script(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "GREEK", "MICRO"))


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("data").joinpath("languages.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}
