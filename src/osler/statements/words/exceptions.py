"""What a bar leaves out: "do not use in asthma unless under specialist advice".

The words up to the exception bar as they stand; the exception lifts them only where it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from osler.patterns import lazy

_OPENS = (
    r"unless|except(?:ing)?|excluding|apart\s+from|save\s+(?:for|in|when|where)|only\s+if|"
    r"but\s+(?:it\s+)?(?:may|can)\b(?:\s+(?:still\s+|also\s+)?be\s+(?:used|given|taken))?"
)
# To the next comma: of "unless mild, asthma" the second is barred whatever the first is.
_EXCEPTION = lazy(
    rf",?\s*\b(?:{_OPENS})\b(?P<of>(?:[^.,;:()–—\n]|\.(?=\d))*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Exempted:
    """Where an exception stands in a text, and when it holds, in its own words."""

    start: int
    end: int
    of: str


@lru_cache(maxsize=8192)
def exceptions_in(text: str) -> tuple[Exempted, ...]:
    """Give the exceptions that a text tells, in order."""
    found = _EXCEPTION.finditer(text)
    return tuple(Exempted(each.start(), each.end(), each["of"].strip()) for each in found)


def without_exceptions(text: str) -> str:
    """A text with its exceptions left blank, of the same length; and the comma behind one that
    opens it."""
    for each in exceptions_in(text):
        opens = not text[: each.start].strip() and text.startswith(",", each.end)
        end = each.end + opens
        text = f"{text[: each.start]}{' ' * (end - each.start)}{text[end:]}"
    return text
