"""Evidence on a comparison in one trial report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osler.answering.findings import Comparison, Direction, Finding, Report, find


def first(report: Report, outcome: str) -> Finding:
    return find(report, Comparison(outcome, "exampline", "placebo"))[0]


@pytest.mark.parametrize(
    ("outcome", "begins", "direction"),
    [
        ("knee pain", "Knee pain fell more", Direction.DECREASED),
        ("adherence", "Adherence was 91%", Direction.INCREASED),
        ("serum zinc", "Serum zinc was higher", Direction.INCREASED),
        ("morning stiffness", "Morning stiffness improved", Direction.NO_DIFFERENCE),
    ],
)
def test_the_result_is_found_and_its_direction_read(
    trial: Report, outcome: str, begins: str, direction: Direction
) -> None:
    found = first(trial, outcome)
    assert found.statement.text.startswith(begins)
    assert found.direction is direction


def test_a_result_goes_before_aims_methods_and_what_others_found(trial: Report) -> None:
    ranked = find(trial, Comparison("knee pain", "exampline", "placebo"), k=100)
    places = {found.statement.text.split(" (")[0]: n for n, found in enumerate(ranked)}
    result = places["Knee pain fell more with exampline than with placebo"]
    others = [n for text, n in places.items() if "knee pain" in text.lower() and n != result]
    assert result == 0
    assert len(others) >= 4


def test_an_abbreviation_and_its_long_form_are_one_outcome(trial: Report) -> None:
    short, long = first(trial, "6MWD"), first(trial, "six-minute walking distance")
    assert short.statement == long.statement
    assert short.coverage == long.coverage == 1.0
    assert short.direction is Direction.NO_DIFFERENCE


def test_a_heading_names_the_outcome_of_what_stands_under_it(trial: Report) -> None:
    found = first(trial, "gastrointestinal events")
    assert found.statement.text.startswith("These were lower in the placebo group")
    assert found.coverage == 1.0
    assert found.direction is Direction.INCREASED


def test_an_outcome_that_the_report_does_not_name_has_no_coverage(trial: Report) -> None:
    assert first(trial, "haemoglobin").coverage == 0.0


def test_a_finding_says_what_counted_and_how_its_direction_was_read(trial: Report) -> None:
    because = first(trial, "knee pain").because
    assert because[0] == "names the outcome"
    assert "gives a p-value" in because
    assert because[-1].startswith("decreased: 'fell'")


def test_what_is_held_back_is_no_evidence(trial: Report) -> None:
    best = first(trial, "knee pain").statement
    lines = [line.statement for line in trial.lines]
    held = [replace(each, held="hidden text") if each == best else each for each in lines]
    assert first(Report.of(held), "knee pain").statement.id != best.id


def test_the_best_are_given_and_no_more(trial: Report) -> None:
    findings = find(trial, Comparison("knee pain", "exampline", "placebo"), k=4)
    assert len(findings) == 4
    assert [f.score for f in findings] == sorted((f.score for f in findings), reverse=True)
    assert find(Report.of([]), Comparison("knee pain", "exampline")) == ()
