"""The grammar's coverage: dose mentions marked by hand, against what `parse_dosages` reads.

A mark points at a sentence of a document that is not ours by offsets and hash, and says what a
person read of one amount in it, before the grammar was asked. `routes` and `timing` list the
readings that are right; more than one where the text itself leaves it open (a route said once
for two doses), an empty list or null where the sentence does not state it.

Timing is written as `count/period unit`: "2/1d" twice a day, "1/4-6h" every 4 to 6 hours,
"1-2/1d" once or twice a day, "/d" a total a day (or rate: "/h"), "/d÷3" a total in 3 doses,
"÷3-4" in 3 to 4 doses, "once", "HS" at night, "MORN" in the morning.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from osler.domain import Dosage, Frequency
from osler.domain.errors import UsageError
from osler.dosage import parse_dosages, to_base
from osler.evaluation.corruption_sentences import (
    guideline_texts,
    plain,
    report_pages,
    textbook_modules,
)
from osler.evaluation.gate import Rate

UCUM = {
    "U": "U",
    "MME": "{MME}",
    "tablet": "{tablet}",
    "puff": "{puff}",
    "drop": "{drop}",
}
FIELDS = ("amount", "unit", "route", "timing")
# Units that clinical texts use for one another: a unit of heparin or immunoglobulin is an IU.
SAME_UNIT = {"[iU]": "U", "IU": "U", "{MME}/d": "{MME}"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person read; `start:end` is the amount in the plain sentence."""

    document: str
    page: int | None
    sentence: tuple[int, int]
    sha256: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    per: str | None
    routes: tuple[frozenset[str], ...]
    timing: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """One field read otherwise than marked."""

    field: str
    mark: Mark
    sentence: str
    marked: str
    parsed: str


@dataclass(frozen=True, slots=True)
class MentionsReport:
    """Right readings a field over all marks, and every miss."""

    rates: tuple[Rate, ...]
    misses: tuple[Miss, ...]

    def lines(self, misses: int = 20) -> list[str]:
        """The report for a terminal, with up to `misses` misses."""
        lines = [str(rate) for rate in self.rates]
        for miss in self.misses[:misses]:
            amount = miss.sentence[miss.mark.start : miss.mark.end]
            lines.append(
                f"  {miss.field}: [{amount}] marked {miss.marked}, read {miss.parsed} "
                f"| {miss.sentence[:160]}"
            )
        return lines


def load_marks(path: Path) -> tuple[Mark, ...]:
    """Marks of a JSON Lines file. Raises UsageError where it cannot be read."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
        return tuple(
            Mark(
                row["document"],
                row.get("page"),
                (row["start"], row["end"]),
                row["sha256"],
                row["mention"][0],
                row["mention"][1],
                Decimal(row["low"]),
                Decimal(row["high"]),
                row["unit"],
                row["per"],
                tuple(frozenset(reading) for reading in row["routes"]),
                tuple(row["timing"]),
            )
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} holds no marks: {error}") from error


def evaluate_mentions(data: Path, marks: Path) -> MentionsReport:
    """Parse every marked sentence of the documents under `data` and compare.

    Raises UsageError where a document is absent or a sentence is not the one marked.
    """
    wanted = load_marks(marks)
    sentences = _sentences(data, wanted)
    return compare((mark, sentences[mark.sha256]) for mark in wanted)


def compare(marked: Iterator[tuple[Mark, str]]) -> MentionsReport:
    """Marks with their sentences against the grammar."""
    total = 0
    misses: list[Miss] = []
    for mark, sentence in marked:
        total += 1
        dosage = _at(mark, parse_dosages(sentence))
        misses += _misses(mark, sentence, dosage)
    rates = tuple(
        Rate(field, total - sum(m.field == field for m in misses), total) for field in FIELDS
    )
    return MentionsReport(rates, tuple(misses))


def _sentences(data: Path, marks: tuple[Mark, ...]) -> dict[str, str]:
    wanted: dict[tuple[str, int | None], list[Mark]] = {}
    for mark in marks:
        wanted.setdefault((mark.document, mark.page), []).append(mark)
    found: dict[str, str] = {}
    for key, text in _texts(data):
        for mark in wanted.get(key, ()):
            sentence = plain(text[slice(*mark.sentence)])
            if hashlib.sha256(sentence.encode()).hexdigest() != mark.sha256:
                raise UsageError(f"{mark.document} is not the edition that was marked")
            found[mark.sha256] = sentence
    missing = [mark.document for mark in marks if mark.sha256 not in found]
    if missing:
        raise UsageError(f"{missing[0]} is not there")
    return found


def _texts(data: Path) -> Iterator[tuple[tuple[str, int | None], str]]:
    for path, text in guideline_texts(data):
        yield (path, None), text
    for path, text in textbook_modules(data):
        yield (path, None), text
    for name, page, text in report_pages(data):
        yield (name, page), text


def _at(mark: Mark, dosages: tuple[Dosage, ...]) -> Dosage | None:
    """The parsed dosage whose amount stands where the mark stands, steps and maxima included."""
    for dosage in dosages:
        for candidate in (dosage, *dosage.steps):
            if candidate.amount_start < mark.end and mark.start < candidate.amount_end:
                return candidate
    return None


def _misses(mark: Mark, sentence: str, dosage: Dosage | None) -> Iterator[Miss]:
    if dosage is None:
        for field in FIELDS:
            yield Miss(field, mark, sentence, "a dose", "nothing")
        return
    low, high, unit = _canonical(dosage.low, dosage.high, dosage.unit)
    marked_low, marked_high, marked_unit = _canonical(
        mark.low, mark.high, UCUM.get(mark.unit, mark.unit)
    )
    if (low, high) != (marked_low, marked_high):
        yield Miss(
            "amount", mark, sentence, f"{mark.low}-{mark.high}", f"{dosage.low}-{dosage.high}"
        )
    if (unit, dosage.per) != (marked_unit, mark.per):
        yield Miss("unit", mark, sentence, f"{mark.unit}/{mark.per}", f"{dosage.unit}/{dosage.per}")
    routes = frozenset(dosage.routes or ([dosage.route] if dosage.route else []))
    if routes not in mark.routes:
        readings = " or ".join("+".join(sorted(r)) or "none" for r in mark.routes)
        yield Miss("route", mark, sentence, readings, "+".join(sorted(routes)) or "none")
    if not any(_same_timing(reading, dosage) for reading in mark.timing):
        yield Miss("timing", mark, sentence, " or ".join(map(str, mark.timing)), _timing(dosage))


def _canonical(
    low: Decimal | None, high: Decimal | None, unit: str | None
) -> tuple[Decimal | None, Decimal | None, str | None]:
    """Both edges in the base unit; a single amount is a range of one."""
    low, high = (low if low is not None else high), (high if high is not None else low)
    if unit is None or low is None or high is None:
        return low, high, unit
    base = to_base(low, unit)[1]
    return to_base(low, unit)[0], to_base(high, unit)[0], SAME_UNIT.get(base, base)


def _same_timing(reading: str | None, dosage: Dosage) -> bool:
    parsed = _timing(dosage).split("; ")
    if reading is None:
        return parsed == ["none"]
    if reading in parsed:
        return True
    # "10 mg daily" is one dose a day and a day's total alike.
    alike = {"1/1d": ("/d", "1/24h", "HS", "MORN"), "/d": ("1/1d", "1/24h"), "/wk": ("1/1wk",)}
    alike |= {"HS": ("1/1d",), "1/24h": ("1/1d",), "1/0.5h": ("1/30min",), "1/2d": ("1/2d",)}
    return any(other in parsed for other in alike.get(reading, ()))


def _timing(dosage: Dosage) -> str:
    """The parsed timing in the marks' notation, several parts joined by "; "."""
    parts = []
    if dosage.per_time:
        divided = ""
        if dosage.divided:
            divided = "÷" + "-".join(dict.fromkeys(map(str, dosage.divided)))
        parts += [f"/{dosage.per_time}{divided}", f"/{dosage.per_time}", divided]
    elif dosage.divided:
        parts.append("÷" + "-".join(dict.fromkeys(map(str, dosage.divided))))
    if dosage.frequency:
        parts += _frequency(dosage.frequency)
    return "; ".join(part for part in parts if part) or "none"


def _frequency(frequency: Frequency) -> list[str]:
    parts = list(frequency.when)
    if frequency.once:
        parts.append("once")
    if frequency.period_low is not None:
        count = _range(Decimal(frequency.count), frequency.count_high)
        period = _range(frequency.period_low, frequency.period_high)
        parts.append(f"{count}/{period}{frequency.period_unit}")
    return parts


def _range(low: Decimal, high: Decimal | int | None) -> str:
    edges = [low] if high is None or high == low else [low, Decimal(high)]
    return "-".join(f"{edge.normalize():f}" for edge in edges)
