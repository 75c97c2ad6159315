"""A claim may be weaker than its passage, never stronger."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("A second dose may be considered.", "A second dose should be given."),
        ("A second dose can be considered.", "A second dose may be considered."),
        ("A second dose is given.", "A second dose may be given."),
        ("A second dose must be given.", "A second dose should be given."),
    ],
)
def test_as_strong_or_weaker_is_supported(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("A second dose of 1 g must be given.", "A second dose of 1 g may be given."),
        ("A second dose of 1 g is recommended.", "A second dose of 1 g may be considered."),
        ("A second dose of 1 g is given.", "Consider a second dose of 1 g."),
        ("All patients need up to 2 g a day.", "Some patients need up to 2 g a day."),
        (
            "Every patient is given charcoal 50 g.",
            "Charcoal 50 g is given if the patient presents within 1 hour.",
        ),
    ],
)
def test_stronger_or_wider_is_not(claim: str, passage: str) -> None:
    kinds = {problem.kind for problem in check_text(claim, passage).problems}
    assert ProblemKind.STRENGTH in kinds
