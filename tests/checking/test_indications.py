"""A dose of the passage is not claimed for a condition that it gives another dose for."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind

ROWS = """| Use | Maximum |
|---|---|
| Major depression | 375 mg once daily |
| Generalised anxiety disorder | 225 mg once daily |"""
TITLE = "Exampline: heart failure and hyperaldosteronism"


def test_the_dose_of_another_row_is_no_dose_for_a_condition() -> None:
    problems = check_text("In generalised anxiety disorder up to 375 mg once daily.", ROWS).problems
    assert ProblemKind.GROUP in {problem.kind for problem in problems}


def test_a_condition_of_the_title_is_not_that_of_a_dose_that_names_its_own() -> None:
    passage = "Primary hyperaldosteronism: 100 mg a day."
    assert not check_text("In heart failure 100 mg a day.", passage, TITLE).supported
    assert check_text("In hyperaldosteronism 100 mg a day.", passage, TITLE).supported


@pytest.mark.parametrize("passage", ["100 mg a day.", "100 mg a day; watch for hypotension."])
def test_a_dose_without_a_condition_is_for_that_of_the_title(passage: str) -> None:
    assert check_text("In heart failure 100 mg a day.", passage, TITLE).supported
