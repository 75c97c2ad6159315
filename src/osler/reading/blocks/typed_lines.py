"""Lines of a paragraph that a writer typed as lines, and not wrapped for looks."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GOES_ON = re.compile(
    r"(?:[,(–-]|\b(?:an?|the|of|and|or|with|to|in|for|by|is|are|at|on|than|as|from|per|if|be|"
    r"was|were|that|which|give|take|about|over|under|every|each|no))$",
    re.IGNORECASE,
)
_FULL = 72  # characters from which a line may be wrapped where it ends
_LONGEST = 160  # characters: what is longer is prose


def are_lines(lines: Sequence[str]) -> bool:
    """Whether each line says something by itself: "Induction 5 mg/kg" over "Then 40 mg weekly".

    Every one opens with a capital, none breaks off, in a bracket or where a full line ends, and
    most hold a number. Prose that is wrapped goes on in small letters somewhere.
    """
    if len(lines) < 2 or any(not line or len(line) > _LONGEST for line in lines):
        return False
    numbered = sum(any(map(str.isdigit, line)) for line in lines)
    return (
        all(line[0].isupper() for line in lines)
        and not any(map(_breaks_off, lines[:-1]))
        and numbered * 2 >= len(lines)
    )


def _breaks_off(line: str) -> bool:
    is_full = len(line) >= _FULL and line[-1] not in ".;:!?"
    return is_full or line.count("(") > line.count(")") or _GOES_ON.search(line) is not None


def definition(lines: Sequence[str]) -> tuple[str, list[str]] | None:
    """A term and what stands under it behind colons: "Haloperidol" over ": 0.5 mg at night"."""
    if len(lines) < 2 or not all(line.startswith(": ") for line in lines[1:]):
        return None
    return lines[0], [line[2:].strip() for line in lines[1:]]
