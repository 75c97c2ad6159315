"""Laboratory values and vital signs: bounds in a text, values in a question.

Bounds count as criteria only where the text makes a condition of them ("if potassium is below
2.5", a row headed "Potassium (mmol/L)"), never where it names an aim ("keep potassium above 4").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from osler.domain import Criterion
from osler.patterns import lazy
from osler.statements.words.bounds import COMPARATOR, DASH, NUMBER, SUFFIX, bound

_UNIT = (
    r"(?:mmol/mol|mmol\s*/\s*L|mEq\s*/\s*L|mg\s*/\s*dL|g\s*/\s*d?L|[µμu]mol\s*/\s*L|micromol\s*/\s*L|"
    r"nmol\s*/\s*L|ng\s*/\s*mL|(?:[µμ]g|mcg|micrograms?)\s*/\s*L|m?I?U\s*/\s*L|[µμ]U\s*/\s*mL|"
    r"(?:x\s*)?10\s*\^?9\s*/\s*L|mmHg|%|/min|bpm)"
)
_LINK = (
    r"\s*(?:\([^()]{0,30}\))?\s*[:,]?\s*(?:(?:is|are|was|at|level|levels|count|concentration|came|comes|come|back|falls|fall|"
    r"drops|drop|rises|rise|goes|go|now|still|of|remains|stays|to|if|has|fallen|reading)\b\s*)*"
)
_BOUND = (
    rf"(?:(?P<between>between|of)\s*)?(?:{COMPARATOR}\s*)?(?<![\w.])(?P<a>{NUMBER})\s*(?P<ua>{_UNIT})?"
    rf"(?:\s*(?:{DASH}|or(?=\s*\d))\s*(?P<lt><|less than|under|below)?\s*(?P<b>{NUMBER})\s*)?"
    rf"(?P<u>\s*{_UNIT})?(?:\s*{SUFFIX})?"
)
# What a value is to reach is no condition on the patient.
_AIM = lazy(
    r"\b(?:keep|kept|maintain\w*|aim\w*|targets?|goals?|until|till|raise|restore|correct|achieve|"
    r"towards?|to keep)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_CONDITION = lazy(
    r"\b(?:if|when|once|where|while|with|for|patients?|those|whose|and|or|unless|as)\b[^.;:]{0,40}$|^\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Analyte:
    """Something measured, in its first unit; `bounds` finds it limited, `value` in a question."""

    name: str
    unit: str
    factors: dict[str, Decimal]
    bounds: re.Pattern[str]
    value: re.Pattern[str]
    marks: tuple[str, ...]  # one of them stands in every text that names it


def find_analytes(text: str) -> list[tuple[int, int, Criterion]]:
    """Conditions on laboratory values and vital signs, as criteria in the analyte's first unit."""
    low = text.lower()
    found = []
    for analyte in _analytes():
        if not any(mark in low for mark in analyte.marks):
            continue
        for match in analyte.bounds.finditer(text):
            before = text[: match.start()]
            if _AIM.search(before) or not _CONDITION.search(before):
                continue
            limits, factor = bound(match), _factor(analyte, match["u"] or match["ua"])
            if limits is None or factor is None:
                continue
            low_, high = (None if v is None else v * factor for v in (limits.low, limits.high))
            found.append(
                (
                    match.start(),
                    match.end(),
                    Criterion(
                        analyte.name,
                        low=low_,
                        high=high,
                        low_inclusive=limits.low_inclusive,
                        high_inclusive=limits.high_inclusive,
                        text=match.group().strip(),
                    ),
                )
            )
    return found


def read_measurements(text: str) -> tuple[tuple[str, Decimal], ...]:
    """What a question says was measured: (analyte, value in its first unit)."""
    found: dict[str, Decimal] = {}
    for analyte in _analytes():
        for match in analyte.value.finditer(text):
            factor = _factor(analyte, match["u"])
            if factor is not None and analyte.name not in found:
                found[analyte.name] = Decimal(match["n"]) * factor
    return tuple(found.items())


@cache
def analyte_units() -> dict[str, str]:
    """The first unit of each analyte, by name."""
    return {analyte.name: analyte.unit for analyte in _analytes()}


def factor_of(name: str, unit: str) -> Decimal | None:
    """By what a value in `unit` is multiplied for the analyte's first unit; None where unknown."""
    return next((_factor(a, unit) for a in _analytes() if a.name == name and unit), None)


def _factor(analyte: Analyte, unit: str | None) -> Decimal | None:
    """To the analyte's first unit; None for a unit of something else."""
    if not unit or analyte.unit in ("1", "/min", "%"):
        return Decimal(1)
    return analyte.factors.get(_plain(unit))


def _plain(unit: str) -> str:
    plain = re.sub(r"\s+|^x", "", unit.lower()).replace("μ", "u").replace("µ", "u")
    return (
        plain.replace("micrograms", "ug")
        .replace("microgram", "ug")
        .replace("mcg", "ug")
        .replace("micromol", "umol")
        .replace("10^9", "10*9")
        .replace("109/", "10*9/")
    )


@cache
def _analytes() -> tuple[Analyte, ...]:
    text = Path(__file__).parents[1].joinpath("data", "analytes.tsv").read_text("utf-8")
    return tuple(
        _analyte(*(line + "\t" * 4).split("\t")[:5])
        for line in text.splitlines()
        if line and not line.startswith("#")
    )


def _analyte(name: str, unit: str, words: str, others: str, short: str) -> Analyte:
    factors = {_plain(unit): Decimal(1)}
    for other in filter(None, others.split("|")):
        written, _, factor = other.rpartition("=")
        factors[_plain(written)] = Decimal(factor)
    named = words.split("|")
    any_word = "|".join(w if w.endswith("?") else re.escape(w) for w in named)
    shorts = [s for s in short.split("|") if s and s.lower() not in words.lower().split("|")]
    any_short = "|".join(re.escape(s) for s in shorts)
    longer = [re.escape(s) for s in shorts if len(s) > 1 and s.isalpha()]
    named_short = f"|{'|'.join(longer)}" if longer else ""
    either = f"(?i:{any_word})" + (f"|{any_short}" if any_short else "")
    return Analyte(
        name,
        unit,
        factors,
        lazy(rf"\b(?:(?i:{any_word}){named_short})(?![\w-])(?i:{_LINK}{_BOUND})"),
        lazy(
            rf"(?<![\w+])(?:{either})(?![\w-])(?i:{_LINK})[=:~]?\s*(?<![\d.])(?P<n>\d+(?:\.\d+)?)"
            rf"(?![\d.]|\s*(?:mg|mcg|g|ml|units?|tablets?|mmol|bag|iu)\b(?!\s*/)|\s*%\s*(?:at|in))\s*"
            rf"(?P<u>(?i:{_UNIT}))?"
        ),
        tuple({w.lower().rstrip("?").rstrip("s") for w in (*named, *shorts) if len(w) > 1}),
    )
