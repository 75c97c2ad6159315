"""Conflicts that a table's column, a title or the time after a birth had hidden."""

from __future__ import annotations

from pathlib import Path

from tests.answering.disagreeing.test_conflicts import answer_from, one_conflict
from tests.answering.documents import library_of

from osler.answering import ask


def test_how_often_stands_in_a_column_of_its_own(tmp_path: Path) -> None:
    answer = answer_from(
        tmp_path,
        "denosumab dose for osteoporosis in an adult",
        "| Osteoporosis | Dose | Interval |\n|---|---|---|\n| Adults | 60 mg SC | 26 weeks |",
        "Denosumab for osteoporosis in adults: 60 mg SC every 12 weeks.",
    )
    assert one_conflict(answer).about.startswith("dose")
    [dose] = [d for c in answer.bottom_line for d in c.dosages if "60 mg" in c.text][:1]
    assert dose.frequency is not None


def test_a_title_names_the_drug_that_both_are_given_beside(tmp_path: Path) -> None:
    with library_of(
        tmp_path,
        {
            "title": "Isoniazid in tuberculosis",
            "year": 2022,
            "text": "Pyridoxine 10 mg by mouth once daily, taken with isoniazid.",
        },
        {
            "title": "Isoniazid, the label",
            "year": 2022,
            "text": "Give pyridoxine 50 mg by mouth once daily to adults with tuberculosis.",
        },
    ) as library:
        answer = ask(library, "adult on isoniazid for tuberculosis, pyridoxine dose?")
    assert one_conflict(answer).about.startswith("dose")


def test_after_the_birth_a_title_on_pregnancy_is_no_condition(tmp_path: Path) -> None:
    answer = answer_from(
        tmp_path,
        "Gave birth yesterday, baby well. Dalteparin dose?",
        "After delivery: dalteparin 5000 units SC once daily.",
        "After delivery: dalteparin 2500 units SC once daily.",
        title="Dalteparin in pregnancy",
    )
    assert one_conflict(answer).about.startswith("dose")


def test_sources_on_prevention_alone_differ_where_nothing_says_prevention(tmp_path: Path) -> None:
    answer = answer_from(
        tmp_path,
        "propranolol dose in migraine, adult",
        "Propranolol 40 mg by mouth twice daily for adults with migraine.",
        "Propranolol 120 mg by mouth twice daily for adults with migraine.",
        title="Preventing migraine",
    )
    assert "dose of propranolol" in one_conflict(answer).about
