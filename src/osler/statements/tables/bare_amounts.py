"""Numbers that stand without a unit in a cell, written with the one that is said elsewhere."""

from __future__ import annotations

import re

from osler.patterns import lazy

_N = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?[½¼¾⅓⅔])?|[½¼¾⅓⅔])"
RANGE = rf"{_N}(?:\s?(?:[-–—]|to)\s?{_N})?"
"""A number or two ends of a range."""

_MARKS = "*†‡§¶#ᵃᵇᶜᵈᵉ"  # of footnotes
# What may follow an amount. After a number alone "days", "years" or "times a day" count those.
_HOW = (
    r"once|twice|thrice|(?:one|two|three|four|five|six|\d)\s+times|every|each|daily|nightly|"
    r"weekly|monthly|a\s+(?:day|week|night|dose)|an\s+hour|per\s+(?:day|hour|dose)|/\s?(?:day|24)|"
    r"o\.?d|b\.?d|bid|tds|tid|qds|qid|nocte|mane|om|alternate|on\s+(?:alternate|waking|day)|"
    r"in\s+(?:the|\w+\s+divided|divided)|at\s+(?:night|bed\w*|once|noon|start|first)|stat|iv|im|"
    r"sc|po|pr|orally|rectally|by\s+(?:mouth|\w+\s+injection)|intra\w+|subcut\w*|slowly|"
    r"as\s+(?:a|an|one|needed|required)|for|if|until|max\w*|may|with|when|after|before|initially|"
    r"then|and|or|increas\w*|rais\w*|rising|up\s+to|only|over|\d+[- ]hourly"
)
_BARE = lazy(
    rf"(?<![\w.,/:×<>≤≥^-])(?P<n>{RANGE})"
    rf"(?=\s*(?:$|[;()\[\]{_MARKS}]|,(?!\d)|\.(?:\s|$)|(?:{_HOW})\b))",
    re.IGNORECASE,
)
_COUNTS = lazy(
    r"\b(?:days?|weeks?|months?|cycles?|steps?|grade|stage|type|class|aged?|for|over|within|"
    r"under|below|above|(?:older|less|more|greater)\s+than|into|in|times|count|score|level|note|"
    r"table|see|e?gfr|crcl|every|q|x|if|ratio)\s*$",
    re.IGNORECASE,
)
_WHOLE = lazy(rf"\s*{RANGE}\s*[{_MARKS}]?\s*")
_ONE = re.compile(r"(?:1|½|¼|¾)")


def is_bare(text: str) -> bool:
    """Whether a cell is nothing but a number or range, a mark of a note aside."""
    return _WHOLE.fullmatch(text) is not None


def with_unit(text: str, unit: str) -> str:
    """A cell with its bare amounts in a unit: "5 mg, may rise to 10 mg" of "5, may rise to 10".

    What counts days or doses or bounds an age keeps its number alone.
    """
    parts = []
    at = 0
    for found in _BARE.finditer(text):
        if _COUNTS.search(text, max(0, found.start() - 20), found.start()):
            continue
        number = found["n"].rstrip()
        end = found.start() + len(number)
        parts += [text[at:end], " ", _counted(unit) if _ONE.fullmatch(number) else unit]
        at = end
    return "".join([*parts, text[at:]])


def _counted(unit: str) -> str:
    """The unit of one: "1 tablet"."""
    return unit[:-1] if unit.endswith("s") and len(unit) > 3 else unit
