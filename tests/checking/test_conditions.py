"""A condition is not left out, an exception not turned into the rule."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind

_IF = "If bleeding continues, a second dose of 1 g is given."
_UNLESS = "Clopidogrel is continued for 12 months unless the bleeding risk is high."


def test_a_dose_keeps_its_condition() -> None:
    assert check_text("When bleeding goes on, a second dose of 1 g is given.", _IF).supported
    (problem,) = check_text("A second dose of 1 g is given.", _IF).problems
    assert (problem.kind, problem.claim) == (ProblemKind.GROUP, "1 g")
    assert "bleeding continues" in problem.passage


def test_a_condition_of_another_dose_is_none_of_this_one() -> None:
    passage = "Take 20 mg once daily, or 40 mg once daily if symptoms persist."
    assert check_text("Take 20 mg once daily.", passage).supported
    assert not check_text("Take 40 mg once daily.", passage).supported


@pytest.mark.parametrize("words", ["in patients at high bleeding risk", "if bleeding risk is high"])
def test_what_is_excepted_is_not_the_rule(words: str) -> None:
    kinds = {
        problem.kind
        for problem in check_text(
            f"Clopidogrel is continued for 12 months {words}.", _UNLESS
        ).problems
    }
    assert ProblemKind.POLARITY in kinds
