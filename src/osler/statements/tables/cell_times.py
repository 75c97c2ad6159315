"""How often and how long, where the header of a column says what its numbers count."""

from __future__ import annotations

import re

from osler.patterns import lazy
from osler.statements.tables.bare_amounts import RANGE

_PERIOD = r"(?:hours?|hrs?|h|days?|weeks?|months?|minutes?|mins?)"
_UNIT = rf"(?:[(\[,]\s*(?:in\s+)?(?P<unit>{_PERIOD})\s*[)\]]?)"
_EVERY = lazy(
    rf"(?:.*\b(?:interval|frequency|how\s+often)|every|repeat(?:ed)?(?:\s+(?:every|after))?)\b"
    rf"[^()\[\],]{{0,25}}{_UNIT}?\s*",
    re.IGNORECASE,
)
_WATCHED = lazy(
    r"\b(?:monitor|review|check|test|visit|follow|blood|level|ecg|qt|pr\b)", re.IGNORECASE
)
_TIMES = lazy(
    r"(?:times|doses|number\s+of\s+(?:times|doses))\s*[(\[,]?\s*(?:times\s*)?"
    r"(?:/|per|a|each)?\s*(?:daily|day|24\s*h(?:ours)?)\s*[)\]]?",
    re.IGNORECASE,
)
_LASTS = lazy(
    rf"(?:[\w ]*\b)?(?:duration|length|course)\b[^()\[\],]{{0,25}}{_UNIT}\s*", re.IGNORECASE
)
_OVER = lazy(
    rf"(?:(?:give|infuse|run)\s+)?(?:over|(?:infusion\s+)?time)\s*{_UNIT}\s*", re.IGNORECASE
)
_SPAN = lazy(rf"(?P<n>{RANGE})\s*(?P<unit>{_PERIOD})?", re.IGNORECASE)
_PARTS_OF_THE_DAY = {
    "morning": "in the morning",
    "noon": "at noon",
    "midday": "at midday",
    "lunchtime": "at lunchtime",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
    "night": "at night",
    "bedtime": "at bedtime",
}
_OFTEN = {"1": "once", "2": "twice"}
_DOSE = lazy(rf"(?:{RANGE})\s?[a-zA-Zµμ]+(?:/kg)?")


def is_part_of_the_day(header: str) -> bool:
    """Whether a column is of one time of the day: "Morning"."""
    return header.lower() in _PARTS_OF_THE_DAY


def with_time(header: str, text: str) -> str:
    """A cell that is a number of hours, days or doses, with the words its header has for it.

    "every 6 hours" of "6" under "Interval (hours)"; "3 times a day" of "3" under "Times a day".
    """
    when = _PARTS_OF_THE_DAY.get(header.lower())
    if when is not None:
        return f"{text} {when}" if _DOSE.fullmatch(text) else text
    span = _SPAN.fullmatch(text)
    if span is None:
        return text
    if _TIMES.fullmatch(header):
        often = _OFTEN.get(span["n"], f"{span['n']} times")
        return text if span["unit"] else f"{often} a day"
    if _WATCHED.search(header):
        return text
    for pattern, word in ((_EVERY, "every"), (_LASTS, "for"), (_OVER, "over")):
        found = pattern.fullmatch(header)
        if found is not None:
            unit = span["unit"] or found["unit"]
            return f"{word} {span['n'].strip()} {unit}" if unit else text
    return text
