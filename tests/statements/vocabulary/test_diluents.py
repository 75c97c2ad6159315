"""Fluids in which, or beside which, a drug is given."""

import pytest

from osler.statements.vocabulary.diluents import is_diluent
from osler.statements.vocabulary.substances import find_substances


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("90 mg/kg every 12 hours, with a litre of saline beforehand", True),
        ("diluted in half a litre of saline", True),
        ("2 g in 100 mL of sodium chloride", True),
        ("Give a litre of saline over an hour", False),
        ("Start saline at 20 mL/kg", False),
    ],
)
def test_a_fluid_beside_a_dose_is_not_what_is_dosed(text: str, is_one: bool) -> None:
    (found,) = find_substances(text)
    assert is_diluent(text, found) is is_one
