"""Totals for a time and how they are divided: "in 3 divided doses", "orally/day", "in 24 hours"."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.dosage.numbers import DASH, NUMBER, UPPER, read_number
from osler.dosage.spans import Found
from osler.patterns import lazy

Divided = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Total:
    """The amount is one for a time, UCUM ("d", "wk"); `detached` where no amount need precede it."""

    unit: str
    detached: bool


_DIVIDED = lazy(
    rf"\b(?:in|as|into)?\s*(?:(?P<n1>{NUMBER})(?:{DASH}(?P<n2>{UPPER}))?\s+(?:equally\s+|equal\s+)?)?(?:equally\s+)?divided\s+(?:daily\s+)?doses?"
    rf"|\bdivided\s+(?:in|into)\s+(?P<n3>{NUMBER})(?:{DASH}(?P<n4>{UPPER}))?(?:\s+equal)?\s+doses"
    rf"|\bin\s+(?P<n5>{NUMBER})(?:{DASH}(?P<n6>{UPPER}))?\s+(?:equal\s+)?doses\b",
    re.I,
)
_TOTAL = lazy(
    r"(?P<slash>(?<=[A-Za-z.)])(?<!times)(?<!doses)\s?/\s?)(?P<u1>day|d\b|24\s?(?:hours?|hrs?|h)\b|week|wk)\b"
    r"|\b(?:in|during|per(?=\s+(?:24|twenty)))\s+(?:(?:any|each|every|an?|one|the|single)\s+)*(?P<u2>24[\s-]*(?:hours?|hrs?|h)|twenty-four[\s-]hours?|day|week)(?:[\s-]+period)?\b",
    re.I,
)


def find_divided(text: str) -> list[Found[Divided]]:
    """Every "in divided doses", by the number of doses ((0, 0) where it is not said)."""
    if "ivided" not in text and "doses" not in text and "IVIDED" not in text:
        return []
    found = []
    for m in _DIVIDED.finditer(text):
        low, high = m["n1"] or m["n3"] or m["n5"], m["n2"] or m["n4"] or m["n6"]
        value = (0, 0)
        if low:
            first = int(read_number(low))
            value = (first, int(read_number(high)) if high else first)
        found.append(Found(value, m.start(), m.end()))
    return found


def find_totals(text: str) -> list[Found[Total]]:
    """Every "/day" apart from its amount ("2 g orally/day") and "in 24 hours"."""
    if "day" not in text and "24" not in text and "week" not in text and "four" not in text:
        return []
    return [
        Found(
            Total(
                "wk" if (m["u1"] or m["u2"]).lower().startswith("w") else "d",
                m["slash"] is not None,
            ),
            m.start(),
            m.end(),
        )
        for m in _TOTAL.finditer(text)
    ]
