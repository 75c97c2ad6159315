"""Abbreviations in full: the reader sees which drug or condition was understood."""

from __future__ import annotations

import re

_SHORT = 6  # letters; what is longer is a word and no row of initials
_STEM = 3  # letters that a word is cut down to at least
_QUALIFIERS = {"pulm": "pulmonary", "bact": "bacterial", "chr": "chronic", "resp": "respiratory"}
_CAPITALS = re.compile(r"\b(?:st|hiv|tb)\b")  # names of conditions are kept in small letters


def written_out(text: str, name: str) -> str:
    """What was typed, with an abbreviation of `name` written out: "doxy", "pulmonary TB".

    Other names of the same thing are left as they were typed.
    """
    if _has(name, text):
        return text
    if _is_short_for(text, name):
        return _capitals(name)
    before, _, last = text.rpartition(" ")
    if before and not _has(name, last) and _is_short_for(last, name):
        return (
            f"{' '.join(_QUALIFIERS.get(w.lower(), w) for w in before.split())} {_capitals(name)}"
        )
    return text


def _capitals(name: str) -> str:
    return _CAPITALS.sub(lambda m: m.group().upper(), name)


def _has(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", name, re.IGNORECASE) is not None


def _is_short_for(text: str, name: str) -> bool:
    return _is_cut(text, name) or _are_initials(text, name)


def _is_cut(text: str, name: str) -> bool:
    """Whether each word is the beginning of one of the name: "mag sulph"."""
    ours, theirs = (t.lower().replace("ph", "f").split() for t in (text, name))
    return len(ours) == len(theirs) and all(
        len(o) >= _STEM and t.startswith(o) for o, t in zip(ours, theirs, strict=True)
    )


def _are_initials(text: str, name: str) -> bool:
    """Whether the letters stand in the name in this order, the first of them first: "TB"."""
    letters = text.lower()
    if not (letters.isalpha() and 2 <= len(letters) <= _SHORT and name.lower()[0] == letters[0]):
        return False
    if not (text.isupper() or _of_words(letters, name.lower())):
        return False
    rest = iter(name.lower())
    return all(letter in rest for letter in letters)


def _of_words(letters: str, name: str) -> bool:
    """Whether they are the first letters of all words: "lmwh"."""
    return letters == "".join(word[0] for word in re.findall(r"[a-z]+", name))
