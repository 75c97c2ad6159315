"""Questions that compare."""

from __future__ import annotations

import pytest

from osler.answering.findings import Comparison, read_comparison


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Does exampline reduce mortality compared with usual care in patients with sepsis?",
            Comparison("mortality", "exampline", "usual care"),
        ),
        ("Does exampline raise serum zinc?", Comparison("serum zinc", "exampline")),
        (
            "What is the effect of exampline on the quality of life?",
            Comparison("quality of life", "exampline"),
        ),
        (
            "Is pain lower with exampline than with morphine?",
            Comparison("pain", "exampline", "morphine"),
        ),
        (
            "How does exampline affect weight compared to sulfonylureas?",
            Comparison("weight", "exampline", "sulfonylureas"),
        ),
        (
            "did exampline prevent relapse better than placebo",
            Comparison("relapse", "exampline", "placebo"),
        ),
    ],
)
def test_outcome_and_arms_are_read(question: str, expected: Comparison) -> None:
    assert read_comparison(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What is the dose of exampline?",
        "Can I give exampline in pregnancy?",
        "Can I reduce the dose of exampline?",
        "Can a patient with eGFR 24 get a lower dose of exampline?",
        "",
    ],
)
def test_other_questions_compare_nothing(question: str) -> None:
    assert read_comparison(question) is None
