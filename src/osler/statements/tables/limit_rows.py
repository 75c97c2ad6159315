"""Rows whose label is a limit and whose cells are its values: "Avoid when CrCl is below | 30"."""

from __future__ import annotations

import re

from osler.patterns import lazy
from osler.statements.groups.reading import read_group
from osler.statements.words.bounds import COMPARATOR, NUMBER

_OPEN = lazy(
    rf"(?P<words>.*(?:\b|\s){COMPARATOR})\s*"
    r"(?:[(\[](?P<unit>[^()\[\]]{1,20})[)\]])?\s*:?",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = lazy(rf"{NUMBER}\s*(?P<unit>[^\d\s][^;:.]{{0,24}})?", re.IGNORECASE)


def as_limit(label: str, value: str) -> str:
    """A label that breaks off where its value should stand, with the value of a cell behind it.

    "Avoid when CrCl is below" and "30 mL/min" are one limit; "" where they bound nothing together.
    """
    told, closes = _OPEN.fullmatch(label), _VALUE.fullmatch(value)
    if told is None or closes is None:
        return ""
    unit = "" if closes["unit"] else told["unit"] or ""
    said = " ".join(f"{told['words']} {value} {unit}".split())
    bounded = any(c.low is not None or c.high is not None for c in read_group(said).criteria)
    return said if bounded and not read_group(label).criteria else ""
