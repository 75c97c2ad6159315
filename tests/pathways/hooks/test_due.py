"""Checks are told when a record is opened, and to whoever orders only when they are due."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hooks_requests import ORAL, Json, call, condition, egfr, order

Cards = Callable[[str, Json], list[Json]]
PERNICIOUS, DIABETES = condition("Pernicious anaemia"), condition("Type 2 diabetes mellitus")
HYDROXO = order("Hydroxocobalamin", 1, "mg", every=(1, 2, "mo"))
METFORMIN = order("Metformin", 500, "mg", route=ORAL, every=(2, 1, "d"))
TAKEN = {**HYDROXO, "id": "taken", "status": "active"}
LEVEL = "Order serum vitamin B12 and homocysteine every 3 months"


def level(when: str) -> Json:
    code = {"coding": [{"system": "http://loinc.org", "code": "2132-9"}]}
    quantity = {"value": 400, "unit": "pmol/L", "code": "pmol/L"}
    measured = {**egfr(1), "id": "level", "code": code, "valueQuantity": quantity}
    return {**measured, "effectiveDateTime": when}


def summaries(made: list[Json]) -> str:
    return "; ".join(card["summary"] + card.get("detail", "") for card in made)


@pytest.mark.parametrize(
    ("when", "told"), [("2026-08-29", True), ("2026-08-30", True), ("2026-11-01", False)]
)
@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_who_orders_is_told_of_a_check_that_is_due(
    cards: Cards, hook: str, when: str, told: bool
) -> None:
    body = call(hook, PERNICIOUS, egfr(90), TAKEN, level(when), orders=(HYDROXO,))
    made = cards(f"vitamin-b12-{hook}", body)
    assert (LEVEL in summaries(made)) is told
    assert len(made) == told
    assert all(card["indicator"] == "info" for card in made)


def test_a_check_is_told_when_the_record_is_opened(cards: Cards) -> None:
    made = cards("metformin-patient-view", call("patient-view", DIABETES, egfr(65)))
    assert "Order renal function annually, next on 20 November 2027" in summaries(made)


@pytest.mark.parametrize("when", ["2026-11-20", "2025-12-01"])
def test_a_check_that_is_not_due_is_no_card_on_a_right_order(cards: Cards, when: str) -> None:
    value = {**egfr(65), "effectiveDateTime": when}
    body = call("order-sign", DIABETES, value, orders=(METFORMIN,))
    assert cards("metformin-order-sign", body) == []


def test_an_order_of_something_else_is_told_of_no_check(cards: Cards) -> None:
    """The pathway speaks of potassium; it is not about ordering it."""
    potassium = order("Potassium chloride", 600, "mg", route=ORAL, every=(2, 1, "d"))
    body = call("order-sign", PERNICIOUS, egfr(90), TAKEN, level("2026-01-01"), orders=(potassium,))
    assert cards("vitamin-b12-order-sign", body) == []
