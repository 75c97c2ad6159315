"""What is to be checked, and how often, in the words of a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from osler.dosage import find_frequencies
from osler_site.pictures.contract import Spoken
from osler_site.pictures.rates import days
from osler_site.pictures.wording import capital, frequency

_WATCH = re.compile(
    r"\b(?:check\w*|measur\w+|monitor\w*|tests?|tested|levels?|assess\w*|watch\w*|weigh\w*|"
    r"u&e|egfr|fbc|bloods?|ecg|count|liver|renal|thyroid|hba1c|inr|creatinine|potassium|x-ray|"
    r"screen\w*|examin\w+)\b",
    re.I,
)
_NOT_A_CHECK = re.compile(r"\b(?:vaccin\w+|alcohol|after the last dose|do not|not stop)\b", re.I)


@dataclass(frozen=True, slots=True)
class Check:
    """What is checked, in the claim's own words, and the intervals that they name."""

    text: str
    intervals: tuple[str, ...]
    every: tuple[Fraction, ...]  # the same in days
    references: tuple[int, ...]
    claim: str


def check_of(claim: Spoken) -> Check | None:
    """The check that a claim asks for; None where it names no interval of one."""
    if _NOT_A_CHECK.search(claim.text) or not _WATCH.search(claim.text):
        return None
    spans = [(at, at + len(d.text)) for d in claim.dosages if (at := claim.text.find(d.text)) >= 0]
    found = [
        f
        for f in find_frequencies(claim.text)
        if f.value.period_unit and not any(s <= f.start < e for s, e in spans)
    ]
    if not found or (claim.dosages and not spans):
        return None
    text = claim.text
    if claim.dosages:
        text = _clause(claim.text, found[0].start)
        if not _WATCH.search(text):
            return None
    intervals = tuple(dict.fromkeys(frequency(f.value) for f in found))
    every = tuple(
        days(f.value.period_high or f.value.period_low, f.value.period_unit) or Fraction(1)
        for f in found
        if f.value.period_low and f.value.period_unit
    )
    return Check(capital(text.rstrip(" .")), intervals, every, claim.references, claim.text)


def _clause(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) + len(mark) for mark in (", ", "; ", ". ", "\n"))
    end = min(i for i in (text.find(",", at), text.find(";", at), len(text)) if i >= 0)
    return text[start if start > 1 else 0 : end].removeprefix("with ").removeprefix("again with ")
