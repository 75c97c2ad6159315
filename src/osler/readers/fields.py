"""A record's fields, printed one behind another, as sentences.

Data turned into text is often "goals: Ease pain; Prevent return non_drug: Rest drug: ...": a
label with an underscore is no word of a sentence, so each label of such a text opens one.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RECORD = re.compile(r"\b[A-Za-z]+(?:_[a-z]+)+:\s")
_LABEL = re.compile(r"(?<=[^\s:;,.(])\s+(?=[a-z]+(?:_[a-z]+)*:\s)")
_UNDERSCORE = re.compile(r"(?<=[a-z])_(?=[a-z]+(?:_[a-z]+)*:\s)")
# The part of a document that a title ends with: "Cholera - introduction: ..." says no more.
_OPENING_PART = re.compile(
    r"^(?P<name>[^:;.]{3,60}?) - (?:introduction|overview|background|description)(?P<mark>[:.])\s"
)


@lru_cache(maxsize=4096)
def as_fields(text: str) -> str:
    """The text with each field of a record as a sentence; any other text as it is."""
    if _RECORD.search(text) is None:
        return text
    pieces = [piece.strip() for piece in _LABEL.split(text)]
    return " ".join(_ended(piece[:1].upper() + piece[1:]) for piece in pieces)


@lru_cache(maxsize=4096)
def without_underscores(text: str) -> str:
    """The text with the labels of a record in words: "supportive measures:"."""
    return _UNDERSCORE.sub(" ", text) if _RECORD.search(text) else text


@lru_cache(maxsize=4096)
def under_its_name(text: str) -> str:
    """The text without the part of a document that its label names, where that is the opening."""
    return _OPENING_PART.sub(lambda m: f"{m['name']}: ", text)


def _ended(piece: str) -> str:
    return piece if piece[-1:] in ".!?:;…" else f"{piece}."
