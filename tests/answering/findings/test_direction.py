"""Which way an outcome went, by what one sentence says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.answering.findings import Comparison, Direction, Report
from osler.answering.findings.direction import Reading, read_direction
from osler.answering.findings.report import plain
from osler.reading import RawFile, read
from osler.statements import extract

UP, DOWN = Direction.INCREASED, Direction.DECREASED
SAME, UNCLEAR = Direction.NO_DIFFERENCE, Direction.UNCLEAR


def reading_of(sentence: str, outcome: str = "haemoglobin") -> Reading:
    (document,) = read(RawFile("t.md", "t.md", f"# Trial\n\n{sentence}\n".encode()))
    report = Report.of(extract(document))
    return read_direction(report, Comparison(outcome, "exampline", "placebo"), plain(sentence))


def direction(sentence: str, outcome: str = "haemoglobin") -> Direction:
    return reading_of(sentence, outcome).direction


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Haemoglobin was higher with exampline than with placebo.", UP),
        ("Haemoglobin was lower in the placebo group than in the exampline group.", UP),
        ("Compared with placebo, exampline reduced haemoglobin.", DOWN),
        ("Compared with exampline, placebo reduced haemoglobin (P = .01).", UP),
        ("Haemoglobin was lower in the control group.", UP),
        ("Placebo gave a higher haemoglobin.", DOWN),
        ("Haemoglobin rose with exampline, whereas ferritin was reduced.", UP),
    ],
)
def test_the_arm_that_it_is_said_of_decides(sentence: str, expected: Direction) -> None:
    assert direction(sentence) is expected


@pytest.mark.parametrize(
    "sentence",
    [
        "There was no significant difference in haemoglobin between exampline and placebo.",
        "Haemoglobin did not differ between the groups.",
        "Haemoglobin was similar in both arms (P = 0.6).",
        "Haemoglobin was higher with exampline than with placebo (P = 0.21).",
        "Haemoglobin was higher with exampline (mean difference 0.4, 95% CI -0.2 to 1.0).",
        "Haemoglobin was higher with exampline, but not significantly.",
        "Haemoglobin improved in both groups, with no difference between groups.",
        "Exampline failed to raise haemoglobin.",
        "Neither treatment changed haemoglobin.",
    ],
)
def test_no_difference(sentence: str) -> None:
    assert direction(sentence) is SAME


def test_a_denial_is_of_what_it_stands_beside() -> None:
    sentence = "Haemoglobin was higher with exampline (P = 0.01), but ferritin did not differ."
    assert direction(sentence) is UP
    assert direction(sentence, outcome="ferritin") is SAME


def test_an_interval_of_a_ratio_is_held_against_one() -> None:
    ratio = "Mortality was reduced by exampline (odds ratio 0.8, 95% CI {low} to {high})."
    assert direction(ratio.format(low=0.7, high=0.9), outcome="mortality") is DOWN
    assert direction(ratio.format(low=0.6, high=1.1), outcome="mortality") is SAME


@pytest.mark.parametrize(
    ("outcome", "expected"), [("pain", DOWN), ("quality of life", UP), ("walking distance", UP)]
)
def test_better_is_less_of_an_unwanted_outcome(outcome: str, expected: Direction) -> None:
    assert direction(f"Exampline improved {outcome} (P < 0.01).", outcome=outcome) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Exampline gave a greater reduction in haemoglobin than placebo.", DOWN),
        ("Exampline gave a smaller reduction in haemoglobin than placebo.", UP),
        ("The decrease in haemoglobin was larger with exampline than with placebo.", DOWN),
        ("The increase in haemoglobin was smaller with exampline than with placebo.", DOWN),
    ],
)
def test_a_change_is_compared(sentence: str, expected: Direction) -> None:
    assert direction(sentence) is expected


def test_a_change_that_is_the_outcome_points_nowhere_itself() -> None:
    sentence = "Pain reduction was greater with exampline than with placebo."
    assert direction(sentence, outcome="pain reduction") is UP


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Haemoglobin was 120 g/L with exampline and 104 g/L with placebo (P = 0.01).", UP),
        ("Haemoglobin was 120 g/L with placebo and 104 g/L with exampline (P = 0.01).", DOWN),
        ("Haemoglobin was 120 g/L with exampline and 104 g/L with placebo (P = 0.3).", SAME),
        ("Haemoglobin was 120 g/L with exampline and 104 g/L with placebo.", UNCLEAR),
    ],
)
def test_without_words_two_values_and_a_test_tell(sentence: str, expected: Direction) -> None:
    assert direction(sentence) is expected


def test_a_number_s_bound_is_no_comparison() -> None:
    assert direction("Haemoglobin of more than 120 g/L was recorded at the clinic.") is UNCLEAR


def test_it_does_not_matter_which_dash_or_apostrophe_is_printed() -> None:
    assert direction("Haemoglobin didn’t differ between groups.") is SAME
    assert direction("Haemoglobin rose (mean difference 3, 95% CI −1 to 7).") is SAME


_WORDS = st.sampled_from(
    [
        "haemoglobin",
        "exampline",
        "placebo",
        "higher",
        "lower",
        "no",
        "not",
        "difference",
        "reduction",
        "was",
        "than",
        "between",
        "but",
        "improved",
        "(",
        ")",
        ",",
        "p",
        "=",
        "<",
        "0.04",
        "3",
        "ci",
        "-1",
        "to",
    ]
)


@given(st.lists(_WORDS, max_size=25).map(" ".join))
def test_any_sentence_is_read_and_the_reason_stands_in_it(sentence: str) -> None:
    reading = reading_of(sentence or "x")
    quoted = reading.because.split("'")
    if len(quoted) > 1:
        assert quoted[1] in plain(sentence)
    else:
        assert reading.because == "no word says it" or " and " in reading.because
