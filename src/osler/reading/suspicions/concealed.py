"""Characters that nobody sees, where they may change what is read.

`normalise` drops invisible characters, so that a text says what it shows. Soft hyphens, breaks of
no width and direction marks are everyday typography, and dropping them is all that is due. It is
not where they stand inside a number or its unit, where they turn the direction of a text that
has no right-to-left letters, or where they spell words of their own (tag characters).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from osler.patterns import lazy
from osler.reading.suspicions.normalise import normalise

IN_A_NUMBER = "invisible characters in a number"
TURNED = "direction of the text overridden"
HIDDEN = "hidden text"

_UNSEEN = (
    r"[\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u115f\u1160\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    r"\U000e0000-\U000e007f]"
)
_ANY = lazy(_UNSEEN)
_NUMBER = lazy(
    rf"\d{_UNSEEN}+[\d.,]|[.,]{_UNSEEN}+\d|\d\s?[A-Za-zµμ]{{1,3}}{_UNSEEN}+[A-Za-z]{{1,2}}\b"
)
_OVERRIDE = lazy("[\u202d\u202e]")
_RIGHT_TO_LEFT = lazy("[\u061c\u200f\u202b\u2067]")
_TAGS = lazy("(?<!\U0001f3f4)[\U000e0020-\U000e007e]{2,}")  # after a black flag: a country's flag
_DIGIT = lazy(r"\d")


def concealed(raw: str) -> Iterator[tuple[int, int, str, str]]:
    """What is concealed in a block, `raw` as it was before `normalise`.

    Gives start and end in the normalised text, a reason and a detail.
    """
    if not _ANY.search(raw):
        return
    whole = (0, len(normalise(raw)))
    if _OVERRIDE.search(raw) or _turns_digits(raw):
        yield *whole, TURNED, ""
    for found in _TAGS.finditer(raw):
        yield *whole, HIDDEN, "".join(chr(ord(each) - 0xE0000) for each in found.group())
    for found in _NUMBER.finditer(raw):
        seen = normalise(found.group())
        start = max(len(normalise(raw[: found.start()] + "|")) - 1, 0)
        yield start, min(start + len(seen), whole[1]), IN_A_NUMBER, _named(found.group())


def _turns_digits(text: str) -> bool:
    """Whether a text with digits is set from right to left though it holds no such letter."""
    return (
        _RIGHT_TO_LEFT.search(text) is not None
        and _DIGIT.search(text) is not None
        and not any(
            unicodedata.bidirectional(each) in ("R", "AL") for each in text if each.isalpha()
        )
    )


def _named(text: str) -> str:
    """The code points of what is not seen in `text`: "U+200B"."""
    return ", ".join(dict.fromkeys(f"U+{ord(each):04X}" for each in text if _ANY.match(each)))
