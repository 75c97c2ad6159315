"""Records of plain text: lines of keys and values that tell one thing together.

"Medicine: …", "Amount: …", "Route: …", "Frequency: …" under one another state one dose; none of
them does by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from osler.reading.text.columns import Row

_PAIR = re.compile(r"([A-Z][^:.;]{0,45}?)\s*:\s+(\S.*)")
_NAMES = re.compile(
    r"(?:drug|medicine|medication|agent|generic(?: name)?|product|name|item)\b", re.I
)
_AMOUNTS = re.compile(r"(?:(?:\w+ )?dos(?:e|age)|amount|quantity|strength)\b", re.I)
_MANNERS = re.compile(
    r"(?:route|frequency|interval|how often|times?|given|schedule|duration|age|weight|patients?|"
    r"for whom|population|indication|given for|purpose|rate)\b",
    re.I,
)
_FEWEST = 3  # lines of a record
_VARIANT = re.compile(r"[,(]| for | in | if | when ")


@dataclass(frozen=True, slots=True)
class Record:
    """One record, in rows of keys and values, and the first of the lines behind it.

    There are several rows where it states an amount for each of several groups.
    """

    rows: tuple[tuple[tuple[str, str], ...], ...]
    stop: int


def records_of(lines: Sequence[str], rows: Sequence[Row]) -> dict[int, Record]:
    """The records of a text by their first lines.

    A paragraph is one whose lines are all keys with values, of which one gives an amount, and
    others a name or a manner. So is one that has the keys of such.
    """
    found: dict[int, Record] = {}
    at = 0
    while at < len(rows):
        stop = at
        while stop < len(rows) and not rows[stop].blank:
            stop += 1
        pairs = [_pair(lines[place], rows[place]) for place in range(at, stop)]
        told = [pair for pair in pairs if pair is not None]
        if len(told) == len(pairs) >= _FEWEST and _is_record([key for key, _ in told]):
            found[at] = Record(_rows_of(told), stop)
        at = max(stop, at + 1)
    return found


def _pair(line: str, row: Row) -> tuple[str, str] | None:
    if row.marked:
        return None
    if len(row.cells) > 1:
        return row.cells[0].text.rstrip(" :"), " ".join(cell.text for cell in row.cells[1:])
    found = _PAIR.fullmatch(line.strip())
    return (found[1], found[2]) if found else None


def _is_record(keys: Sequence[str]) -> bool:
    manners = sum(_MANNERS.match(key) is not None for key in keys)
    named = any(map(_NAMES.match, keys))
    return any(map(_AMOUNTS.match, keys)) and manners + named > 1 and manners > 0


def _rows_of(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """One row for all, or one for each of several amounts: "Amount, under 10 kg: 5 mg"."""
    amounts = [key for key, _ in pairs if _AMOUNTS.match(key)]
    kinds = Counter(_VARIANT.split(key, maxsplit=1)[0].lower() for key in amounts)
    if len(amounts) < 2 or len(kinds) > 1:
        return (tuple(pairs),)
    return tuple(
        tuple(pair for pair in pairs if pair[0] not in amounts or pair[0] == amount)
        for amount in amounts
    )
