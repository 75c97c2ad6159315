"""Are wrong doses found, and right ones left alone?

Two measures over a library. Errors are planted in its own statements, and the share found is
set beside the share of untouched statements that are suspicious (some of which are rightly so:
books hold errors). And statements that a person marked as plausible, impossible or unclear are
held against what the check says of them.

The thresholds were chosen on one half of the drugs (by a hash of their names); figures are
given for both halves and count for the other. A copy of a statement counts as other evidence
here as everywhere unless its wording is the same, so a library should hold one form of a book.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from osler.domain import Statement, StatementKind
from osler.domain.errors import UsageError
from osler.evaluation.gate import Rate
from osler.evaluation.planting import FACTORS, UNITS, Planted, judgeable, plant
from osler.library import Library
from osler.library.doses import wording
from osler.plausibility import Dose, doses_of, reasons, registered
from osler.statements.vocabulary.substances import base_of

PLANTED = 300
SEED = 2022
MOST = 20  # statements of one drug, so that no label of a drug decides the figures
NARROW = 5  # strengths that span less are a narrow range
VERDICTS = ("plausible", "impossible", "unclear")
_SPANS = ("strengths span less than fivefold", "fivefold or more", "not registered")


@dataclass(frozen=True, slots=True)
class Half:
    """The figures on one half of the drugs."""

    name: str
    untouched: Rate  # suspicious of all
    rates: tuple[Rate, ...]  # found of planted: all, drug clear, by span, by kind
    missed: tuple[str, ...]
    flagged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlausibilityReport:
    """Both halves, and the marked statements by verdict (suspicious of marked)."""

    halves: tuple[Half, ...]
    marked: tuple[Rate, ...] = ()
    unread: int = 0  # marks whose statement is not in the library

    def lines(self, misses: int = 20) -> list[str]:
        """The report for a terminal, with up to `misses` misses of each sort."""
        lines = []
        for half in self.halves:
            lines += [half.name, f"  untouched {half.untouched}"]
            lines += [f"  planted, {rate}" for rate in half.rates]
            lines += [f"    missed: {line}" for line in half.missed[:misses]]
            lines += [f"    untouched and suspicious: {line}" for line in half.flagged[:misses]]
        lines += [f"marked {rate}" for rate in self.marked]
        if self.unread:
            lines.append(f"{self.unread} marks are not of statements in this library")
        return lines


class _Knowledge:
    """The doses of all statements, as `osler.library` keeps them, without decisions."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._doses: dict[str, dict[tuple[int, Dose], None]] = defaultdict(dict)
        for statement in statements:
            words = wording(statement.text)
            for dose in doses_of(statement):
                if not dose.rate:
                    self._doses[dose.drug][words, dose] = None

    def reasons(self, statement: Statement, instead_of: Statement) -> tuple[str, ...]:
        """What speaks against a statement, were it printed instead of another."""
        mine = {wording(statement.text), wording(instead_of.text)}
        return reasons(
            statement, lambda drug: [d for words, d in self._doses[drug] if words not in mine]
        )


def evaluate_plausibility(
    library: Library, marks: Path | None = None, *, planted: int = PLANTED
) -> PlausibilityReport:
    """Plant so many errors in each half, and compare with `marks` (JSON Lines) where given.

    Raises UsageError where the marks cannot be read or the library holds no doses.
    """
    found = [
        s for source in library.sources() for s in library.statements_of(source.id) if s.dosages
    ]
    known = _Knowledge(found)
    drugs = _dosing(found)
    if not drugs:
        raise UsageError("the library holds no statement that doses a drug")
    halves = tuple(
        _half(name, [(s, d) for s, d in drugs if _chosen_on(d) is chosen], known, planted)
        for name, chosen in (("thresholds chosen on these drugs", True), ("other drugs", False))
    )
    if marks is None:
        return PlausibilityReport(halves)
    marked, unread = _marked(library, found, marks)
    return PlausibilityReport(halves, marked, unread)


def _dosing(statements: Iterable[Statement]) -> list[tuple[Statement, str]]:
    """Statements that dose a drug, each wording once, with the drug; the order is fixed."""
    found: dict[int, tuple[Statement, str]] = {}
    counts: Counter[str] = Counter()
    for statement in sorted(statements, key=lambda s: s.id):
        if statement.kind is not StatementKind.DOSE or not judgeable(statement):
            continue
        drug, words = _drug(statement), wording(statement.text)
        if drug is None or words in found or counts[drug] == MOST:
            continue
        counts[drug] += 1
        found[words] = (statement, drug)
    return list(found.values())


def _drug(statement: Statement) -> str | None:
    """The drug that is dosed, else the first one named: the check may not know which."""
    clear = doses_of(statement)
    if clear:
        return clear[0].drug
    return base_of(statement.substances[0]) if statement.substances else None


def _chosen_on(drug: str) -> bool:
    return hashlib.sha256(drug.encode()).digest()[0] % 2 == 0


def _half(name: str, drugs: Sequence[tuple[Statement, str]], known: _Knowledge, count: int) -> Half:
    said = {s.id: known.reasons(s, s) for s, _ in drugs}
    drug_of = {s.id: drug for s, drug in drugs}
    right = [s for s, _ in drugs if not said[s.id]]
    errors = list(plant(right, count, SEED))
    caught = [bool(known.reasons(p.changed, p.statement)) for p in errors]
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for planted, is_found in zip(errors, caught, strict=True):
        labels = ["all", _span(planted, drug_of[planted.statement.id]), planted.kind]
        labels += ["drug clear"] if doses_of(planted.statement) else []
        total.update(labels)
        found.update(labels if is_found else ())
    kinds = ("all", "drug clear", *_SPANS, *FACTORS, *UNITS)
    return Half(
        name,
        Rate("suspicious", len(drugs) - len(right), len(drugs)),
        tuple(Rate(kind, found[kind], total[kind]) for kind in kinds),
        tuple(
            f"{p.kind}, {drug_of[p.statement.id]}: {p.changed.text[:160]}"
            for c, p in zip(caught, errors, strict=True)
            if not c
        ),
        tuple(f"{said[s.id][0]} | {s.text[:160]}" for s, _ in drugs if said[s.id]),
    )


def _span(planted: Planted, drug: str) -> str:
    """How far the registered strengths of a drug lie apart, in the unit of the dose."""
    units = {"U"} if planted.dosage.unit in ("U", "[iU]") else {"ug"}
    lines = [n for n in registered(drug) if n.sort == "unit" and n.unit in units]
    if not lines:
        return _SPANS[2]
    wide = max(n.largest for n in lines) >= NARROW * min(n.smallest for n in lines)
    return _SPANS[1] if wide else _SPANS[0]


def _marked(
    library: Library, statements: Iterable[Statement], path: Path
) -> tuple[tuple[Rate, ...], int]:
    """Of the marked statements, how many of each verdict are suspicious; and how many are lost."""
    try:
        marks = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
        wanted = {(m["document"], m["wording"]): str(m["verdict"]) for m in marks}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} holds no marks: {error}") from error
    files = {source.id: source.file for source in library.sources()}
    found = {(files[s.source_id], f"{wording(s.text) % 2**64:016x}"): s for s in statements}
    suspicious = {key: library.suspicion(found[key]) is not None for key in wanted if key in found}
    rates = []
    for verdict in VERDICTS:
        results = [result for key, result in suspicious.items() if wanted[key] == verdict]
        rates.append(Rate(f"{verdict}, suspicious", sum(results), len(results)))
    return tuple(rates), len(wanted) - len(suspicious)
