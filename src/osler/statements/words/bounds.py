"""Numbers with comparators, as texts bound an age, a weight or a laboratory value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16,
    "eighteen": 18, "twenty": 20,
}  # fmt: skip
NUMBER_WORDS = frozenset(_WORDS)
NUMBER = rf"(?:\d+(?:[.,]\d+)?|{'|'.join(_WORDS)})"

_LESS = r"under|below|less than|fewer than|lower than|younger than|smaller than|before|<|&lt;"
_AT_MOST = (
    r"(?:less|lower|fewer) than or equal to|equal to or (?:less|lower) than|"
    r"up to(?: and including)?|at most|no more than|not more than|not exceeding|"
    r"maximum(?: of)?|≤|<=|=<"
)
_GREATER = (
    r"over|above|more than|greater than|older than|higher than|exceeding|after|exceeds|"
    r"beyond|>|&gt;"
)
_AT_LEAST = (
    r"(?:greater|more|higher|older) than or equal to|equal to or (?:greater|more|higher) than|"
    r"at least|not less than|no less than|minimum(?: of)?|from|≥|>=|=>"
)
_SUFFIX_AT_LEAST = (
    r"(?:or|and)\s+(?:more|over|above|older|greater|higher|upwards?|up(?!\s+to\b)|heavier)"
    r"(?!\s+(?:than\s+)?\d)|\+|plus\b|"
    r"onwards|upwards"
)
# "over 75 years or under 50 kg" says two things.
_SUFFIX_AT_MOST = (
    r"(?:or|and)\s+(?:less|under|below|younger|lower|lighter|fewer)(?!\s+(?:than\s+)?\d)"
)

# The longer signs first, so that "<=" is not read as "<".
COMPARATOR = (
    rf"(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<less>{_LESS})|(?P<more>{_GREATER}))"
)
SUFFIX = rf"(?:(?P<up>{_SUFFIX_AT_LEAST})|(?P<down>{_SUFFIX_AT_MOST}))"
DASH = r"(?:-|–|—|−|to\b|to(?=\d)|and\b|until\b|up to\b)"


@dataclass(frozen=True, slots=True)
class Bound:
    """An interval; an end is open where it is None."""

    low: Decimal | None
    high: Decimal | None
    low_inclusive: bool = True
    high_inclusive: bool = True


def number(text: str) -> Decimal:
    """Read "4", "1.5", "1,000" or "two"."""
    word = text.lower()
    if word in _WORDS:
        return Decimal(_WORDS[word])
    if "," in word:
        whole, _, rest = word.partition(",")
        return Decimal(whole + rest) if len(rest) == 3 else Decimal(f"{whole}.{rest}")
    return Decimal(word)


def bound(match: re.Match[str]) -> Bound | None:
    """Read a match with the groups a, b, lt and those of the comparators.

    None where a lone number bounds nothing.
    """
    low = number(match["a"])
    if match["b"]:
        return Bound(low, number(match["b"]), high_inclusive=not match["lt"])
    if match["less"]:
        return Bound(None, low, high_inclusive=False)
    if match["most"] or match["down"]:
        return Bound(None, low)
    if match["more"] and not match["up"]:
        return Bound(low, None, low_inclusive=False)
    if match["least"] or match["up"]:
        return Bound(low, None)
    return None
