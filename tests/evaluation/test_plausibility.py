"""Planting wrong doses, and marks held against the check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from osler.domain import Statement, errors
from osler.evaluation.planting import FACTORS, UNITS, changed, judgeable, plant
from osler.evaluation.plausibility import evaluate_plausibility
from osler.library import Library
from osler.library.doses import wording

MARKS = Path(__file__).parent / "plausibility" / "marks.jsonl"
TEXT = """# Doses

Zoledronic acid 400 mg intravenously once a month.

Amlodipine 5 - 10 mg orally once daily.

Levothyroxine 100 micrograms orally once daily.

Heparin 5,000 units subcutaneously every 12 hours.

Metformin 500 mg orally twice daily.

Vincristine 1.4 mg/m2 intravenously once weekly.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "doses.md").write_text(TEXT, "utf-8")
    made = Library.create(tmp_path / "library")
    made.add(tmp_path / "doses.md", workers=1)
    return made


def statements(library: Library) -> tuple[Statement, ...]:
    return library.statements_of(library.sources()[0].id)


@pytest.mark.parametrize(
    ("drug", "kind", "text"),
    [
        ("Amlodipine", "×10", "Amlodipine 50 - 100 mg orally once daily."),
        ("Amlodipine", "÷100", "Amlodipine 0.05 - 0.1 mg orally once daily."),
        ("Amlodipine", "mg → g", "Amlodipine 5 - 10 g orally once daily."),
        ("Levothyroxine", "mcg → mg", "Levothyroxine 100 mg orally once daily."),
        ("Heparin", "×10", "Heparin 50000 units subcutaneously every 12 hours."),
        ("Heparin", "units → mg", "Heparin 5,000 mg subcutaneously every 12 hours."),
        ("Vincristine", "×10", "Vincristine 14 mg/m2 intravenously once weekly."),
    ],
)
def test_a_planted_error_changes_one_amount_and_nothing_else(
    library: Library, drug: str, kind: str, text: str
) -> None:
    (statement,) = (s for s in statements(library) if s.text.startswith(drug))
    made = changed(statement, judgeable(statement)[0], kind)
    assert made.text == text
    assert len(made.dosages) == len(statement.dosages)


def test_planting_is_the_same_each_time_and_stops_at_its_count(library: Library) -> None:
    made = list(plant(statements(library), 4, seed=1))
    assert made == list(plant(statements(library), 4, seed=1))
    assert len(made) == 4
    assert {planted.kind for planted in made} <= {*FACTORS, *UNITS}


def test_the_report_counts_both_halves_and_the_marks(library: Library, tmp_path: Path) -> None:
    marks = tmp_path / "marks.jsonl"
    verdicts = {"Zoledronic": "impossible", "Amlodipine": "plausible"}
    lines = [
        {"document": "doses.md", "wording": f"{wording(s.text) % 2**64:016x}", "verdict": verdict}
        for s in statements(library)
        for name, verdict in verdicts.items()
        if s.text.startswith(name)
    ]
    lines.append({"document": "gone.md", "wording": "0" * 16, "verdict": "unclear"})
    marks.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    report = evaluate_plausibility(library, marks, planted=20)
    assert sum(half.untouched.total for half in report.halves) == 6
    assert sum(half.untouched.right for half in report.halves) == 1
    assert sum(half.rates[0].right for half in report.halves) > 0
    assert [(rate.right, rate.total) for rate in report.marked] == [(0, 1), (1, 1), (0, 0)]
    assert report.unread == 1
    assert any("zoledronic acid" in line for line in report.lines())


def test_what_cannot_be_measured_is_said(library: Library, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(errors.UsageError):
        evaluate_plausibility(library, tmp_path / "bad.jsonl", planted=1)
    with pytest.raises(errors.UsageError):
        evaluate_plausibility(Library.create(tmp_path / "empty"))


def test_the_marks_hold_no_text_of_the_document() -> None:
    rows = [json.loads(line) for line in MARKS.read_text("utf-8").splitlines()]
    assert len(rows) == 200
    allowed = {"document", "start", "end", "wording", "verdict", "why"}
    assert all(set(row) <= allowed for row in rows)
    assert {row["verdict"] for row in rows} == {"plausible", "impossible", "unclear"}
