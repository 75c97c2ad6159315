"""Running text in two columns side by side, as a print turned into plain text leaves it.

Read line by line, half a sentence of one column stands before half a sentence of the other. Told
from a table by both sides being wrapped prose that fills its column and has no columns of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from osler.reading.text.columns import parts_of

_FEWEST = 5  # lines that have both columns
_WORDS = 4  # of the median line of a column
_FILL = 0.7  # of its longest line, by its median line
_WRAPPED = 0.5  # of its lines, at least, go on in the next in small letters
_NARROWEST = 18  # characters
_GAP = 2  # spaces between the columns at least
_CELLS = re.compile(r"\S {3,}\S")  # wider than what justifies a line


def in_reading_order(lines: Sequence[str]) -> list[str]:
    """The lines, each run of two columns of prose parted: all of the left, then the right."""
    starts: Counter[int] = Counter()
    for line in lines:
        starts.update(part.start for part in parts_of(line)[1:])
    found = list(lines)
    for column, count in starts.most_common(3):
        if count < _FEWEST or column < _NARROWEST:
            continue
        placed: list[str] = []
        at = 0
        while at < len(found):
            stop = at
            while stop < len(found) and _is_clear(found[stop], column):
                stop += 1
            placed += _parted(found[at:stop], column)
            placed += found[stop : stop + 1]
            at = stop + 1
        found = placed
    return found


def _is_clear(line: str, column: int) -> bool:
    """Whether no word of a line stands across the gap before a column."""
    return not line[column - _GAP : column].strip()


def _parted(lines: Sequence[str], column: int) -> list[str]:
    both = [at for at, line in enumerate(lines) if line[column:].strip() and line[:column].strip()]
    if len(both) < _FEWEST:
        return list(lines)
    first, last = both[0], both[-1]
    while last + 1 < len(lines) and lines[last + 1].strip():  # the longer of the two goes on
        last += 1
    run = lines[first : last + 1]
    left = [line[:column].rstrip() for line in run]
    right = [line[column:].rstrip() for line in run]
    if not (_is_prose(left) and _is_prose(right)):
        return list(lines)
    return [*lines[:first], *left, "", *right, *lines[last + 1 :]]


def _is_prose(lines: Sequence[str]) -> bool:
    written = [line.strip() for line in lines if line.strip()]
    if len(written) < _FEWEST - 1:
        return False
    lengths = [len(line) for line in written]
    goes_on = sum(b[0].islower() and a[-1] not in ".:;" for a, b in pairwise(written))
    return (
        max(lengths) >= _NARROWEST
        and median(lengths) >= _FILL * max(lengths)
        and median(len(line.split()) for line in written) >= _WORDS
        and 2 * sum(_CELLS.search(line) is not None for line in written) < len(written)
        and goes_on >= _WRAPPED * (len(written) - 1)
    )
