"""Floors for the answers on the documents and questions of `topics_dev`.

The floors are what held when they were last raised. One is lowered only for a gain elsewhere,
with the reason in the message of the change.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from osler.evaluation.answers import evaluate_answers
from osler.evaluation.answers_report import AnswersReport
from osler.evaluation.pairs import evaluate_pairs
from osler.library import Library

TOPICS = Path(__file__).parent / "topics_dev"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswersReport]:
    folder = tmp_path_factory.mktemp("topics") / "library"
    with Library.create(folder) as library:
        library.add(TOPICS / "sources")
        library.embed()
        yield evaluate_answers(library, TOPICS / "questions.yaml", reasons=False)


@pytest.mark.parametrize(
    ("measure", "at_least", "of"),
    [
        ("required doses shown", 40, 48),
        ("required doses in the bottom line", 35, 48),
        ("required other facts shown (by words)", 19, 22),
        ("answerable answered", 34, 34),
        ("unanswerable abstained", 11, 11),
        ("conflicts surfaced", 10, 10),
        ("conflicts with all their sources in one", 9, 10),
        ("no conflict where none is expected", 22, 24),
        ("bottom lines of at most 3 sentences", 34, 34),
    ],
)
def test_a_measure_does_not_fall(
    report: AnswersReport, measure: str, at_least: int, of: int
) -> None:
    rate = next(rate for rate in report.rates if rate.kind == measure)
    assert rate.right >= at_least
    assert rate.total == of or measure.startswith(("no conflict", "bottom lines"))


def test_every_citation_is_right_and_nothing_forbidden_opens_an_answer(
    report: AnswersReport,
) -> None:
    wrong = [text for result in report.results for text in result.wrong_citations]
    assert wrong == []
    assert sum(result.citations for result in report.results) > 100
    # One sentence of a label gives the doses for prevention and treatment together; "a low-dose
    # IV infusion … and a rapid fluid bolus" is no bolus of adrenaline, but shares its words.
    forbidden = [text for result in report.results for text in result.forbidden_shown]
    assert set(forbidden) <= {"1 mg/kg for prophylaxis", "IV bolus adrenaline"}


def test_unexpected_doses_in_the_bottom_line_do_not_grow(report: AnswersReport) -> None:
    assert sum(len(result.unexpected_doses) for result in report.results) <= 17


@pytest.mark.parametrize(
    ("topics", "shown", "opening", "answered", "abstained"),
    [
        ("topics_5_dev", 47, 41, 36, 9),
        ("topics_8_dev", 37, 35, 38, 12),
        ("topics_9_dev", 43, 35, 33, 10),
        ("topics_10_dev", 20, 16, 19, 7),
        ("summaries_1_dev", 29, 26, 23, 6),
        ("summaries_2_dev", 26, 22, 22, 6),
        ("summaries_3_dev", 28, 26, 26, 6),
    ],
)
def test_other_topics(
    tmp_path: Path, topics: str, shown: int, opening: int, answered: int, abstained: int
) -> None:
    folder = TOPICS.parent / topics
    with Library.create(tmp_path / "library") as library:
        library.add(folder / "sources")
        library.embed()
        report = evaluate_answers(library, folder / "questions.yaml", reasons=False)
    right = {rate.kind: rate.right for rate in report.rates}
    assert right["required doses shown"] >= shown
    assert right["required doses in the bottom line"] >= opening
    assert right["answerable answered"] >= answered
    assert right["unanswerable abstained"] >= abstained
    assert not any(result.wrong_citations for result in report.results)


@pytest.mark.parametrize(
    ("topics", "surfaced"),
    [
        ("topics_9_dev", 4),
        ("topics_10_dev", 6),
        ("summaries_1_dev", 7),
        ("summaries_2_dev", 5),
    ],
)
def test_conflicts_of_other_topics(tmp_path: Path, topics: str, surfaced: int) -> None:
    folder = TOPICS.parent / topics
    with Library.create(tmp_path / "library") as library:
        library.add(folder / "sources")
        report = evaluate_answers(library, folder / "questions.yaml", reasons=False)
    right = {rate.kind: (rate.right, rate.total) for rate in report.rates}
    assert right["conflicts surfaced"][0] >= surfaced
    kept, of = right["no conflict where none is expected"]
    assert kept == of


def test_the_pairs_of_the_topics() -> None:
    pairs = evaluate_pairs(TOPICS / "mutations.yaml", sources=TOPICS / "sources")
    assert pairs.caught.right >= 34
    assert pairs.passed.right >= 22
    assert (pairs.caught.total, pairs.passed.total) == (34, 26)
