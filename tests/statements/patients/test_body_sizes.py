"""How two weights differ is nobody's weight."""

from decimal import Decimal

import pytest

from osler.statements.patients.body_sizes import read_weight


@pytest.mark.parametrize(
    "text",
    [
        "he weighs 9 kg less than before",
        "she weighs 9 less than before",
        "lost 9 kg",
        "has lost over 9 kg",
        "gained 3 kg",
        "put on 5 kg",
        "weight loss of 9 kg",
        "9 kg weight loss",
        "weight is down by 9 kg",
        "2 stone lighter",
        "9 kg heavier than last year",
        "3 kg below her dry weight",
    ],
)
def test_a_difference_is_no_weight(text: str) -> None:
    assert read_weight(text) is None


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("lost 9 kg, now 71 kg", "71"),
        ("weighs 71 kg (down 9 kg)", "71"),
        ("weight 71 kg, 9 kg less than in May", "71"),
        ("2 stone lighter, now 12 stone", "76.20"),
        ("dropped to 60 kg", "60"),
        ("80 kg, up from 71 kg", "80"),
        ("he weighs 80 kg more or less", "80"),
        ("weighs over 80 kg", "80"),
        ("no weight loss, 60 kg", "60"),
        ("50 kg, lost appetite", "50"),
    ],
)
def test_the_weight_beside_a_difference_is_read(text: str, weight: str) -> None:
    assert read_weight(text) == Decimal(weight)
