"""The required doses that reading allows an answer to show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from osler.answering import ask
from osler.evaluation.answers import compare
from osler.evaluation.answers_report import AnswersReport
from osler.evaluation.questions import ExpectedAnswer
from osler.library import Library

PAGE = """# Sore throat

Amoxicillin 500 mg three times daily for an adult. Cefalexin is given to children at 25 mg/kg
twice daily.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "throat.md").write_text(PAGE, encoding="utf-8")
    library = Library.create(tmp_path / "library")
    library.add(tmp_path / "throat.md")
    return library


def expecting(source: str, **dose: Any) -> ExpectedAnswer:
    fact = {"fact": "the dose", "dose": dose, "sources": [source]}
    layout = {"id": "q", "question": "Dose for a sore throat?", "expected": [fact]}
    return ExpectedAnswer.model_validate(layout)


@pytest.mark.parametrize(
    ("source", "dose", "read"),
    [
        ("throat.md", {"substance": "amoxicillin", "high": 500, "unit": "mg"}, 1),
        ("throat.md", {"substance": "cefalexin", "high": 25, "unit": "mg/kg"}, 1),
        ("throat.md", {"substance": "cefalexin", "high": 500, "unit": "mg"}, 0),
        (
            "throat.md",
            {"substance": "cefalexin", "high": 25, "unit": "mg/kg", "population": "adult"},
            0,
        ),
        ("another.md", {"substance": "amoxicillin", "high": 500, "unit": "mg"}, 0),
    ],
)
def test_a_dose_is_read_where_one_statement_of_its_source_gives_it(
    library: Library, source: str, dose: dict[str, Any], read: int
) -> None:
    item = expecting(source, low=dose["high"], **dose)
    assert compare(item, ask(library, item.question), library).doses_read == read


def test_what_is_not_looked_into_is_not_counted(library: Library) -> None:
    item = expecting("throat.md", substance="amoxicillin", low=500, high=500, unit="mg")
    answer = ask(library, item.question)
    name = "required doses that one statement gives, as read"
    for reasons, total in ((True, 1), (False, 0)):
        report = AnswersReport((compare(item, answer, library, reasons=reasons),))
        assert next(rate.total for rate in report.rates if rate.kind == name) == total


def test_what_the_file_is_on_by_its_name_narrows_nothing(tmp_path: Path) -> None:
    page = "# Gout\n\nColchicine 500 micrograms twice daily.\n"
    dose = {"substance": "colchicine", "low": 500, "high": 500, "unit": "micrograms"}
    for name, read in (("gout--ward.md", 1), ("ward.md", 0)):
        (tmp_path / name).write_text(page, encoding="utf-8")
        library = Library.create(tmp_path / f"library of {name}")
        library.add(tmp_path / name)
        item = expecting(name, **dose)
        assert compare(item, ask(library, item.question), library).doses_read == read
