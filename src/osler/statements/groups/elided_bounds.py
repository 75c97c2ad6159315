"""Bounds that leave out what they bound: "eGFR 30–45, 500 mg; below 30, stop", "when it lies
between 30 and 59"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.domain import Criterion
from osler.patterns import lazy
from osler.statements.words.bounds import COMPARATOR, DASH, NUMBER, SUFFIX, bound

Placed = tuple[int, int, Criterion]

_FARTHEST = 160  # characters between a bound and the one that leaves its measure out
_ELIDED = lazy(
    r"(?:;\s+(?:(?:and|but|or|if|when|at)\s+)*"
    r"|,\s+but\s+(?:(?:if|when|at)\s+)*"
    r"|\b(?:if|when|where|once|while)\s+it\s+(?:is|lies|falls|drops|remains|stays|was)\s+(?:to\s+)?)"
    rf"(?P<said>(?:between\s+)?(?:{COMPARATOR}\s*)?(?P<a>{NUMBER})"
    rf"(?:\s*{DASH}\s*(?P<lt><|less than|under|below)?\s*(?P<b>{NUMBER}))?(?:\s*{SUFFIX})?)"
    r"(?=\s*(?:[,.](?!\d)|[:;)]|$)|\s+(?:stop|avoid|do\s+not|not|withh[eo]ld|halve|reduce|omit|use"
    r"|give|discontinue|contra-?indicated|and|or|but)\b)",
    re.IGNORECASE,
)
# Another measure named between the two may be what the second bounds.
_ANOTHER = lazy(
    r"\b(?:aged?|years?|kg|weigh\w*|levels?|potassium|sodium|calcium|pressure|pulse|heart\s+rate|inr|"
    r"counts?|platelets?|neutrophils?|ha?emoglobin|hb|cd4|qtc?|bmi|glucose|creatinine|albumin|score)\b",
    re.IGNORECASE,
)


def find_elided(text: str, named: Sequence[Placed]) -> list[Placed]:
    """Find the bounds that go on about the measure of one that is `named` before them.

    `named` are the bounds on one measure, in any order, as (start, end, criterion).
    """
    found: list[Placed] = []
    for match in _ELIDED.finditer(text) if named else ():
        before = max((n for n in named if n[1] <= match.start()), default=None, key=lambda n: n[1])
        limits = bound(match)
        if before is None or limits is None or match.start() - before[1] > _FARTHEST:
            continue
        if _ANOTHER.search(text, before[1], match.start()):
            continue
        criterion = replace(
            before[2],
            low=limits.low,
            high=limits.high,
            low_inclusive=limits.low_inclusive,
            high_inclusive=limits.high_inclusive,
            text=match["said"],
        )
        found.append((match.start("said"), match.end("said"), criterion))
    return found
