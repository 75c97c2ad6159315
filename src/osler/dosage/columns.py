"""Columns of a table that tell nothing of how a dose is given: monitoring, comments."""

from __future__ import annotations

import re
from typing import Any

from osler.dosage.spans import Found
from osler.dosage.totals import Total
from osler.patterns import lazy

# A row is written out as "Dose: 1 mg/kg; Frequency: once daily; Monitoring: level on day 3".
_HEADER = lazy(r"(?:^|[;|\n])[ \t]*(?P<name>[^:;|\n]{1,60}):(?=\s)")
_ON_ELSE = lazy(
    r"\b(?:monitor\w*|comments?|notes?|remarks?|follow[-\s]?up|checks?|tests?|investigations?|"
    r"bloods?|(?:drug|serum|plasma|trough|peak|target)\s+levels?|levels?|measure\w*|review)\b",
    re.IGNORECASE,
)
_ON_THE_DOSE = lazy(
    r"\b(?:dos(?:e|es|age|ages|ing)|durations?|regimens?|routes?|administration|treatment|how\s+"
    r"(?:to\s+give|given)|(?:frequency|interval)\s*(?:and|&|/|,))(?!\s+(?:adjust\w*\s+)?"
    r"(?:monitor|review|check|level))",
    re.IGNORECASE,
)


def outside_asides(text: str, found: list[Found[Any]], amounts: list[int]) -> list[Found[Any]]:
    """Leave out what stands in a column on monitoring or for comments.

    `amounts` are the offsets at which the doses begin: a column with a dose of its own stays. So
    does one that says what the amount is a total of ("daily in 3 divided doses").
    """
    asides = [
        (start, end)
        for start, end in _asides(text)
        if not any(start <= at < end for at in amounts)
        and not any(start <= q.start < end and _divides(q) for q in found)
    ]
    return [q for q in found if not any(start <= q.start < end for start, end in asides)]


def _divides(q: Found[Any]) -> bool:
    return isinstance(q.value, (Total, tuple))


def _asides(text: str) -> list[tuple[int, int]]:
    marks = list(_HEADER.finditer(text))
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [
        (mark.end(), end)
        for mark, end in zip(marks, ends[: len(marks)], strict=True)
        if _ON_ELSE.search(mark["name"]) and not _ON_THE_DOSE.search(mark["name"])
    ]
