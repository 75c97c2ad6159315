"""What comes first, what is preferred, what is done when: not exchanged."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Blood cultures are taken before antibiotics are given.",
            "Give antibiotics after blood cultures have been taken.",
        ),
        (
            "In STEMI, ticagrelor is favoured over clopidogrel.",
            "Ticagrelor is preferred to clopidogrel in STEMI.",
        ),
    ],
)
def test_the_same_relation_in_other_words_is_supported(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Blood cultures are taken after antibiotics have been given.",
            "Give antibiotics after blood cultures have been taken.",
        ),
        (
            "Clopidogrel is preferred to ticagrelor in STEMI.",
            "Ticagrelor is preferred to clopidogrel in STEMI.",
        ),
        (
            "Allopurinol should be reduced when azathioprine is given.",
            "Azathioprine should be reduced when allopurinol is given.",
        ),
    ],
)
def test_exchanged_sides_are_a_comparison_turned_round(claim: str, passage: str) -> None:
    kinds = {problem.kind for problem in check_text(claim, passage).problems}
    assert ProblemKind.COMPARISON in kinds
