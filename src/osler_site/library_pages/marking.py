"""Runs of a text with what is to be highlighted in them: the cited place, and what was looked for.

A cited place is one run wherever it stands in one block, so that the words in its mark are
exactly the characters that were cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LONGEST_SEARCH = 100  # characters
MOST_HITS = 500
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Run:
    """Some text; `mark` is "at" (the cited place), "hit" (what was looked for) or ""."""

    text: str
    mark: str = ""
    id: str = ""  # of the mark
    anchors: tuple[str, ...] = ()  # of hits that are not marked themselves
    previous: str = ""  # addresses of the neighbouring hits
    next: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is highlighted in a source."""

    at: tuple[tuple[int, int], ...] = ()
    hits: tuple[tuple[int, int], ...] = ()
    addresses: tuple[str, ...] = ()  # of the hits

    def runs(self, text: str, start: int, end: int) -> tuple[Run, ...]:
        """Characters `start:end` of the text, in runs."""
        return tuple(self._runs(text, start, end))

    def _runs(self, text: str, start: int, end: int) -> Iterator[Run]:
        position = start
        for first, after, run in self._marked(start, end):
            if position < first:
                yield Run(text[position:first])
            yield replace(run, text=text[first:after])
            position = after
        if position < end:
            yield Run(text[position:end])

    def _marked(self, start: int, end: int) -> list[tuple[int, int, Run]]:
        """What is marked within `start:end`, in order and without overlap; texts are empty."""
        hits = [
            (n, first, min(after, end))
            for n, (first, after) in enumerate(self.hits)
            if start <= first < end
        ]
        found: list[tuple[int, int, Run]] = []
        inside: set[int] = set()
        for first, after, name in self._cited():
            if first >= end or after <= start:
                continue
            first_here, after_here = max(first, start), min(after, end)
            covered = [n for n, s, e in hits if s < after_here and e > first_here]
            inside.update(covered)
            anchors = tuple(f"hit-{n + 1}" for n in covered)
            run = Run("", "at", name if first >= start else "", anchors)
            found.append((first_here, after_here, run))
        found += [(s, e, self._hit(n)) for n, s, e in hits if n not in inside]
        return sorted(found, key=lambda marked: marked[0])

    def _hit(self, n: int) -> Run:
        previous = self.addresses[n - 1] if 0 < n <= len(self.addresses) else ""
        following = self.addresses[n + 1] if n + 1 < len(self.addresses) else ""
        return Run("", "hit", f"hit-{n + 1}", (), previous, following)

    def _cited(self) -> Iterator[tuple[int, int, str]]:
        """The cited places in order, those that touch joined; the first has the id "at"."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(self.at):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        for n, (start, end) in enumerate(joined, start=1):
            yield start, end, "at" if n == 1 else f"at-{n}"


def found(text: str, wanted: str) -> tuple[tuple[int, int], ...]:
    """Where words stand in a text, whatever their case; both signs for micro are one."""
    words = wanted[:LONGEST_SEARCH].split()
    if not words:
        return ()
    pattern = r"\s+".join(re.sub("[µμ]", "[µμ]", re.escape(word)) for word in words)
    matches = re.finditer(pattern, text, re.IGNORECASE)
    return tuple(m.span() for m, _ in zip(matches, range(MOST_HITS), strict=False))
