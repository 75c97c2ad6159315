"""Whether a question is in a language that Osler does not read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from osler.library.terms import STOP_WORDS

OTHER_SCRIPT = "a language in another script"
FEWEST = 3  # function words of another language, and more than of English
FEWEST_TELLING = 2
_ENGLISH_TOO = frozenset({"come", "comment", "die", "dose", "no", "per"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def other_language(question: str) -> str | None:
    """The language of a question that is plainly not in English, else None.

    A question in a clinician's shorthand has no function words and is taken as English; so
    only three words of another language, more than there are English ones, tell. Two do where
    there is no English word and one of them says what is asked for ("dosis de vitamina B12").
    """
    letters = () if question.isascii() else [c for c in question if c.isalpha()]
    foreign = sum(not _is_known_script(c) for c in letters)
    if letters and foreign * 2 > len(letters):
        return OTHER_SCRIPT
    words = {word.lower() for word in _WORD.findall(question)}
    english = len(words & STOP_WORDS)
    common, _ = _words_by_language()
    found = {name: len(known & words) for name, known in common.items()}
    best = max(found, key=lambda name: found[name])
    if found[best] >= FEWEST and found[best] > english:
        return best
    return None if english else _short_question(words - _ENGLISH_TOO)


def _short_question(words: set[str]) -> str | None:
    """The language of a short question by what it asks for and one word more of it."""
    common, telling = _words_by_language()
    found = {
        name: len((known | telling[name]) & words)
        for name, known in common.items()
        if telling[name] & words
    }
    best = max(found, key=lambda name: found[name], default=None)
    return best if best is not None and found[best] >= FEWEST_TELLING else None


def _is_known_script(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "GREEK", "MICRO"))


@lru_cache(maxsize=1)
def _words_by_language() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The function words of each language, and its words that tell what is asked for."""
    path = Path(__file__).parents[1].joinpath("data", "languages.toml")
    lists = tomllib.loads(path.read_text("utf-8"))
    telling = lists.pop("telling")
    return (
        {name: frozenset(words) for name, words in lists.items()},
        {name: frozenset(words) for name, words in telling.items()},
    )


def languages() -> tuple[str, ...]:
    """What `other_language` may answer."""
    return (*_words_by_language()[0], OTHER_SCRIPT)
