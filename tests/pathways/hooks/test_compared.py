"""What is coded, written and by another route, each compared as it is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hooks_requests import ORAL, Json, call, condition, egfr, order, taking

Cards = Callable[[str, Json], list[Json]]
DIABETES, DEFICIENCY = condition("Type 2 diabetes"), condition("Vitamin B12 deficiency")
METFORMIN, B12 = "metformin-order-sign", "vitamin-b12-order-sign"
TWICE, MONTHLY = (2, 1, "d"), (1, 1, "mo")
SUBCUTANEOUS, INTRAVENOUS = "34206005", "47625008"
WARNING = ("warning", "critical")


def found(made: list[Json], indicator: str, words: str) -> bool:
    return any(c["indicator"] == indicator and words in c["summary"] for c in made)


def pressing(made: list[Json]) -> list[str]:
    return [card["summary"] for card in made if card["indicator"] in WARNING]


def metformin(cards: Cards, *orders: Json, record: tuple[Json, ...] = (taking(),)) -> list[Json]:
    return cards(METFORMIN, call("order-sign", DIABETES, egfr(65), *record, orders=orders))


def b12(cards: Cards, *orders: Json, record: tuple[Json, ...] = ()) -> list[Json]:
    return cards(B12, call("order-sign", DEFICIENCY, *record, orders=orders))


def loading(text: str) -> Json:
    draft = order("Hydroxocobalamin 1 mg/ml", 1, "mg", every=(3, 1, "wk"))
    instruction = draft["dosageInstruction"][0]
    instruction["text"] = text
    instruction["timing"]["repeat"]["boundsDuration"] = {"value": 2, "unit": "wk", "code": "wk"}
    return draft


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (loading("1 mg IM three times a week for 2 weeks, then every 2-3 months"), False),
        (loading("1 mg IM three times a week for 2 weeks, then 2 mg daily"), True),
        (loading("1 mg IM three times a week for 3 weeks, then every 2-3 months"), True),
    ],
    ids=["later and less", "later and more", "another course"],
)
def test_what_comes_after_a_coded_course_is_no_contradiction_where_it_is_no_more(
    cards: Cards, draft: Json, told: bool
) -> None:
    assert found(b12(cards, draft), "warning", "is coded") is told


@pytest.mark.parametrize(
    ("days", "told"), [("30 days", False), ("30 (thirty) days", False), ("20 days", True)]
)
def test_a_month_is_thirty_days(cards: Cards, days: str, told: bool) -> None:
    draft = order("Cyanocobalamin 1,000 mcg/mL injection", 1, "mL", every=MONTHLY)
    draft["dosageInstruction"][0]["text"] = f"Inject 1 mL into the muscle every {days}."
    assert found(b12(cards, draft), "warning", "is coded") is told


def test_with_meals_is_not_when_and_morning_is_not_night(cards: Cards) -> None:
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE)
    draft["dosageInstruction"][0]["text"] = "Take 1 tablet by mouth twice daily with meals"
    draft["dosageInstruction"][0]["timing"]["repeat"]["when"] = ["C"]
    assert metformin(cards, draft) == []
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=(1, 1, "d"))
    draft["dosageInstruction"][0]["timing"]["repeat"]["when"] = ["MORN"]
    draft["dosageInstruction"][0]["text"] = "1 tablet at night"
    assert found(metformin(cards, draft), "warning", "is coded")


@pytest.mark.parametrize("code", ["{tbl}", "{tablet}", "{TAB}"])
def test_tablets_are_counted_in_whatever_braces(cards: Cards, code: str) -> None:
    draft = order("Metformin 500 mg tablets", 1, code, route=ORAL, every=TWICE)
    draft["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["unit"] = "tablet"
    assert metformin(cards, draft) == []


def test_a_course_of_one_dose_is_given_once(cards: Cards) -> None:
    draft = order("Hydroxocobalamin 1 mg/ml", 1, "mg", every=(1, 1, "d"))
    draft["dosageInstruction"][0]["timing"]["repeat"]["count"] = 1
    draft["dosageInstruction"][0]["text"] = "stat"
    assert pressing(b12(cards, draft)) == []


@pytest.mark.parametrize("name", ["Cyanocobalamin 1000 mcg/mL injection", "Vitamin B12"])
def test_a_dose_for_a_muscle_is_no_slip_below_the_skin(cards: Cards, name: str) -> None:
    right = order(name, 1000, "ug", route=SUBCUTANEOUS, every=MONTHLY)
    assert not found(b12(cards, right), "critical", "")
    wrong = order(name, 20, "mg", route=SUBCUTANEOUS, every=MONTHLY)
    assert found(b12(cards, wrong), "critical", "20 mg is drafted")


def test_a_vial_for_another_use_is_compared_with_no_dose(cards: Cards) -> None:
    for name in ("Cyanokit", "Hydroxocobalamin 5 g powder for infusion"):
        made = b12(cards, order(name, 5, "g", route=INTRAVENOUS))
        assert pressing(made) == []
        assert found(made, "info", "the pathway has no dose")
