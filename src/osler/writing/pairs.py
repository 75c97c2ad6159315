"""A reply that is still being written → the pairs of its JSON object that are whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from osler.writing.replies import Stopped

_FORM = "its reply was not in the form that was asked for"
_DECODER = json.JSONDecoder()
_OPENING = re.compile(r"\s*(?:```(?:json)?\s*)?\{")
_LONGEST_OPENING = 40  # characters before the brace
_LONGEST = 4000  # characters of one pair; a model that repeats itself comes to no end
_KEY = re.compile(r'[\s,]*(?=")')
_COLON = re.compile(r"\s*:\s*(?=\S)")
_END = re.compile(r"\s*\}\s*(?:```)?\s*")


class Pairs:
    """Reads `{"c1": …, "c2": …}` as it comes in, and gives each pair once it is whole.

    Values are strings and booleans. The fence that some models put around JSON is passed over.
    """

    def __init__(self) -> None:
        self._text = ""
        self._at: int | None = None  # where the next pair begins

    def feed(self, piece: str) -> Iterator[tuple[str, Any]]:
        """The pairs that `piece` makes whole. Raises Stopped for what is no such JSON."""
        self._text += piece
        if self._at is None:
            opening = _OPENING.match(self._text)
            if opening is None:
                if len(self._text) > _LONGEST_OPENING:
                    raise Stopped(_FORM)
                return
            self._at = opening.end()
        if any(character in piece for character in '"es'):  # the ends of a string, true and false
            while (pair := self._next()) is not None:
                yield pair
        if len(self._text) - self._at > _LONGEST:
            raise Stopped("it did not come to an end")

    def finish(self) -> None:
        """Say that no more comes. Raises Stopped where the reply is not whole."""
        if self._at is None:
            raise Stopped(_FORM if self._text.strip() else "it gave no reply")
        if not _END.fullmatch(self._text, self._at):
            raise Stopped("its reply broke off")

    def _next(self) -> tuple[str, Any] | None:
        key_at = _KEY.match(self._text, self._at or 0)
        if key_at is None:
            return None
        try:
            key, end = _DECODER.raw_decode(self._text, key_at.end())
            colon = _COLON.match(self._text, end)
            if colon is None:
                return None
            value, end = _DECODER.raw_decode(self._text, colon.end())
        except (ValueError, RecursionError):
            return None  # not whole yet; what never will be is found at the end
        self._at = end
        return key, value
