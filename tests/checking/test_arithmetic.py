"""A dose worked out from the weight that the claim gives."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind

_PASSAGE = "Children: 15 mg/kg per dose (maximum 1 g)."


@pytest.mark.parametrize(
    "claim",
    ["A child weighing 20 kg is given 300 mg per dose.", "A child weighing 80 kg is given 1 g."],
)
def test_so_much_per_kg_times_the_weight_is_supported(claim: str) -> None:
    assert check_text(claim, _PASSAGE).problems == ()


@pytest.mark.parametrize(
    "claim",
    [
        "A child weighing 20 kg is given 400 mg per dose.",
        "A child weighing 20 kg is given 3 g per dose.",
        "A child weighing 80 kg is given 1.2 g per dose.",
        "A child is given 300 mg per dose.",
    ],
)
def test_a_wrong_product_or_none_is_not(claim: str) -> None:
    kinds = {problem.kind for problem in check_text(claim, _PASSAGE).problems}
    assert ProblemKind.AMOUNT in kinds


def test_a_rate_per_kg_is_worked_out_too() -> None:
    passage = "Start insulin at 0.1 units/kg/hour."
    assert check_text("A 70 kg adult starts insulin at 7 units an hour.", passage).supported
    assert not check_text("A 70 kg adult starts insulin at 70 units an hour.", passage).supported
