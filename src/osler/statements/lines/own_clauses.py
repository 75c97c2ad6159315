"""Clauses of one sentence that dose for different purposes, the later with a limit of its own.

"1 mg/kg for treatment; for prophylaxis with a clearance of 15–30 mL/min, 30 mg": the limit is
said of the second dose alone.
"""

from __future__ import annotations

import re

from osler.domain import DosageRole
from osler.dosage import may_state_dosage, parse_dosages
from osler.patterns import lazy
from osler.statements.groups.reading import read_group
from osler.statements.sentences.cues import phase_of
from osler.statements.vocabulary.conditions import conditions_told

Span = tuple[int, int]

_FOR_ANOTHER = lazy(r";\s+(?=(?:(?:and|but)\s+)?(?:for|in|as)\s)", re.IGNORECASE)
_TREATMENT = lazy(r"(?<=for )(?:treatment|therapy)\b", re.IGNORECASE)


def split_at_purposes(text: str, spans: list[Span]) -> list[Span]:
    """Split sentences before each clause that doses for another purpose within a limit."""
    return [piece for start, end in spans for piece in _apart(text, start, end)]


def _apart(text: str, start: int, end: int) -> list[Span]:
    pieces: list[Span] = []
    if text.find(";", start, end) < 0:
        return [(start, end)]
    for found in _FOR_ANOTHER.finditer(text, start, end):
        if _is_apart(text[start : found.start()], text[found.end() : end]):
            pieces.append((start, found.start()))
            start = found.end()
    return [*pieces, (start, end)]


def _is_apart(before: str, after: str) -> bool:
    purposes = _purposes(after)
    return (
        bool(purposes)
        and not purposes & _purposes(before)
        and _is_limited(after)
        and not _is_limited(before)
        and all(map(_doses, (before, after)))
    )


def _purposes(text: str) -> frozenset[str]:
    phase = phase_of(text)
    told = {found.name for found in conditions_told(text)}
    named = {match[0].lower() for match in _TREATMENT.finditer(text)}
    return frozenset({*told, *named} if phase is None else {*told, *named, phase.value})


def _is_limited(text: str) -> bool:
    return any(c.low is not None or c.high is not None for c in read_group(text).criteria)


def _doses(text: str) -> bool:
    return may_state_dosage(text) and any(d.role is DosageRole.DOSE for d in parse_dosages(text))
