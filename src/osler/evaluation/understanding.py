"""What is understood of questions as people type them, against what a person reads in them.

A file holds one question a row, with what is to be understood of it: drugs and classes asked
about, drugs taken, allergies, conditions present and absent, procedures, tests, and the patient
(weight in kg, height in cm, eGFR in mL/min/1.73 m², creatinine clearance in mL/min, creatinine in
µmol/L; age and gestation with their unit). `also` may be understood besides. Names are compared
as the lexicons' own, so a file may use any name of a thing; whether the lexicons hold the right
names is tried by what the question says, not by what the file says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from osler.answering.understanding.understand import understand
from osler.domain import Question
from osler.domain.errors import UsageError
from osler.statements.vocabulary.conditions import (
    canonical_condition,
    canonical_test,
    find_tests,
    is_a,
)
from osler.statements.vocabulary.substances import belongs_to, canonical

Row = Mapping[str, Any]
_NEAR = Decimal("0.02")  # of a measure: pounds, inches and mg/dL are rounded when converted
_YEARS = {"day": "365.25", "week": "52.1775", "month": "12", "year": "1"}
_MEASURES = {
    "weight": "weight_kg",
    "height": "height_cm",
    "bmi": "bmi",
    "egfr": "egfr",
    "crcl": "crcl",
    "creatinine": "creatinine_umol_l",
}
_PLACES = {
    "United Kingdom": "GB",
    "Scotland": "GB",
    "United States": "US",
    "Nigeria": "NG",
}
_STAGES = {"elderly": "older"}


@dataclass(slots=True)
class UnderstandingReport:
    """Facts understood of those to be understood, by kind, and what was understood too much."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    too_much: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Give k/n by kind of fact, the kinds in alphabetical order, then the sums."""
        kinds = [f"{kind:16} {self.right[kind]}/{self.total[kind]}" for kind in sorted(self.total)]
        whole = f"{'all':16} {self.right.total()}/{self.total.total()}"
        extra = ", ".join(f"{count} {kind}" for kind, count in sorted(self.too_much.items()))
        return [*kinds, whole, f"{'too much':16} {extra or 'nothing'}"]


def load_rows(path: Path) -> list[Row]:
    """Read a file of questions. Raises UsageError where it is not a list of rows with a `q`."""
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"{path} is not readable YAML: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "q" in row for row in rows):
        raise UsageError(f"{path} is not a list of rows with a question, q")
    return rows


def evaluate_understanding(
    rows: Iterable[Row], frequency_of: Callable[[str], int] | None = None
) -> UnderstandingReport:
    """Understand every question and count; `frequency_of` is that of a library (see `understand`).

    Raises what `understand` raises.
    """
    report = UnderstandingReport()
    for row in rows:
        question = understand(row["q"], frequency_of=frequency_of)
        for kind, wanted, is_right in _facts(row, question):
            report.total[kind] += 1
            report.right[kind] += is_right
            if not is_right:
                report.misses.append(f"{row['q']} | {kind}: {wanted}")
        for kind, name in _too_much(row, question):
            report.too_much[kind] += 1
            report.misses.append(f"{row['q']} | too much, {kind}: {name}")
    return report


def _facts(row: Row, question: Question) -> Iterable[tuple[str, object, bool]]:
    patient = question.patient
    asked = [t.name for t in question.terms if t.kind == "substance"]
    besides = [t.name for t in question.terms if t.kind == "co-drug"]
    present = {*(t.name for t in question.terms if t.kind == "condition"), *patient.conditions}
    present -= set(patient.absent_conditions)
    done = {*(t.name for t in question.terms if t.kind == "procedure"), *patient.procedures}
    tests = {found.name for found in find_tests(question.understood, any_case=True)}
    names: tuple[tuple[str, Callable[[str], str], Iterable[str]], ...] = (
        ("drugs", canonical, (*asked, *besides)),
        ("classes", canonical, (*asked, *besides)),
        ("taken", canonical, (*patient.drugs, *besides)),
        ("allergies", canonical, patient.allergies),
        ("conditions", canonical_condition, present | done),
        ("absent", canonical_condition, patient.absent_conditions),
        ("procedures", canonical_condition, done),
        ("tests", canonical_test, tests),
    )
    for kind, named, found in names:
        for wanted in row.get(kind, ()):
            yield kind, wanted, any(is_a(name, named(wanted)) for name in found)
    for wanted in row.get("not_conditions", ()):
        yield "not conditions", wanted, canonical_condition(wanted) not in present
    for kind, attribute in _MEASURES.items():
        if kind in row:
            yield kind, row[kind], _is_near(getattr(patient, attribute), Decimal(str(row[kind])))
    if "age" in row:
        amount, unit = row["age"].split()
        years = Decimal(amount) / Decimal(_YEARS[unit.rstrip("s")])
        yield "age", row["age"], _is_near(patient.age_years, years)
    if "gestation" in row:
        weeks = Decimal(row["gestation"].split()[0])
        yield "gestation", row["gestation"], _is_near(patient.gestation_weeks, weeks)
    if "pregnant" in row:
        with_child = patient.pregnancy not in (None, "not pregnant", "planning")
        right = with_child if row["pregnant"] else patient.pregnancy == "not pregnant"
        yield "pregnant", row["pregnant"], right
    if "trimester" in row:
        trimester = ("first", "second", "third")[row["trimester"] - 1] + " trimester"
        yield "trimester", trimester, patient.pregnancy == trimester
    if "route" in row:
        wanted = row["route"].removeprefix("not ")
        yield "route", row["route"], wanted in patient.routes_unavailable
    words = (
        ("sex", patient.sex, row.get("sex")),
        ("breastfeeding", patient.breastfeeding, row.get("breastfeeding")),
        ("group", patient.life_stage, _STAGES.get(row.get("group", ""), row.get("group"))),
        ("severity", patient.severity, row.get("severity")),
        ("jurisdiction", patient.jurisdiction, _PLACES.get(row.get("jurisdiction", ""))),
    )
    for kind, said, expected in words:
        if expected is not None:
            yield kind, expected, said == expected


def _is_near(found: Decimal | None, wanted: Decimal) -> bool:
    return found is not None and abs(found - wanted) <= _NEAR * wanted


def _too_much(row: Row, question: Question) -> Iterable[tuple[str, str]]:
    """Drugs, conditions and measures that the row names nowhere, nor anything near them."""
    kinds = ("drugs", "classes", "taken", "allergies", "conditions", "absent", "procedures", "also")
    said = [name for kind in kinds for name in row.get(kind, ())]
    drugs = [canonical(name) for name in said]
    conditions = [canonical_condition(name) for name in said]
    for term in question.terms:
        if term.kind in ("substance", "co-drug"):
            near = (belongs_to(term.name, n) or belongs_to(n, term.name) for n in drugs)
            if not any(near):
                yield "drugs", term.name
        elif term.name != "pregnancy" and not any(
            is_a(term.name, n) or is_a(n, term.name) for n in conditions
        ):
            yield "conditions", term.name
    for kind, attribute in (*_MEASURES.items(), ("age", "age_years")):
        value = getattr(question.patient, attribute)
        if value is not None and kind not in row and kind not in row.get("also", ()):
            yield "measures", f"{kind} {value}"
