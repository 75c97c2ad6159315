"""What tells who a patient is, and the placeholder that stands for it once it is hidden.

The kinds are those of HIPAA's Safe Harbor list (45 CFR 164.514(b)(2)) that a typed question may
hold. A placeholder is the kind's name in capitals and brackets: "[DATE OF BIRTH]".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What was hidden, in words for a reader."""

    NAME = "name"
    BIRTH = "date of birth"
    DATE = "date"
    AGE = "age over 89"
    NHS = "NHS number"
    RECORD = "record number"
    SSN = "social security number"
    PHONE = "phone number"
    EMAIL = "e-mail address"
    POSTCODE = "postal code"
    ADDRESS = "address"
    BED = "bed or room"
    ACCOUNT = "account or licence number"

    @property
    def placeholder(self) -> str:
        """What stands in its place: "[NAME]"."""
        return f"[{self.value.upper()}]"

    @property
    def with_article(self) -> str:
        """For a sentence: "an address"."""
        return f"{'an' if self.value[0] in 'aeN' else 'a'} {self.value}"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in a text: `text == searched[start:end]` (characters)."""

    start: int
    end: int
    kind: IdentifierKind
    text: str
    score: float  # 0 to 1; how sure it is, on presidio's scale


_BY_PLACEHOLDER = {kind.placeholder: kind for kind in IdentifierKind}
_PLACEHOLDER = re.compile("|".join(map(re.escape, _BY_PLACEHOLDER)))
# What only leads to a hidden name goes with it: "a patient named [NAME]".
_LED = re.compile(
    r"\s*\b(?:named|called|known as|name\s*(?:is\b|:)|(?:mr|mrs|ms|miss|mx|master)\b\.?)"
    r"\s*(?=\[NAME\])",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"\s*\b(?:for|in|about|regarding|from|to)\s+\[NAME\](?=\s*(?:[?.!]|$))", re.IGNORECASE
)
_AFTER_PREPOSITION = re.compile(r"\b(for|in|of|about|with|on|to|from)\s*,\s*", re.IGNORECASE)
_EMPTY = re.compile(r"\(\s*[,;]*\s*\)|,(?=\s*[,.;:?!)])|(?<=\()\s*,\s*")
_BEFORE_MARK = re.compile(r"\s+(?=[,.;:?!)])")
_LEADING = re.compile(r"^[\s,;:.]+")


def hidden_kinds(text: str) -> tuple[IdentifierKind, ...]:
    """The kinds whose placeholders a text holds, each once, in reading order."""
    return tuple(dict.fromkeys(_BY_PLACEHOLDER[m.group()] for m in _PLACEHOLDER.finditer(text)))


def without_placeholders(text: str) -> str:
    """The text as it would read had nothing been there to hide; without any, the text itself."""
    if not _PLACEHOLDER.search(text):
        return text
    bare = _PLACEHOLDER.sub("", _DANGLING.sub("", _LED.sub(" ", text)))
    bare = _AFTER_PREPOSITION.sub(r"\1 ", bare)
    while (tidied := _BEFORE_MARK.sub("", _EMPTY.sub("", bare))) != bare:
        bare = tidied
    return " ".join(_LEADING.sub("", bare).split())


def told(kinds: tuple[IdentifierKind, ...]) -> str:
    """The kinds as part of a sentence: "a name, a date of birth and an address"; maybe ""."""
    words = [kind.with_article for kind in kinds]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
