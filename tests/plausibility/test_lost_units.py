"""A dose that has lost its unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from osler.domain import Statement
from osler.plausibility import lost_unit

Stated = Callable[[str], tuple[Statement, ...]]


@pytest.mark.parametrize(
    "text",
    [
        "Metronidazole 200 orally, every 8 hours for 7 days",
        "Spironolactone: 25 daily",
        "Amoxicillin 250 - 500 every 8 hours",
        "Furosemide 40 IV stat",
    ],
)
def test_an_amount_without_a_unit_is_found(text: str, stated: Stated) -> None:
    (statement,) = stated(text)
    assert "without a unit" in (lost_unit(statement) or "")


@pytest.mark.parametrize(
    "text",
    [
        "Metronidazole 200 mg orally, every 8 hours",
        "Spironolactone 1 daily",  # a tablet
        "Aspirin 3 times daily",
        "Aspirin 2019 daily",  # a year
        "Antibiotics 14 daily",
        "Amoxicillin every 8 hours",
    ],
)
def test_a_number_that_is_no_amount_is_not(text: str, stated: Stated) -> None:
    (statement,) = stated(text)
    assert lost_unit(statement) is None
