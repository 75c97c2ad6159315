"""Grades of recommendations and of evidence, in the words of each system; and what is none."""

from __future__ import annotations

import pytest

from osler.statements import sentence_spans
from osler.statements.sentences.grades import Grade, read_grade, read_heading

STATED = {
    "We recommend aspirin (GRADE 1A).": ("1 (strong)", "A (high)"),
    "We suggest colchicine (2C).": ("2 (weak)", "C (low)"),
    "Give folic acid. Grade 1B.": ("1 (strong)", "B (moderate)"),
    "Metformin is first line (strong recommendation, moderate-quality evidence).": (
        "strong",
        "moderate",
    ),
    "We recommend against routine aspirin (conditional recommendation; very low certainty of "
    "evidence).": ("conditional", "very low"),
    "Drug: warfarin; Strength: Strong; Certainty: Low": ("strong", "low"),
    "Beta-blockers are indicated (Class IIa).": ("class IIa", None),
    "Beta-blockers are indicated (Class I, Level B-NR).": ("class I", "level B-NR"),
    "Drug: ivabradine; Class of recommendation: IIa; Level of evidence: B": (
        "class IIa",
        "level B",
    ),
    "Drug: ivabradine; COR: 2a; LOE: B-R": ("class 2a", "level B-R"),
    "Reassess in 4 weeks (recommendation category: A; evidence type: 3).": (
        "category A",
        "type 3",
    ),
    "Screen adults for hypertension (A recommendation).": ("grade A", None),
    "Evidence is insufficient: I statement.": ("grade I", None),
    "Prednisolone is given early (Grade B).": ("grade B", None),
    "Drug: prednisolone; Grade: B": ("grade B", None),
    "Prednisolone is given early. Evidence level 1++.": (None, "level 1++"),
    "Treat with benzylpenicillin (A-II).": ("grade A", "level II"),
}


@pytest.mark.parametrize("text", STATED)
def test_a_grade_is_read_where_it_is_stated(text: str) -> None:
    assert read_grade(text) == Grade(*STATED[text])


@pytest.mark.parametrize(
    "text",
    [
        "In heart failure of NYHA class III give spironolactone.",
        "Class III antiarrhythmics prolong QT.",
        "In Child-Pugh class B halve the dose.",
        "Stop for grade 4 neutropenia.",
        "Grade 3 toxicity: stop capecitabine.",
        "Interferon alfa-2B is given thrice weekly.",
        "In diabetes type 1A insulin is needed.",
        "Tablets; strength: 10 mg.",
        "You should take it with food.",
        "Level 2 care is needed.",
    ],
)
def test_what_is_graded_otherwise_is_no_recommendation(text: str) -> None:
    assert read_grade(text) == Grade()


def test_a_heading_grades_what_stands_below_it() -> None:
    assert read_heading("Conditional recommendations") == Grade("conditional")
    assert read_heading("Dosing") == Grade()


@pytest.mark.parametrize(
    "grade",
    ["(1A)", "[Grade B]", "(Strong recommendation, low-certainty evidence.)", "Grade 1B."],
)
def test_a_grade_behind_the_full_stop_belongs_to_the_sentence_before(grade: str) -> None:
    text = f"Give aspirin 75 mg daily. {grade} Stop it before surgery."
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        f"Give aspirin 75 mg daily. {grade}",
        "Stop it before surgery.",
    ]


def test_a_bracket_that_is_no_grade_stays_with_its_sentence() -> None:
    text = "Give aspirin 75 mg daily. (Not in children.) Stop it before surgery."
    assert text[slice(*sentence_spans(text)[0])] == "Give aspirin 75 mg daily."
