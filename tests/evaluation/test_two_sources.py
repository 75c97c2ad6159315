"""Floors for the disagreements that pairs of short sources and other topics surface.

The floors are what held when they were last raised.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.evaluation.answers import evaluate_answers
from osler.evaluation.answers_report import AnswersReport
from osler.library import Library

HERE = Path(__file__).parent


def report_on(name: str, folder: Path) -> AnswersReport:
    with Library.create(folder / "library") as library:
        library.add(HERE / name / "sources")
        return evaluate_answers(library, HERE / name / "questions.yaml", reasons=False)


def test_two_sources_that_disagree_are_shown_to(tmp_path: Path) -> None:
    results = report_on("two_sources_dev", tmp_path).results
    expected = [r for r in results if r.conflict_expected]
    assert len(expected) == 12
    assert sum(r.conflict_complete for r in expected) >= 11
    assert [r.id for r in results if r.conflict_shown and not r.conflict_expected] == []


@pytest.mark.parametrize(
    ("name", "at_least", "of", "alarms"),
    [
        ("two_sources_2_dev", 9, 12, 1),
        ("two_sources_3_dev", 5, 8, 1),
        ("two_sources_4_dev", 19, 20, 0),
        ("two_sources_5_dev", 7, 10, 0),
        ("two_sources_6_dev", 3, 9, 0),
        # The one alarm: two amounts of rehydration fluid that do differ, beside a question on how
        # long a mixed sachet keeps.
        ("topics_5_dev", 10, 13, 1),
        ("topics_8_dev", 9, 11, 1),
        ("topics_9_dev", 3, 8, 0),
    ],
)
def test_other_documents_surface_as_many(
    tmp_path: Path, name: str, at_least: int, of: int, alarms: int
) -> None:
    results = report_on(name, tmp_path).results
    expected = [r for r in results if r.conflict_expected]
    assert len(expected) == of
    assert sum(r.conflict_complete for r in expected) >= at_least
    assert sum(r.conflict_shown for r in results if not r.conflict_expected) <= alarms
